package org.tiepoint.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.tiepoint.geometry.Camera;
import org.tiepoint.geometry.CameraModel;
import org.tiepoint.geometry.Pose;

/**
 * A COLMAP model as its files have it: COLMAP's numbers, pixels, quaternions and order, every digit kept, so that
 * {@link ColmapModelWriter} gives the same files again. {@link ColmapReader} makes a {@link PosedCollection} of it.
 *
 * <p>COLMAP 4 writes {@code rigs} and {@code frames} beside the other files. They are not read: an image's pose is in the
 * images file, and COLMAP 4 itself reads models without them, taking every camera for a rig of its own. Which cameras
 * were mounted together is lost.
 *
 * @param cameras in the file's order
 * @param images  registered images, in the file's order
 * @param points  in the file's order; empty where the model has no file of them
 */
public record ColmapModel(List<ColmapCamera> cameras, List<View> images, Optional<List<Point>> points) {
    /** The number that stands for no 3D point. */
    public static final long NO_POINT = -1;

    public ColmapModel {
        cameras = List.copyOf(cameras);
        images = List.copyOf(images);
        points = points.map(List::copyOf);
    }

    /**
     * A camera in COLMAP's pixels: (0, 0) is the corner of the top-left pixel.
     *
     * @param id         its number
     * @param parameters in the order of {@link CameraModel#parameterNames()}; shared, not copied
     */
    public record ColmapCamera(int id, CameraModel model, int width, int height, double[] parameters) {
        /** The same with pixel (0, 0) at the centre of the top-left pixel. */
        public Camera camera() {
            return ColmapModel.camera(model, width, height, parameters);
        }
    }

    /**
     * A registered image. Arrays are shared, not copied.
     *
     * @param quaternion  world to camera: w, x, y, z
     * @param translation world to camera
     * @param points2d    n x 2: its key points in COLMAP's pixels; none where they were not read
     * @param point3dIds  n: the numbers of the points that they show, {@link #NO_POINT} for none
     */
    public record View(int id, String name, int cameraId, double[] quaternion, double[] translation,
            double[] points2d, long[] point3dIds) {
        /**
         * World to camera.
         *
         * @throws IllegalArgumentException when the quaternion is not of length 1, within 1e-2
         */
        public Pose pose() {
            return Poses.worldToCamera(Poses.rotation(quaternion[0], quaternion[1], quaternion[2], quaternion[3]),
                    translation);
        }

        /** How many of its key points show a 3D point. */
        public int observations() {
            int count = 0;
            for (long id : point3dIds) {
                count += id == NO_POINT ? 0 : 1;
            }
            return count;
        }
    }

    /**
     * A triangulated point. Arrays are shared, not copied.
     *
     * @param xyz   3 numbers
     * @param rgb   3 numbers of 0 to 255
     * @param error mean reprojection error in pixels; -1 where COLMAP has not computed it
     * @param track m x 2: the number of an image, and the place of the key point in it
     */
    public record Point(long id, double[] xyz, int[] rgb, double error, int[] track) {
        /** How many key points show it. */
        public int trackLength() {
            return track.length / 2;
        }
    }

    /**
     * Reads a model with all that is in it, binary where both kinds are there, as COLMAP does.
     *
     * @param folder the folder of the files
     * @throws DatasetException when a file is missing, damaged or of a lens model that is not supported
     */
    public static ColmapModel read(Path folder) throws IOException {
        return read(folder, true);
    }

    /** Reads a model; the key points of the images, which most of it may be, only where asked for. */
    static ColmapModel read(Path folder, boolean withPoints2d) throws IOException {
        if (isBinary(folder)) {
            return ColmapBinary.read(folder, withPoints2d);
        }
        if (!Files.exists(folder.resolve("cameras.txt")) || !Files.exists(folder.resolve("images.txt"))) {
            throw new DatasetException(folder, "", "has no COLMAP model: cameras and images as .bin or .txt are looked"
                    + " for");
        }
        return ColmapText.read(folder, withPoints2d);
    }

    static boolean isBinary(Path folder) {
        return Files.exists(folder.resolve("cameras.bin")) && Files.exists(folder.resolve("images.bin"));
    }

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
