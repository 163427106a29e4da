package org.tiepoint.cli;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.tiepoint.dataset.DatasetException;
import org.tiepoint.feature.Features;
import org.tiepoint.feature.ImageFeatures;
import org.tiepoint.feature.Keypoints;
import org.tiepoint.image.Image;
import org.tiepoint.image.ImageSize;
import org.tiepoint.interop.hloc.HlocFeatures;

/**
 * Features that are there, in hloc's layout. Safe for use by several threads.
 *
 * @param max the best key points by score alone, where given
 */
record StoredFeatures(HlocFeatures file, OptionalInt max) implements ImageFeatures {
    @Override
    public Features of(String name, Image image) throws IOException {
        synchronized (file) {
            Optional<ImageSize> size = file.imageSize(name);
            ImageSize actual = new ImageSize(image.width(), image.height());
            if (size.isPresent() && !size.get().equals(actual)) {
                throw new DatasetException(file.path(), name, "has the features of an image of " + size.get().width()
                        + " x " + size.get().height() + " pixels, this one has " + actual.width() + " x "
                        + actual.height() + "; extract them from these images");
            }
            Features all = file.features(name);
            return max.isPresent() && all.keypoints().count() > max.getAsInt() ? best(all, max.getAsInt()) : all;
        }
    }

    @Override
    public void close() {
        file.close();
    }

    /** In the order of their scores, ties in that of the file. */
    private static Features best(Features all, int count) {
        Keypoints points = all.keypoints();
        int[] order = IntStream.range(0, points.count()).boxed()
                .sorted((a, b) -> Float.compare(points.scores()[b], points.scores()[a])).limit(count)
                .mapToInt(Integer::intValue).toArray();
        int d = all.dimension();
        float[] xy = new float[2 * count];
        float[] descriptors = new float[count * d];
        float[] scores = new float[count];
        float[] sizes = new float[count];
        float[] angles = new float[count];
        for (int i = 0; i < count; i++) {
            System.arraycopy(points.xy(), 2 * order[i], xy, 2 * i, 2);
            System.arraycopy(all.descriptors(), d * order[i], descriptors, d * i, d);
            scores[i] = points.scores()[order[i]];
            sizes[i] = points.sizes()[order[i]];
            angles[i] = points.angles()[order[i]];
        }
        return new Features(new Keypoints(xy, scores, sizes, angles), d, descriptors);
    }
}
