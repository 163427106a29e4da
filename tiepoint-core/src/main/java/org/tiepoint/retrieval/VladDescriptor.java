package org.tiepoint.retrieval;

import org.tiepoint.feature.Extractor;
import org.tiepoint.image.Image;

/**
 * The {@link Vlad} of an image's local features. Threads may share it where they may share the extractor.
 *
 * @param extractor the local features; closed with this
 * @param vlad      trained on features of that kind
 */
public record VladDescriptor(Extractor extractor, Vlad vlad) implements GlobalDescriptor {
    @Override
    public float[] describe(Image image) {
        return vlad.aggregate(extractor.extract(image));
    }

    @Override
    public int dimension() {
        return vlad.dimension();
    }

    @Override
    public void close() {
        extractor.close();
    }
}
