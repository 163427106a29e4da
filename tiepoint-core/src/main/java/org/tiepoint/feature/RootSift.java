package org.tiepoint.feature;

import org.tiepoint.image.Image;

/**
 * RootSIFT: {@linkplain SiftDescriber SIFT descriptors} divided by their sum, square root of every number (Arandjelovic
 * and Zisserman, Three things everyone should know to improve object retrieval, CVPR 2012). They have length 1; a
 * descriptor of a flat place is all 0. Immutable; safe for use by several threads.
 */
public final class RootSift implements Describer {
    private final SiftDescriber sift = new SiftDescriber();

    @Override
    public Features describe(Image image, Keypoints keypoints) {
        Features features = sift.describe(image, keypoints);
        for (int i = 0; i < keypoints.count(); i++) {
            root(features.descriptors(), i * dimension());
        }
        return features;
    }

    @Override
    public int dimension() {
        return sift.dimension();
    }

    private void root(float[] descriptors, int from) {
        double sum = 0;
        for (int i = from; i < from + dimension(); i++) {
            sum += descriptors[i];
        }
        for (int i = from; i < from + dimension() && sum > 0; i++) {
            descriptors[i] = (float) Math.sqrt(descriptors[i] / sum);
        }
    }
}
