package org.tiepoint.feature;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.opencv_core.KeyPointVector;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_features2d.SIFT;
import org.tiepoint.image.Image;
import org.tiepoint.image.Mats;

/**
 * SIFT descriptors (Lowe, Distinctive Image Features from Scale-Invariant Keypoints, IJCV 2004) by OpenCV: 128 whole
 * numbers from 0 to 255, about 512 long together; all 0 at a flat place. Compare them by Euclidean distance. Key points
 * without orientation are described upright. The key points may come from any detector: the pyramid level follows from
 * their size. Immutable; safe for use by several threads.
 */
public final class SiftDescriber implements Describer {
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
        }
        return new Features(keypoints, DIMENSION, descriptors);
    }

    @Override
    public int dimension() {
        return DIMENSION;
    }
}
