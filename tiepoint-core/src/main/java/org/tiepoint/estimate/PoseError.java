package org.tiepoint.estimate;

import org.tiepoint.geometry.Pose;

/**
 * How far an estimated relative pose is from the true one.
 *
 * @param rotationDegrees    angle of the rotation between the two, 0 to 180
 * @param translationDegrees angle between the directions of translation, 0 to 180
 */
public record PoseError(double rotationDegrees, double translationDegrees) {

    /**
     * The errors of an essential matrix as CAPS (Wang et al., ECCV 2020) defines them: the smaller of the rotation
     * errors of its two rotations, and the angle of its direction of translation as OpenCV's decomposition signs it.
     * That sign says nothing: CAPS's released evaluation goes on to take the smaller of this angle and 180 degrees less
     * it, see {@link #ignoringSign()}.
     */
    public static PoseError ofEssential(double[] essential, Pose truth) {
        EssentialDecomposition parts = EssentialDecomposition.of(essential);
        double rotation = Math.min(rotationAngle(parts.firstRotation(), truth.rotation()),
                rotationAngle(parts.secondRotation(), truth.rotation()));
        return new PoseError(rotation, angle(parts.direction(), truth.translation()));
    }

    /** The errors of a relative pose. A true translation of 0 has no direction: its error counts as 0. */
    public static PoseError of(Pose estimated, Pose truth) {
        return new PoseError(rotationAngle(estimated.rotation(), truth.rotation()),
                angle(estimated.translation(), truth.translation()));
    }

    /** The same with the direction of translation up to its sign: its error is at most 90 degrees. */
    public PoseError ignoringSign() {
        return new PoseError(rotationDegrees, Math.min(translationDegrees, 180 - translationDegrees));
    }

    /** The larger of the two: the error that AUC curves are made of. */
    public double maximumDegrees() {
        return Math.max(rotationDegrees, translationDegrees);
    }

    private static double rotationAngle(double[] a, double[] b) {
        double trace = 0;
        for (int i = 0; i < 9; i++) {
            trace += a[i] * b[i];
        }
        return Math.toDegrees(Math.acos(Math.max(-1, Math.min(1, (trace - 1) / 2))));
    }

    private static double angle(double[] a, double[] b) {
        double lengths = Math.sqrt(dot(a, a) * dot(b, b));
        return lengths == 0 ? 0 : Math.toDegrees(Math.acos(Math.max(-1, Math.min(1, dot(a, b) / lengths))));
    }

    private static double dot(double[] a, double[] b) {
        return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
    }
}
