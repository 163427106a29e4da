package org.tiepoint.feature;

import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.opencv_core.KeyPointVector;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_features2d.AKAZE;
import org.bytedeco.opencv.opencv_features2d.KAZE;
import org.tiepoint.image.Image;
import org.tiepoint.image.Mats;

/**
 * AKAZE (Alcantarilla et al., Fast Explicit Diffusion for Accelerated Features in Nonlinear Scale Spaces, BMVC 2013) by
 * OpenCV: maxima of the Hessian's determinant in a nonlinear scale space, with the M-LDB descriptor of 486 binary
 * comparisons, which turns with the key point. A descriptor is 486 numbers 0 or 1, so that the squared Euclidean
 * distance is the Hamming distance. The number of key points is cut exactly, the strongest first. Immutable; safe for
 * use by several threads.
 */
public final class Akaze implements Extractor {
    private static final int BITS = 486;
    private static final int CHANNELS = 3;
    private static final int OCTAVES = 4;
    private static final int LAYERS = 4;
    /** OpenCV needs room for its derivatives. */
    private static final int SMALLEST_SIDE = 16;

    private final Options options;

    /**
     * @param maxKeypoints at most so many an image, at least 1
     * @param threshold    weaker maxima are dropped, above 0
     */
    public record Options(int maxKeypoints, double threshold) {
        public Options {
            if (maxKeypoints < 1) {
                throw new IllegalArgumentException("maxKeypoints is " + maxKeypoints + ": it must be at least 1");
            }
            if (!(threshold > 0 && threshold < 1)) {
                throw new IllegalArgumentException("threshold is " + threshold + ": it must be above 0 and below 1");
            }
        }

        /** OpenCV's threshold, 0.001. */
        public static Options of(int maxKeypoints) {
            return new Options(maxKeypoints, 0.001);
        }
    }

    public Akaze(Options options) {
        this.options = options;
    }

    @Override
    public Features extract(Image image) {
        if (Math.min(image.width(), image.height()) < SMALLEST_SIDE) {
            return new Features(Keypoints.ofPositions(new float[0]), BITS, new float[0]);
        }
        try (PointerScope scope = new PointerScope()) {
            AKAZE akaze = AKAZE.create(AKAZE.DESCRIPTOR_MLDB, 0, CHANNELS, (float) options.threshold(), OCTAVES,
                    LAYERS, KAZE.DIFF_PM_G2, -1);
            KeyPointVector keypoints = new KeyPointVector();
            Mat descriptors = new Mat();
            akaze.detectAndCompute(Mats.grey(image), new Mat(), keypoints, descriptors);
            List<OpenCvKeypoint> best = OpenCvKeypoint.best(OpenCvKeypoint.read(keypoints), options.maxKeypoints());
            return OpenCvKeypoint.toFeatures(best, descriptors, BITS);
        }
    }

    @Override
    public int dimension() {
        return BITS;
    }
}
