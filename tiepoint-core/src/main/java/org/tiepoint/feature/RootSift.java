package org.tiepoint.feature;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.opencv_core.KeyPointVector;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_features2d.SIFT;
import org.tiepoint.image.Image;
import org.tiepoint.image.Mats;

/**
 * RootSIFT: SIFT descriptors by OpenCV, divided by their sum, square root of every number (Arandjelovic and Zisserman,
 * Three things everyone should know to improve object retrieval, CVPR 2012). They have length 1; a descriptor of a flat
 * place is all 0. Key points without orientation are described upright. The key points may come from any detector:
 * the pyramid level follows from their size. Immutable; safe for use by several threads.
 */
public final class RootSift implements Describer {
    private static final int DIMENSION = 128;

    @Override
    public Features describe(Image image, Keypoints keypoints) {
        int n = keypoints.count();
        float[] descriptors = new float[n * DIMENSION];
        if (n > 0) {
            try (PointerScope scope = new PointerScope()) {
                SIFT sift = Sift.create(0, 10);
                KeyPointVector packed = Sift.pack(keypoints, image.width(), image.height());
                Mat described = new Mat();
                sift.detectAndCompute(Mats.grey(image), new Mat(), packed, described, true);
                if (described.rows() != n + 1 || described.cols() != DIMENSION) {
                    throw new IllegalStateException("OpenCV described " + (described.rows() - 1) + " of " + n
                            + " key points");
                }
                new FloatPointer(described.data()).get(descriptors);
            }
            for (int i = 0; i < n; i++) {
                root(descriptors, i * DIMENSION);
            }
        }
        return new Features(keypoints, DIMENSION, descriptors);
    }

    @Override
    public int dimension() {
        return DIMENSION;
    }

    private static void root(float[] descriptors, int from) {
        double sum = 0;
        for (int i = from; i < from + DIMENSION; i++) {
            sum += descriptors[i];
        }
        for (int i = from; i < from + DIMENSION && sum > 0; i++) {
            descriptors[i] = (float) Math.sqrt(descriptors[i] / sum);
        }
    }
}
