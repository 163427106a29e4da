package org.tiepoint.evaluation;

import java.io.IOException;
import org.tiepoint.feature.Features;
import org.tiepoint.feature.ImageFeatures;
import org.tiepoint.image.Image;
import org.tiepoint.image.ImageReader;
import org.tiepoint.image.ImageSize;

/** Features computed from the images' pixels, or found in a file by the images' names. Not thread-safe. */
public final class ImageFeatureProvider implements FeatureProvider {
    private final Source source;
    private final boolean turns;
    private ImageFeatures opened;

    /** Where the features come from. */
    @FunctionalInterface
    public interface Source {
        /** Loads a network, opens a file. */
        ImageFeatures open() throws IOException;
    }

    /**
     * @param source called once, when the first features are needed; what it gives is closed with this
     * @param turns  whether images are turned as their set says ({@link SetImage#quarterTurns()}); false for features
     *               from a file, which belong to the image as it lies there
     */
    public ImageFeatureProvider(Source source, boolean turns) {
        this.source = source;
        this.turns = turns;
    }

    @Override
    public void open() throws IOException {
        opened = source.open();
    }

    @Override
    public SizedFeatures features(SetImage image) throws IOException {
        Image stored = ImageReader.readStored(image.file());
        ImageSize size = new ImageSize(stored.width(), stored.height());
        int quarters = turns ? image.quarterTurns() : 0;
        Features features = opened.of(image.name(), QuarterTurns.turn(stored, quarters));
        return new SizedFeatures(QuarterTurns.turnBack(features, quarters, size), size);
    }

    @Override
    public Features features(String name, Image image) throws IOException {
        return opened.of(name, image);
    }

    @Override
    public void close() throws IOException {
        if (opened != null) {
            opened.close();
        }
    }
}
