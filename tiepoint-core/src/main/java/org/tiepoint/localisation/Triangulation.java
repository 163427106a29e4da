package org.tiepoint.localisation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;
import org.tiepoint.geometry.Pose;

/**
 * Points from where several cameras of known pose see them. Some of the views may be wrong: points of two views each are
 * tried, the one that most views agree with is kept, found again from all of those by the direct linear transform
 * (Hartley and Zisserman, section 12.2, in coordinates centred on the cameras), and moved to the least sum of squared
 * pixel errors by Levenberg-Marquardt. Views that then are farther off than the limit are left out, and a point whose
 * rays are nearly parallel is no point. Departure from COLMAP and hloc: at most {@value #MOST_TRIED} pairs of views are
 * tried, chosen by their places and not at random. Immutable; safe for use by several threads.
 */
public final class Triangulation {
    private static final int MOST_TRIED = 15;
    private static final int REFINEMENTS = 3;
    private static final int STEPS = 20;

    private final Options options;

    /**
     * What makes a point.
     *
     * @param maxErrorPixels  farthest that a view may be off, above 0
     * @param minAngleDegrees least largest angle between two of its rays, above 0 and below 90
     */
    public record Options(double maxErrorPixels, double minAngleDegrees) {
        public Options {
            if (!(maxErrorPixels > 0 && maxErrorPixels < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("maxErrorPixels is " + maxErrorPixels + ": it must be above 0");
            }
            if (!(minAngleDegrees > 0 && minAngleDegrees < 90)) {
                throw new IllegalArgumentException("minAngleDegrees is " + minAngleDegrees
                        + ": it must be above 0 and below 90");
            }
        }

        /** 4 pixels and 1.5 degrees, as COLMAP's. */
        public static Options defaults() {
            return new Options(4, 1.5);
        }
    }

    /**
     * A point.
     *
     * @param xyz   world coordinates
     * @param views places of the views that agree with it, ascending, at least 2
     */
    public record Point(double[] xyz, int[] views) {}

    public Triangulation(Options options) {
        this.options = options;
    }

    /** The point that most of the views agree on; empty where no two do, or only under too small an angle. */
    public Optional<Point> triangulate(List<PointView> views) {
        int[] best = new int[0];
        for (int[] pair : hypotheses(views.size())) {
            Optional<double[]> tried = linear(List.of(views.get(pair[0]), views.get(pair[1])));
            if (tried.isPresent()) {
                int[] agreeing = agreeing(views, tried.get());
                best = agreeing.length > best.length ? agreeing : best;
            }
        }
        for (int i = 0; i < REFINEMENTS && best.length >= 2; i++) {
            List<PointView> kept = Arrays.stream(best).mapToObj(views::get).toList();
            Optional<double[]> point = linear(kept).map(start -> refine(kept, start));
            if (point.isEmpty()) {
                return Optional.empty();
            }
            int[] agreeing = agreeing(views, point.get());
            if (Arrays.equals(agreeing, best) || i == REFINEMENTS - 1) {
                int[] both = Arrays.stream(best).filter(v -> Arrays.binarySearch(agreeing, v) >= 0).toArray();
                return both.length >= 2 && widestAngle(views, both, point.get()) >= options.minAngleDegrees()
                        ? Optional.of(new Point(point.get(), both)) : Optional.empty();
            }
            best = agreeing;
        }
        return Optional.empty();
    }

    /** All pairs of few views; of many, each with the one half the track on. */
    private static List<int[]> hypotheses(int n) {
        List<int[]> pairs = new ArrayList<>();
        for (int i = 0; i < n && pairs.size() < MOST_TRIED; i++) {
            if (n * (n - 1) / 2 <= MOST_TRIED) {
                for (int j = i + 1; j < n; j++) {
                    pairs.add(new int[] {i, j});
                }
            } else {
                pairs.add(new int[] {i, (i + n / 2) % n});
            }
        }
        return pairs;
    }

    private int[] agreeing(List<PointView> views, double[] point) {
        return IntStream.range(0, views.size()).filter(i -> views.get(i).error(point) <= options.maxErrorPixels())
                .toArray();
    }

    /**
     * The direct linear transform of at least two views; empty where the point lies at infinity. Exact where the views
     * are.
     */
    public static Optional<double[]> linear(List<PointView> views) {
        int n = views.size();
        if (n < 2) {
            throw new IllegalArgumentException("a point is triangulated from at least 2 views, got " + n);
        }
        double[] middle = middle(views);
        double scale = views.stream().mapToDouble(view -> distance(view.pose().centre(), middle)).sum() / n;
        if (scale == 0) {
            return Optional.empty();
        }
        DMatrixRMaj rows = new DMatrixRMaj(2 * n, 4);
        for (int i = 0; i < n; i++) {
            PointView view = views.get(i);
            double[] r = view.pose().rotation();
            double[] t = view.pose().transform(middle);
            double u = (view.x() - view.camera().cx()) / view.camera().fx();
            double v = (view.y() - view.camera().cy()) / view.camera().fy();
            for (int k = 0; k < 3; k++) {
                rows.set(2 * i, k, u * r[6 + k] - r[k]);
                rows.set(2 * i + 1, k, v * r[6 + k] - r[3 + k]);
            }
            rows.set(2 * i, 3, (u * t[2] - t[0]) / scale);
            rows.set(2 * i + 1, 3, (v * t[2] - t[1]) / scale);
        }
        return nullVector(rows).filter(h -> Math.abs(h[3]) > 1e-12).map(h -> new double[] {
            middle[0] + scale * h[0] / h[3], middle[1] + scale * h[1] / h[3], middle[2] + scale * h[2] / h[3]});
    }

