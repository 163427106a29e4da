package org.tiepoint.estimate;

import java.util.Locale;
import java.util.Optional;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_calib3d;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_calib3d.UsacParams;
import org.bytedeco.opencv.opencv_core.Mat;
import org.tiepoint.estimate.TwoViewGeometry.Kind;
import org.tiepoint.geometry.Camera;

/**
 * Finds the geometry of two views from matches of which many may be wrong, by OpenCV. The result is empty when there
 * are too few matches (7 for a fundamental matrix, 5 for an essential one, 4 for a homography) or no geometry fits as
 * many. The same input and options give the same result. Immutable; safe for use by several threads.
 */
public final class RobustEstimator {
    private final Options options;

    /**
     * @param thresholdPixels matches farther than this from the geometry are outliers, above 0
     * @param confidence      wanted probability that a sample without outliers was drawn, above 0 and below 1
     * @param maxIterations   at most so many samples, at least 1
     * @param seed            of MAGSAC's random samples
     */
    public record Options(double thresholdPixels, double confidence, int maxIterations, int seed) {
        public Options {
            if (!(thresholdPixels > 0) || Double.isInfinite(thresholdPixels)) {
                throw new IllegalArgumentException("thresholdPixels is " + thresholdPixels + ": it must be above 0");
            }
            if (!(confidence > 0 && confidence < 1)) {
                throw new IllegalArgumentException("confidence is " + confidence + ": it must be above 0 and below 1");
            }
            if (maxIterations < 1) {
                throw new IllegalArgumentException("maxIterations is " + maxIterations + ": it must be at least 1");
            }
        }

        /** 1 pixel, confidence 0.99999, 5000 samples, seed 0. */
        public static Options defaults() {
            return new Options(1, 0.99999, 5000, 0);
        }

        /** The same with another threshold. */
        public Options withThresholdPixels(double pixels) {
            return new Options(pixels, confidence, maxIterations, seed);
        }
    }

    public RobustEstimator() {
        this(Options.defaults());
    }

    public RobustEstimator(Options options) {
        this.options = options;
    }

    /** Fundamental matrix by MAGSAC. */
    public Optional<TwoViewGeometry> fundamental(PointPairs pairs) {
        return fundamental(pairs, RobustMethod.MAGSAC);
    }

    /** Fundamental matrix. RANSAC needs 8 matches. */
    public Optional<TwoViewGeometry> fundamental(PointPairs pairs, RobustMethod method) {
        int least = method == RobustMethod.RANSAC ? 8 : 7;
        double threshold = options.thresholdPixels();
        return estimate(Kind.FUNDAMENTAL, pairs, least, (first, second, mask) -> method == RobustMethod.RANSAC
                ? opencv_calib3d.findFundamentalMat(first, second, opencv_calib3d.FM_RANSAC, threshold,
                        options.confidence(), options.maxIterations(), mask)
                : opencv_calib3d.findFundamentalMat(first, second, mask, magsac(threshold, false)));
    }

    /** Essential matrix by MAGSAC. */
    public Optional<TwoViewGeometry> essential(PointPairs pairs, Camera first, Camera second) {
        return essential(pairs, first, second, RobustMethod.MAGSAC);
    }

    /**
     * Essential matrix, for points normalised by each camera's own intrinsics; the threshold is divided by the mean of
     * the four focal lengths. OpenCV's MAGSAC does both by itself and has to: it bounds residuals in pixels, and takes
     * every match for an inlier where it is given normalised points.
     *
     * @throws IllegalArgumentException when a camera has lens distortion
     */
    public Optional<TwoViewGeometry> essential(PointPairs pairs, Camera first, Camera second, RobustMethod method) {
        NormalisedPoints.requirePinhole(first);
        NormalisedPoints.requirePinhole(second);
        if (method == RobustMethod.MAGSAC) {
            return estimate(Kind.ESSENTIAL, pairs, 5, (a, b, mask) -> opencv_calib3d.findEssentialMat(a, b,
                    intrinsics(first), intrinsics(second), new Mat(), new Mat(), mask,
                    magsac(options.thresholdPixels(), false)));
        }
        double threshold = options.thresholdPixels() * 4 / (first.fx() + first.fy() + second.fx() + second.fy());
        return estimate(Kind.ESSENTIAL, NormalisedPoints.of(pairs, first, second), 5, (a, b, mask) ->
                opencv_calib3d.findEssentialMat(a, b, Mat.eye(3, 3, opencv_core.CV_64F).asMat(), opencv_calib3d.RANSAC,
                        options.confidence(), threshold, options.maxIterations(), mask));
    }

