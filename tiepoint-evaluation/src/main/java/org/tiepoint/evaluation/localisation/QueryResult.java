package org.tiepoint.evaluation.localisation;

import org.tiepoint.dataset.PosedImage;
import org.tiepoint.geometry.Pose;
import org.tiepoint.localisation.Localisation;

/**
 * How far off a query was.
 *
 * @param name              of the photo
 * @param found             what was found
 * @param translationError  between the camera centres, in the scene's units; infinite without a pose
 * @param rotationDegrees   angle between the rotations; infinite without a pose
 */
public record QueryResult(String name, Localisation found, double translationError, double rotationDegrees) {
    /** Compares with the truth. */
    public static QueryResult of(PosedImage truth, Localisation found) {
        if (found.pose().isEmpty()) {
            return new QueryResult(truth.name(), found, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
        }
        Pose pose = found.pose().get();
        double[] a = pose.centre();
        double[] b = truth.pose().centre();
        double square = 0;
        for (int i = 0; i < 3; i++) {
            square += (a[i] - b[i]) * (a[i] - b[i]);
        }
        return new QueryResult(truth.name(), found, Math.sqrt(square), pose.to(truth.pose()).rotationDegrees());
    }

    /** Whether both errors are within a limit. */
    public boolean within(double translation, double degrees) {
        return translationError <= translation && rotationDegrees <= degrees;
    }
}