    /** The mean of the cameras' centres. */
    private static double[] middle(List<PointView> views) {
        double[] middle = new double[3];
        for (PointView view : views) {
            double[] centre = view.pose().centre();
            for (int k = 0; k < 3; k++) {
                middle[k] += centre[k] / views.size();
            }
        }
        return middle;
    }

    private static Optional<double[]> nullVector(DMatrixRMaj rows) {
        SingularValueDecomposition_F64<DMatrixRMaj> svd = DecompositionFactory_DDRM.svd(rows.numRows, 4, false, true,
                false);
        if (!svd.decompose(rows)) {
            return Optional.empty();
        }
        double[] values = svd.getSingularValues();
        DMatrixRMaj v = svd.getV(null, true);
        int least = 0;
        for (int i = 1; i < Math.min(4, values.length); i++) {
            least = values[i] < values[least] ? i : least;
        }
        return Optional.of(new double[] {v.get(least, 0), v.get(least, 1), v.get(least, 2), v.get(least, 3)});
    }

    /** Levenberg-Marquardt on the sum of squared pixel errors. */
    static double[] refine(List<PointView> views, double[] start) {
        double[] point = start;
        double cost = cost(views, point);
        double damping = 1e-4;
        for (int step = 0; step < STEPS && damping < 1e8 && cost > 0 && cost < Double.POSITIVE_INFINITY; step++) {
            double[] moved = move(views, point, damping);
            double after = cost(views, moved);
            if (after < cost) {
                boolean done = cost - after < 1e-12 * cost;
                point = moved;
                cost = after;
                damping /= 10;
                if (done) {
                    break;
                }
            } else {
                damping *= 10;
            }
        }
        return point;
    }

    private static double[] move(List<PointView> views, double[] point, double damping) {
        DMatrixRMaj normal = new DMatrixRMaj(3, 3);
        DMatrixRMaj gradient = new DMatrixRMaj(3, 1);
        for (PointView view : views) {
            double[] p = view.pose().transform(point);
            double fx = view.camera().fx();
            double fy = view.camera().fy();
            double ex = fx * p[0] / p[2] + view.camera().cx() - view.x();
            double ey = fy * p[1] / p[2] + view.camera().cy() - view.y();
            double[] r = view.pose().rotation();
            double[] jx = new double[3];
            double[] jy = new double[3];
            for (int k = 0; k < 3; k++) {
                jx[k] = fx * (r[k] - p[0] / p[2] * r[6 + k]) / p[2];
                jy[k] = fy * (r[3 + k] - p[1] / p[2] * r[6 + k]) / p[2];
            }
            for (int a = 0; a < 3; a++) {
                gradient.add(a, 0, jx[a] * ex + jy[a] * ey);
                for (int b = 0; b < 3; b++) {
                    normal.add(a, b, jx[a] * jx[b] + jy[a] * jy[b]);
                }
            }
        }
        for (int a = 0; a < 3; a++) {
            normal.set(a, a, normal.get(a, a) * (1 + damping));
        }
        DMatrixRMaj step = new DMatrixRMaj(3, 1);
        if (!CommonOps_DDRM.solve(normal, gradient, step)) {
            return point;
        }
        return new double[] {point[0] - step.get(0), point[1] - step.get(1), point[2] - step.get(2)};
    }

    private static double cost(List<PointView> views, double[] point) {
        double sum = 0;
        for (PointView view : views) {
            double error = view.error(point);
            sum += error * error;
        }
        return sum;
    }

    private static double widestAngle(List<PointView> views, int[] places, double[] point) {
        double widest = 0;
        double[][] rays = Arrays.stream(places).mapToObj(i -> ray(views.get(i).pose(), point))
                .toArray(double[][]::new);
        for (int i = 0; i < rays.length; i++) {
            for (int j = i + 1; j < rays.length; j++) {
                double cosine = rays[i][0] * rays[j][0] + rays[i][1] * rays[j][1] + rays[i][2] * rays[j][2];
                widest = Math.max(widest, Math.toDegrees(Math.acos(Math.max(-1, Math.min(1, cosine)))));
            }
        }
        return widest;
    }

    private static double[] ray(Pose pose, double[] point) {
        double[] centre = pose.centre();
        double length = distance(centre, point);
        return new double[] {(point[0] - centre[0]) / length, (point[1] - centre[1]) / length,
            (point[2] - centre[2]) / length};
    }

    private static double distance(double[] a, double[] b) {
        return Math.sqrt((a[0] - b[0]) * (a[0] - b[0]) + (a[1] - b[1]) * (a[1] - b[1])
                + (a[2] - b[2]) * (a[2] - b[2]));
    }
}
