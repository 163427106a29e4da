package org.tiepoint.interop.colmap;

import java.util.Arrays;
import java.util.Optional;
import org.tiepoint.estimate.PointPairs;
import org.tiepoint.estimate.RelativePose;
import org.tiepoint.estimate.RobustEstimator;
import org.tiepoint.estimate.TwoViewGeometry;
import org.tiepoint.feature.Keypoints;
import org.tiepoint.geometry.Camera;
import org.tiepoint.geometry.PointUndistorter;
import org.tiepoint.geometry.Pose;
import org.tiepoint.match.Matches;

/**
 * Verifies matches as COLMAP does before it reconstructs (Schoenberger and Frahm, "Structure-from-Motion Revisited",
 * CVPR 2016, section 4.1; {@code src/colmap/estimators/two_view_geometry.cc}): an essential matrix where both focal
 * lengths are known, a fundamental matrix and a homography, and from the numbers of their inliers the configuration.
 *
 * <p>Departures: MAGSAC++ estimates instead of LO-RANSAC, both with the same bound in pixels; the essential matrix is
 * estimated from points without lens distortion as in COLMAP, the bound in pixels at the mean focal length. No watermarks
 * are looked for. Where the configuration is calibrated, the relative pose is stored too, which COLMAP 3.8 does only on
 * request. Immutable; safe for use by several threads.
 */
public final class TwoViewVerifier {
    private static final double ORIGIN = 0.5;

    private final Options options;
    private final RobustEstimator estimator;

    /**
     * @param maxErrorPixels      matches farther than this from the geometry are outliers, above 0
     * @param minInliers          fewer agreeing matches are no geometry, at least 8
     * @param minEssentialShare   inliers of the essential matrix, as a share of the fundamental one's, above which the
     *                            focal lengths are believed; 0 to 1
     * @param maxHomographyShare  inliers of the homography, as a share of the epipolar geometry's, above which the scene
     *                            is a plane or the camera only turned; 0 to 1
     * @param seed                of the random samples
     */
    public record Options(double maxErrorPixels, int minInliers, double minEssentialShare, double maxHomographyShare,
            int seed) {
        public Options {
            if (!(maxErrorPixels > 0) || Double.isInfinite(maxErrorPixels)) {
                throw new IllegalArgumentException("maxErrorPixels is " + maxErrorPixels + ": it must be above 0");
            }
            if (minInliers < 8) {
                throw new IllegalArgumentException("minInliers is " + minInliers + ": it must be at least 8");
            }
            requireShare("minEssentialShare", minEssentialShare);
            requireShare("maxHomographyShare", maxHomographyShare);
        }

        private static void requireShare(String name, double share) {
            if (!(share >= 0 && share <= 1)) {
                throw new IllegalArgumentException(name + " is " + share + ": it must be 0 to 1");
            }
        }

        /** COLMAP's: 4 pixels, 15 inliers, shares 0.95 and 0.8; seed 0. */
        public static Options defaults() {
            return new Options(4, 15, 0.95, 0.8, 0);
        }

        /** The same with another bound and number of inliers. */
        public Options with(double newMaxErrorPixels, int newMinInliers) {
            return new Options(newMaxErrorPixels, newMinInliers, minEssentialShare, maxHomographyShare, seed);
        }
    }

    public TwoViewVerifier() {
        this(Options.defaults());
    }

    public TwoViewVerifier(Options options) {
        this.options = options;
        // COLMAP's confidence and number of samples
        this.estimator = new RobustEstimator(new RobustEstimator.Options(options.maxErrorPixels(), 0.999, 10_000,
                options.seed()));
    }

