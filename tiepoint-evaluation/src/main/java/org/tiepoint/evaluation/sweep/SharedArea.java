package org.tiepoint.evaluation.sweep;

import java.util.Arrays;
import org.tiepoint.feature.Features;
import org.tiepoint.feature.Keypoints;
import org.tiepoint.image.Image;

/** What two images both show: key points whose place is not in the other image are left out, nothing can match them. */
final class SharedArea {
    private SharedArea() {}

    /** The features whose positions lie in the other image. */
    static Features keep(Features features, PlaneMap toOther, Image other) {
        Keypoints points = features.keypoints();
        double[] there = toOther.apply(points);
        int[] kept = new int[points.count()];
        int n = 0;
        for (int i = 0; i < points.count(); i++) {
            if (within(there[2 * i], other.width()) && within(there[2 * i + 1], other.height())) {
                kept[n++] = i;
            }
        }
        return n == points.count() ? features : select(features, Arrays.copyOf(kept, n));
    }

    /** Half a pixel around the centres of the outermost pixels belongs to them; NaN does not. */
    private static boolean within(double position, int length) {
        return position >= -0.5 && position <= length - 0.5;
    }

    private static Features select(Features features, int[] kept) {
        Keypoints points = features.keypoints();
        int n = kept.length;
        int dimension = features.dimension();
        float[] xy = new float[2 * n];
        float[] scores = new float[n];
        float[] sizes = new float[n];
        float[] angles = new float[n];
        float[] descriptors = new float[n * dimension];
        for (int i = 0; i < n; i++) {
            xy[2 * i] = points.x(kept[i]);
            xy[2 * i + 1] = points.y(kept[i]);
            scores[i] = points.scores()[kept[i]];
            sizes[i] = points.sizes()[kept[i]];
            angles[i] = points.angles()[kept[i]];
            System.arraycopy(features.descriptors(), kept[i] * dimension, descriptors, i * dimension, dimension);
        }
        return new Features(new Keypoints(xy, scores, sizes, angles), dimension, descriptors);
    }
}
