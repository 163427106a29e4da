package org.tiepoint.localisation;

import java.util.Arrays;
import java.util.Optional;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_calib3d;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_calib3d.UsacParams;
import org.bytedeco.opencv.opencv_core.Mat;
import org.tiepoint.geometry.Camera;
import org.tiepoint.geometry.Pose;

/**
 * The pose of a camera from points of the world and where it sees them, many of which may be wrong: minimal poses of
 * three points scored by MAGSAC (Barath, Matas and Noskova, CVPR 2019), by OpenCV, then {@link PoseRefinement}
 * on the inliers, which are gathered again after each of {@value #REFINEMENTS} rounds. The world is
 * centred on the points first: OpenCV computes in single precision. The same input and options give the same result.
 * Immutable; safe for use by several threads.
 */
public final class AbsolutePoseEstimator {
    private static final int REFINEMENTS = 3;
    private static final int LEAST = 4;

    private final Options options;

    /**
     * What an inlier is, and how long to search.
     *
     * @param thresholdPixels farthest that an inlier is off, above 0
     * @param confidence      that the best pose was found, above 0 and below 1
     * @param maxIterations   at least 1
     * @param seed            of the random draws
     */
    public record Options(double thresholdPixels, double confidence, int maxIterations, int seed) {
        public Options {
            if (!(thresholdPixels > 0 && thresholdPixels < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("thresholdPixels is " + thresholdPixels + ": it must be above 0");
            }
            if (!(confidence > 0 && confidence < 1)) {
                throw new IllegalArgumentException("confidence is " + confidence
                        + ": it must be above 0 and below 1");
            }
            if (maxIterations < 1) {
                throw new IllegalArgumentException("maxIterations is " + maxIterations + ": it must be at least 1");
            }
        }

        /** 8 pixels, confidence 0.9999, 10,000 iterations, seed 0. */
        public static Options defaults() {
            return new Options(8, 0.9999, 10_000, 0);
        }

        /** The same with another threshold. */
        public Options withThresholdPixels(double pixels) {
            return new Options(pixels, confidence, maxIterations, seed);
        }
    }

    public AbsolutePoseEstimator(Options options) {
        this.options = options;
    }

    /**
     * The pose; empty where fewer than 4 correspondences are given, or agree.
     *
     * @param xyz    n x 3, row-major: world coordinates
     * @param xy     n x 2, row-major: pixels
     * @param camera without lens distortion
     */
    public Optional<AbsolutePose> estimate(double[] xyz, double[] xy, Camera camera) {
        int n = xy.length / 2;
        if (xyz.length != 3 * n || xy.length != 2 * n) {
            throw new IllegalArgumentException(xyz.length + " world coordinates do not belong to " + xy.length
                    + " image coordinates");
        }
        if (!camera.isPinhole()) {
            throw new IllegalArgumentException("the pose of a " + camera.model() + " camera with lens distortion cannot"
                    + " be estimated: undistort the image first");
        }
        if (n < LEAST) {
            return Optional.empty();
        }
        double[] middle = new double[3];
        for (int i = 0; i < xyz.length; i++) {
            middle[i % 3] += xyz[i] / n;
        }
        double[] centred = new double[xyz.length];
        for (int i = 0; i < xyz.length; i++) {
            centred[i] = xyz[i] - middle[i % 3];
        }
        return solve(centred, xy, camera).map(found -> new AbsolutePose(
                new Pose(found.pose().rotation(), minus(found.pose().translation(),
                        new Pose(found.pose().rotation(), new double[3]).transform(middle))), found.inliers()));
    }

    private Optional<AbsolutePose> solve(double[] xyz, double[] xy, Camera camera) {
        int n = xy.length / 2;
        try (PointerScope scope = new PointerScope()) {
            Mat k = matrix(3, 3, camera.matrix());
            Mat rotation = new Mat();
            Mat translation = new Mat();
            UsacParams parameters = new UsacParams().threshold(options.thresholdPixels())
                    .confidence(options.confidence()).maxIterations(options.maxIterations())
                    .randomGeneratorState(options.seed()).score(opencv_calib3d.SCORE_METHOD_MAGSAC)
                    .loMethod(opencv_calib3d.LOCAL_OPTIM_INNER_LO).loSampleSize(14).loIterations(10)
                    .sampler(opencv_calib3d.SAMPLING_UNIFORM).isParallel(false);
            boolean found = opencv_calib3d.solvePnPRansac(matrix(n, 3, xyz), matrix(n, 2, xy), k, new Mat(), rotation,
                    translation, new Mat(), parameters);
            if (!found || rotation.total() != 3 || translation.total() != 3) {
                return Optional.empty();
            }
            return pose(rotation, translation).flatMap(pose -> refined(xyz, xy, camera, pose));
        } catch (RuntimeException e) {
            throw new IllegalStateException("OpenCV failed to estimate a pose from " + n + " correspondences", e);
        }
    }

    private Optional<AbsolutePose> refined(double[] xyz, double[] xy, Camera camera, Pose start) {
        Optional<AbsolutePose> best = scored(xyz, xy, camera, start);
        for (int i = 0; i < REFINEMENTS && best.isPresent(); i++) {
            Pose moved = new PoseRefinement(xyz, xy, best.get().inliers(), camera).refine(best.get().pose());
            Optional<AbsolutePose> again = scored(xyz, xy, camera, moved);
            if (again.isEmpty() || again.get().inlierCount() < best.get().inlierCount()) {
                break;
            }
            best = again;
        }
        return best;
    }

    /** The pose with its inliers; empty where it has too few. */
    private Optional<AbsolutePose> scored(double[] xyz, double[] xy, Camera camera, Pose pose) {
        boolean[] inliers = new boolean[xy.length / 2];
        for (int i = 0; i < inliers.length; i++) {
            PointView view = new PointView(camera, pose, xy[2 * i], xy[2 * i + 1]);
            inliers[i] = view.error(new double[] {xyz[3 * i], xyz[3 * i + 1], xyz[3 * i + 2]})
                    <= options.thresholdPixels();
        }
        AbsolutePose result = new AbsolutePose(pose, inliers);
        return result.inlierCount() >= LEAST ? Optional.of(result) : Optional.empty();
    }

    /** OpenCV's pose; empty where its numbers are not finite. */
    private static Optional<Pose> pose(Mat rotation, Mat translation) {
        Mat matrix = new Mat();
        opencv_calib3d.Rodrigues(rotation, matrix);
        double[] r = numbers(matrix, 9);
        double[] t = numbers(translation, 3);
        boolean finite = Arrays.stream(r).allMatch(Double::isFinite) && Arrays.stream(t).allMatch(Double::isFinite);
        return finite ? Optional.of(new Pose(r, t)) : Optional.empty();
    }

    private static double[] numbers(Mat mat, int count) {
        Mat doubles = new Mat();
        mat.convertTo(doubles, opencv_core.CV_64F);
        double[] values = new double[count];
        new DoublePointer(doubles.data()).get(values);
        return values;
    }

    private static Mat matrix(int rows, int columns, double[] numbers) {
        Mat matrix = new Mat(rows, columns, opencv_core.CV_64F);
        new DoublePointer(matrix.data()).put(numbers);
        return matrix;
    }

    private static double[] minus(double[] a, double[] b) {
        return new double[] {a[0] - b[0], a[1] - b[1], a[2] - b[2]};
    }
}
