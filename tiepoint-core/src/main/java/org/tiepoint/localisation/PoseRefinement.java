package org.tiepoint.localisation;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.tiepoint.geometry.Camera;
import org.tiepoint.geometry.Matrices;
import org.tiepoint.geometry.Pose;

/**
 * Moves a camera to where the points it sees fall nearest to where it sees them: Levenberg-Marquardt on pixel errors
 * under Cauchy's loss of scale {@value #SCALE} pixel, as COLMAP refines absolute poses, so that wrong correspondences
 * within the inlier threshold count little. The camera's intrinsics stay.
 */
final class PoseRefinement {
    private static final double SCALE = 1;
    private static final int STEPS = 50;
    private static final double ENOUGH = 1e-10;

    private final double[] xyz;
    private final double[] xy;
    private final boolean[] counted;
    private final Camera camera;

    /**
     * @param xyz     n x 3
     * @param xy      n x 2, pixels
     * @param counted which count
     */
    PoseRefinement(double[] xyz, double[] xy, boolean[] counted, Camera camera) {
        this.xyz = xyz;
        this.xy = xy;
        this.counted = counted;
        this.camera = camera;
    }

    Pose refine(Pose start) {
        Pose pose = start;
        double cost = cost(pose);
        double damping = 1e-4;
        for (int i = 0; i < STEPS && damping < 1e8; i++) {
            Pose moved = step(pose, damping);
            double after = cost(moved);
            if (after < cost) {
                boolean done = cost - after < ENOUGH * cost;
                pose = moved;
                cost = after;
                damping /= 10;
                if (done) {
                    break;
                }
            } else {
                damping *= 10;
            }
        }
        return pose;
    }

    private double cost(Pose pose) {
        double sum = 0;
        for (int i = 0; i < counted.length; i++) {
            if (counted[i]) {
                double error = new PointView(camera, pose, xy[2 * i], xy[2 * i + 1]).error(point(i)) / SCALE;
                sum += Math.log1p(error * error);
            }
        }
        return sum;
    }

    private Pose step(Pose pose, double damping) {
        DMatrixRMaj normal = new DMatrixRMaj(6, 6);
        DMatrixRMaj gradient = new DMatrixRMaj(6, 1);
        double[][] rows = new double[2][6];
        for (int i = 0; i < counted.length; i++) {
            if (!counted[i]) {
                continue;
            }
            double[] p = pose.transform(point(i));
            double ex = camera.fx() * p[0] / p[2] + camera.cx() - xy[2 * i];
            double ey = camera.fy() * p[1] / p[2] + camera.cy() - xy[2 * i + 1];
            double weight = 1 / (1 + (ex * ex + ey * ey) / (SCALE * SCALE));
            fill(rows[0], camera.fx() / p[2], 0, -camera.fx() * p[0] / (p[2] * p[2]), p);
            fill(rows[1], 0, camera.fy() / p[2], -camera.fy() * p[1] / (p[2] * p[2]), p);
            for (int a = 0; a < 6; a++) {
                gradient.add(a, 0, weight * (rows[0][a] * ex + rows[1][a] * ey));
                for (int b = 0; b < 6; b++) {
                    normal.add(a, b, weight * (rows[0][a] * rows[0][b] + rows[1][a] * rows[1][b]));
                }
            }
        }
        for (int a = 0; a < 6; a++) {
            normal.set(a, a, normal.get(a, a) * (1 + damping) + 1e-300);
        }
        DMatrixRMaj step = new DMatrixRMaj(6, 1);
        return CommonOps_DDRM.solve(normal, gradient, step) ? moved(pose, step.getData()) : pose;
    }

    /** The derivative of a pixel by a turn w and a shift v of the camera's coordinates: p moves by w x p + v. */
    private static void fill(double[] row, double byX, double byY, double byZ, double[] p) {
        row[0] = byZ * p[1] - byY * p[2];
        row[1] = byX * p[2] - byZ * p[0];
        row[2] = byY * p[0] - byX * p[1];
        row[3] = byX;
        row[4] = byY;
        row[5] = byZ;
    }

    private static Pose moved(Pose pose, double[] step) {
        double[] turn = turn(-step[0], -step[1], -step[2]);
        double[] t = Matrices.apply(turn, pose.translation());
        return new Pose(Matrices.multiply(turn, pose.rotation()), new double[] {t[0] - step[3], t[1] - step[4],
            t[2] - step[5]});
    }

    /** Rodrigues' formula: the rotation about an axis by its length in radians. */
    private static double[] turn(double x, double y, double z) {
        double angle = Math.sqrt(x * x + y * y + z * z);
        double s = angle < 1e-8 ? 1 : Math.sin(angle) / angle;
        double c = angle < 1e-8 ? 0.5 : (1 - Math.cos(angle)) / (angle * angle);
        return new double[] {
            1 - c * (y * y + z * z), c * x * y - s * z, c * x * z + s * y,
            c * x * y + s * z, 1 - c * (x * x + z * z), c * y * z - s * x,
            c * x * z - s * y, c * y * z + s * x, 1 - c * (x * x + y * y)};
    }

    private double[] point(int i) {
        return new double[] {xyz[3 * i], xyz[3 * i + 1], xyz[3 * i + 2]};
    }
}
