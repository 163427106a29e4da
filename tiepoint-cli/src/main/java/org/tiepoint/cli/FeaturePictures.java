package org.tiepoint.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.tiepoint.feature.DetectThenDescribe;
import org.tiepoint.feature.Extractor;
import org.tiepoint.feature.Features;
import org.tiepoint.feature.KeypointPicture;
import org.tiepoint.feature.PixelScorer;
import org.tiepoint.image.Image;
import org.tiepoint.image.ImageWriter;

/**
 * Keeps features and, in a folder, a picture of every image's key points: a/1.jpg has a/1.jpg.png. An image without its
 * picture counts as not there.
 *
 * @param features keeps the features; closed with this
 * @param folder   is there
 * @param scorer   has the scores of pixels, where the method has them
 */
record FeaturePictures(FeatureSink features, Path folder, Optional<PixelScorer> scorer) implements FeatureSink {
    private static final KeypointPicture PICTURE = new KeypointPicture(1024);

    /**
     * Adds pictures.
     *
     * @param features  keeps the features; closed with this
     * @param folder    for the pictures; made where it is missing
     * @param settings  that everything in this folder was made with
     * @param extractor whose key points are shown
     */
    static FeatureSink beside(FeatureSink features, Path folder, ExtractionSettings settings, Extractor extractor)
            throws IOException {
        try {
            Files.createDirectories(folder);
            settings.claimPictures(folder);
        } catch (IOException e) {
            features.close();
            throw e;
        }
        Object detector = extractor instanceof DetectThenDescribe parts ? parts.detector() : extractor;
        return new FeaturePictures(features, folder,
                detector instanceof PixelScorer scorer ? Optional.of(scorer) : Optional.empty());
    }

    @Override
    public boolean contains(String image) throws IOException {
        return Files.exists(file(image)) && features.contains(image);
    }

    @Override
    public void write(String name, Image image, Features found) throws IOException {
        if (!features.contains(name)) {
            features.write(name, image, found);
        }
        Path file = file(name);
        Files.createDirectories(file.toAbsolutePath().getParent());
        ImageWriter.writePng(PICTURE.draw(image, found.keypoints(), scorer.map(pixels -> pixels.scores(image))), file);
    }

    @Override
    public void finish() throws IOException {
        features.finish();
    }

    @Override
    public void close() throws IOException {
        features.close();
    }

    private Path file(String image) {
        return folder.resolve(image + ".png");
    }
}