    /** Homography by MAGSAC. */
    public Optional<TwoViewGeometry> homography(PointPairs pairs) {
        return homography(pairs, RobustMethod.MAGSAC);
    }

    /** Homography from the first image to the second. */
    public Optional<TwoViewGeometry> homography(PointPairs pairs, RobustMethod method) {
        double threshold = options.thresholdPixels();
        return estimate(Kind.HOMOGRAPHY, pairs, 4, (first, second, mask) -> method == RobustMethod.RANSAC
                ? opencv_calib3d.findHomography(first, second, opencv_calib3d.RANSAC, threshold, mask,
                        options.maxIterations(), options.confidence())
                : opencv_calib3d.findHomography(first, second, mask, magsac(threshold, true)));
    }

    /** OpenCV's own settings for USAC_MAGSAC, with this seed. */
    private UsacParams magsac(double threshold, boolean homography) {
        return new UsacParams().threshold(threshold).confidence(options.confidence())
                .maxIterations(options.maxIterations()).randomGeneratorState(options.seed())
                .score(opencv_calib3d.SCORE_METHOD_MAGSAC).loMethod(opencv_calib3d.LOCAL_OPTIM_SIGMA)
                .loSampleSize(homography ? 75 : 50).loIterations(homography ? 15 : 10)
                .sampler(opencv_calib3d.SAMPLING_UNIFORM).isParallel(false);
    }

    @FunctionalInterface
    private interface Solver {
        Mat solve(Mat first, Mat second, Mat mask);
    }

    private static Optional<TwoViewGeometry> estimate(Kind kind, PointPairs pairs, int least, Solver solver) {
        int n = pairs.count();
        if (n < least) {
            return Optional.empty();
        }
        try (PointerScope scope = new PointerScope()) {
            Mat mask = new Mat();
            Mat found = solver.solve(points(pairs.first()), points(pairs.second()), mask);
            if (found.rows() < 3 || found.cols() != 3 || mask.total() != n) {
                return Optional.empty();
            }
            double[] matrix = new double[9];
            new DoublePointer(found.data()).get(matrix);
            byte[] marks = new byte[n];
            new BytePointer(mask.data()).get(marks);
            boolean[] inliers = new boolean[n];
            for (int i = 0; i < n; i++) {
                inliers[i] = marks[i] != 0;
            }
            TwoViewGeometry geometry = new TwoViewGeometry(kind, matrix, inliers);
            return isUsable(matrix) && geometry.inlierCount() >= least ? Optional.of(geometry) : Optional.empty();
        } catch (RuntimeException e) {
            throw new IllegalStateException(String.format(Locale.ROOT, "OpenCV failed to estimate a %s matrix from %d"
                    + " matches", kind, n), e);
        }
    }

    private static Mat points(double[] xy) {
        return matrix(xy.length / 2, 2, xy);
    }

    private static Mat intrinsics(Camera camera) {
        return matrix(3, 3, camera.matrix());
    }

    private static Mat matrix(int rows, int columns, double[] numbers) {
        Mat matrix = new Mat(rows, columns, opencv_core.CV_64F);
        new DoublePointer(matrix.data()).put(numbers);
        return matrix;
    }

    private static boolean isUsable(double[] matrix) {
        double sum = 0;
        for (double value : matrix) {
            sum += Math.abs(value);
        }
        return sum > 0 && Double.isFinite(sum);
    }
}
