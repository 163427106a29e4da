package org.tiepoint.dataset;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tiepoint.geometry.Camera;
import org.tiepoint.geometry.CameraModel;
import org.tiepoint.geometry.Pose;

/**
 * What a COLMAP model says, by COLMAP's own numbers.
 *
 * @param cameras by camera number, pixel origin already moved to the centre of the top-left pixel
 * @param images  in the file's order
 * @param points  in the file's order; empty where the model has none
 */
record ColmapModel(Map<Integer, Camera> cameras, List<View> images, Optional<List<Point>> points) {
    /** A registered image, world to camera. */
    record View(int id, String name, int cameraId, Pose pose) {}

    /** A triangulated point and the numbers of the images that see it. */
    record Point(double x, double y, double z, int[] imageIds) {}

    /** COLMAP's lens models from number 7 on. */
    static final List<String> UNSUPPORTED = List.of("FOV", "SIMPLE_RADIAL_FISHEYE", "RADIAL_FISHEYE",
            "THIN_PRISM_FISHEYE", "RAD_TAN_THIN_PRISM_FISHEYE");

    /** Message for a model that is not read. */
    static String unsupported(String model) {
        return "camera model " + model + " is not supported: undistort the photos with COLMAP's image_undistorter,"
                + " or use one of " + List.of(CameraModel.values());
    }

    /** A camera from COLMAP's parameters: the principal point loses 0.5 in x and y. */
    static Camera camera(CameraModel model, int width, int height, double[] parameters) {
        double[] shifted = parameters.clone();
        int cx = model.parameterNames().indexOf("cx");
        if (parameters.length > cx + 1) {
            shifted[cx] -= 0.5;
            shifted[cx + 1] -= 0.5;
        }
        return new Camera(model, width, height, shifted);
    }
}
