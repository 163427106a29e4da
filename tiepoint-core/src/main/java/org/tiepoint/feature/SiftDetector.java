package org.tiepoint.feature;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.opencv_core.KeyPointVector;
import org.bytedeco.opencv.opencv_features2d.SIFT;
import org.tiepoint.image.Image;
import org.tiepoint.image.Mats;

/**
 * SIFT key points: extrema of the difference of Gaussians, with scale and orientation (Lowe, Distinctive Image Features
 * from Scale-Invariant Keypoints, IJCV 2004), by OpenCV. A place with several strong orientations gives several key
 * points. The score is the absolute difference of Gaussians; key points of equal score come in a fixed order, so the
 * same image always gives the same key points.
 *
 * <p>Departures from OpenCV's defaults: positions are exact where OpenCV's are a quarter pixel off, and the number of
 * key points is cut exactly. Immutable; safe for use by several threads.
 */
public final class SiftDetector implements Detector {
    private final Options options;

    /**
     * @param contrastThreshold weaker extrema are dropped; 0 keeps all; OpenCV's scale, in which Lowe's 0.03 is 0.09
     * @param edgeThreshold     extrema whose ratio of principal curvatures is higher are dropped, above 1
     */
    public record Options(double contrastThreshold, double edgeThreshold) {
        public Options {
            if (!(contrastThreshold >= 0 && contrastThreshold < 1)) {
                throw new IllegalArgumentException("contrastThreshold is " + contrastThreshold
                        + ": it must be at least 0 and below 1");
            }
            if (!(edgeThreshold > 1) || Double.isInfinite(edgeThreshold)) {
                throw new IllegalArgumentException("edgeThreshold is " + edgeThreshold + ": it must be above 1");
            }
        }

        public Options(double contrastThreshold) {
            this(contrastThreshold, 10);
        }

        /** Thresholds 0.04 and 10. */
        public static Options defaults() {
            return new Options(0.04);
        }
    }

    public SiftDetector() {
        this(Options.defaults());
    }

    public SiftDetector(Options options) {
        this.options = options;
    }

    @Override
    public Keypoints detect(Image image, int maxKeypoints) {
        KeypointLimit.require(maxKeypoints);
        try (PointerScope scope = new PointerScope()) {
            SIFT sift = Sift.create(options.contrastThreshold(), options.edgeThreshold());
            KeyPointVector keypoints = new KeyPointVector();
            sift.detect(Mats.grey(image), keypoints);
            return OpenCvKeypoint.toKeypoints(OpenCvKeypoint.best(Sift.read(keypoints), maxKeypoints));
        }
    }
}