    /** The geometry of two images from their matches. */
    public VerifiedPair verify(DatabaseCamera first, DatabaseCamera second, Keypoints firstKeypoints,
            Keypoints secondKeypoints, Matches matches) {
        if (matches.count() < options.minInliers()) {
            return VerifiedPair.DEGENERATE;
        }
        PointPairs pairs = colmapPixels(PointPairs.of(firstKeypoints, secondKeypoints, matches));
        boolean calibrated = first.priorFocalLength() && second.priorFocalLength();
        Optional<Calibrated> essential = calibrated ? Calibrated.estimate(estimator, first, second, pairs)
                : Optional.empty();
        Optional<TwoViewGeometry> e = essential.map(Calibrated::geometry);
        Optional<TwoViewGeometry> f = estimator.fundamental(pairs);
        Optional<TwoViewGeometry> h = estimator.homography(pairs);
        Decision decision = decide(e, f, h);
        if (decision.best().isEmpty()) {
            return VerifiedPair.DEGENERATE;
        }
        boolean[] mask = decision.best().get().inliers();
        Optional<Pose> pose = decision.configuration() == TwoViewConfiguration.CALIBRATED
                ? essential.flatMap(Calibrated::pose) : Optional.empty();
        return new VerifiedPair(decision.configuration(), inliers(matches, mask), f.map(TwoViewGeometry::matrix),
                e.map(TwoViewGeometry::matrix), h.map(TwoViewGeometry::matrix), pose);
    }

    /** The configuration and the geometry whose inliers are kept; none when all have too few. */
    private record Decision(TwoViewConfiguration configuration, Optional<TwoViewGeometry> best) {}

    private Decision decide(Optional<TwoViewGeometry> e, Optional<TwoViewGeometry> f, Optional<TwoViewGeometry> h) {
        int countE = count(e);
        int countF = count(f);
        int countH = count(h);
        int least = options.minInliers();
        if (countE >= least && countE > options.minEssentialShare() * countF) {
            return planarOr(TwoViewConfiguration.CALIBRATED, countE >= countF ? e : f, countE, h);
        }
        if (countF >= least) {
            return planarOr(TwoViewConfiguration.UNCALIBRATED, f, countF, h);
        }
        return countH >= least ? new Decision(TwoViewConfiguration.PLANAR_OR_PANORAMIC, h)
                : new Decision(TwoViewConfiguration.DEGENERATE, Optional.empty());
    }

    private Decision planarOr(TwoViewConfiguration otherwise, Optional<TwoViewGeometry> best, int count,
            Optional<TwoViewGeometry> h) {
        if (count(h) <= options.maxHomographyShare() * count) {
            return new Decision(otherwise, best);
        }
        return new Decision(TwoViewConfiguration.PLANAR_OR_PANORAMIC, count(h) > count(best) ? h : best);
    }

    private static int count(Optional<TwoViewGeometry> geometry) {
        return geometry.map(TwoViewGeometry::inlierCount).orElse(0);
    }

    private static int[] inliers(Matches matches, boolean[] mask) {
        int[] kept = new int[2 * matches.count()];
        int n = 0;
        for (int i = 0; i < mask.length; i++) {
            if (mask[i]) {
                kept[n++] = matches.first(i);
                kept[n++] = matches.second(i);
            }
        }
        return Arrays.copyOf(kept, n);
    }

    private static PointPairs colmapPixels(PointPairs pairs) {
        return new PointPairs(shifted(pairs.first()), shifted(pairs.second()));
    }

    private static double[] shifted(double[] xy) {
        double[] moved = new double[xy.length];
        for (int i = 0; i < xy.length; i++) {
            moved[i] = xy[i] + ORIGIN;
        }
        return moved;
    }

    /** An essential matrix with what it was estimated from: pixels without lens distortion. */
    private record Calibrated(TwoViewGeometry geometry, PointPairs pairs, Camera first, Camera second) {
        static Optional<Calibrated> estimate(RobustEstimator estimator, DatabaseCamera first, DatabaseCamera second,
                PointPairs pairs) {
            PointUndistorter left = new PointUndistorter(colmapPixels(first));
            PointUndistorter right = new PointUndistorter(colmapPixels(second));
            PointPairs straight = new PointPairs(left.undistort(pairs.first()), right.undistort(pairs.second()));
            Camera a = left.pinhole();
            Camera b = right.pinhole();
            return estimator.essential(straight, a, b).map(found -> new Calibrated(found, straight, a, b));
        }

        private static Camera colmapPixels(DatabaseCamera camera) {
            Camera own = camera.camera();
            return new Camera(own.model(), own.width(), own.height(), camera.colmapParameters());
        }

        Optional<Pose> pose() {
            return Optional.ofNullable(RelativePose.recover(geometry, pairs, first, second));
        }
    }
}
