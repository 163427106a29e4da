package org.tiepoint.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.tiepoint.feature.Extractor;
import org.tiepoint.feature.Features;
import org.tiepoint.image.Image;

/** An extractor that is loaded when it is first needed. Threads may share it where they may share that one. */
final class LateExtractor implements Extractor {
    private final Source source;
    private Extractor loaded;

    /** Where it comes from. */
    @FunctionalInterface
    interface Source {
        Extractor open() throws IOException;
    }

    LateExtractor(Source source) {
        this.source = source;
    }

    @Override
    public Features extract(Image image) {
        return loaded().extract(image);
    }

    @Override
    public int dimension() {
        return loaded().dimension();
    }

    private synchronized Extractor loaded() {
        if (loaded == null) {
            try {
                loaded = source.open();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return loaded;
    }

    @Override
    public void close() {
        if (loaded != null) {
            loaded.close();
        }
    }
}
