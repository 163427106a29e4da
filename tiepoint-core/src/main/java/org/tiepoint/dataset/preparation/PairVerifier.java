package org.tiepoint.dataset.preparation;

import java.util.Arrays;
import org.tiepoint.dataset.LoadedView;
import org.tiepoint.estimate.PointPairs;
import org.tiepoint.estimate.RobustEstimator;
import org.tiepoint.estimate.RobustMethod;
import org.tiepoint.estimate.TwoViewGeometry;
import org.tiepoint.feature.Features;
import org.tiepoint.feature.RootSift;
import org.tiepoint.feature.SiftDetector;
import org.tiepoint.geometry.Camera;
import org.tiepoint.geometry.Epipolar;
import org.tiepoint.geometry.Matrices;
import org.tiepoint.geometry.Pose;
import org.tiepoint.match.RatioTestMatcher;

/**
 * Checks given poses against what the photos show: RootSIFT matches that pass the mutual ratio test, the fundamental
 * matrix that explains most of them (RANSAC), and how many lie near the epipolar lines of the given poses. Tolerances
 * are those of an image whose longer side is 640 pixels and grow with the image. Safe for use by several threads.
 */
public final class PairVerifier {
    private static final double REFERENCE_SIDE = 640;

    /**
     * How to check.
     *
     * @param maxKeypoints   strongest SIFT points taken from an image, at least 8
     * @param ratio          of the ratio test, above 0 to 1
     * @param ransacPixels   tolerance of the fundamental matrix search, above 0, in pixels at 640
     * @param agreeingPixels distance to the given epipolar lines that agrees, above 0, in pixels at 640
     */
    public record Options(int maxKeypoints, double ratio, double ransacPixels, double agreeingPixels) {
        public Options {
            if (maxKeypoints < 8) {
                throw new IllegalArgumentException("maxKeypoints is " + maxKeypoints + ": it must be at least 8");
            }
            if (!(ratio > 0 && ratio <= 1 && ransacPixels > 0 && agreeingPixels > 0)) {
                throw new IllegalArgumentException("ratio " + ratio + " must be above 0 to 1, ransacPixels "
                        + ransacPixels + " and agreeingPixels " + agreeingPixels + " above 0");
            }
        }

        /** 1024 key points, ratio 0.8, 2 and 3 pixels. */
        public static Options defaults() {
            return new Options(1024, 0.8, 2, 3);
        }
    }

    private final Options options;
    private final SiftDetector detector = new SiftDetector();
    private final RootSift describer = new RootSift();
    private final RatioTestMatcher matcher;

    /** A verifier with these options. */
    public PairVerifier(Options options) {
        this.options = options;
        this.matcher = new RatioTestMatcher(options.ratio());
    }

    /** The features of one image, to be computed once for all of its pairs. */
    public Features features(LoadedView view) {
        return describer.describe(view.image(), detector.detect(view.image(), options.maxKeypoints()));
    }

    /** Checks a pair, both ways round at once. */
    public PairCheck check(Features first, Camera firstCamera, Pose firstPose, Features second, Camera secondCamera,
            Pose secondPose) {
        PointPairs pairs = PointPairs.of(first.keypoints(), second.keypoints(), matcher.match(first, second));
        double side = Math.max(Math.max(firstCamera.width(), firstCamera.height()),
                Math.max(secondCamera.width(), secondCamera.height()));
        double scale = side / REFERENCE_SIDE;
        boolean[] inliers = new RobustEstimator(ransac(options.ransacPixels() * scale))
                .fundamental(pairs, RobustMethod.RANSAC).map(TwoViewGeometry::inliers)
                .orElse(new boolean[pairs.count()]);
        double[] given = Epipolar.fundamental(firstCamera, firstPose, secondCamera, secondPose);
        double[] back = Matrices.transpose(given);
        double[] distances = new double[inliers.length];
        int explained = 0;
        int agreeing = 0;
        for (int i = 0; i < inliers.length; i++) {
            double x1 = pairs.first()[2 * i];
            double y1 = pairs.first()[2 * i + 1];
            double x2 = pairs.second()[2 * i];
            double y2 = pairs.second()[2 * i + 1];
            double distance = (Epipolar.distance(given, x1, y1, x2, y2)
                    + Epipolar.distance(back, x2, y2, x1, y1)) / 2;
            if (distance < options.agreeingPixels() * scale) {
                agreeing++;
            }
            if (inliers[i]) {
                distances[explained++] = distance;
            }
        }
        Arrays.sort(distances, 0, explained);
        return new PairCheck(pairs.count(), explained, agreeing,
                explained == 0 ? Double.NaN : distances[explained / 2]);
    }

    private static RobustEstimator.Options ransac(double pixels) {
        return new RobustEstimator.Options(pixels, 0.9999, 3000, 0);
    }
}
