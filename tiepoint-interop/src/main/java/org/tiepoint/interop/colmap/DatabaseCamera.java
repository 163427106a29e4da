package org.tiepoint.interop.colmap;

import org.tiepoint.geometry.Camera;
import org.tiepoint.geometry.CameraModel;

/**
 * A camera of a database.
 *
 * @param camera           with pixel (0, 0) at the centre of the top-left pixel; the database has its corner there
 * @param priorFocalLength whether the focal length is known (from EXIF or calibration) rather than guessed: COLMAP
 *                         estimates essential matrices for known ones only
 */
public record DatabaseCamera(Camera camera, boolean priorFocalLength) {
    private static final double ORIGIN = 0.5;

    /** From parameters in COLMAP's pixels, as its databases, models and command line have them. */
    public static DatabaseCamera ofColmap(CameraModel model, int width, int height, double[] parameters,
            boolean priorFocalLength) {
        return new DatabaseCamera(new Camera(model, width, height, shifted(model, parameters, -ORIGIN)),
                priorFocalLength);
    }

    /** The parameters in COLMAP's pixels. */
    public double[] colmapParameters() {
        return shifted(camera.model(), camera.parameters(), ORIGIN);
    }

    private static double[] shifted(CameraModel model, double[] parameters, double by) {
        double[] moved = parameters.clone();
        int cx = model.parameterNames().indexOf("cx");
        if (moved.length > cx + 1) {
            moved[cx] += by;
            moved[cx + 1] += by;
        }
        return moved;
    }
}
