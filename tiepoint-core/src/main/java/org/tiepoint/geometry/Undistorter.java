package org.tiepoint.geometry;

import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.tiepoint.image.Image;
import org.tiepoint.image.Mats;

/**
 * Takes the lens distortion out of photos. The result has the photo's size and principal point, and a focal length that
 * is the photo's or so much longer that every pixel comes from the photo: no blank borders (what COLMAP's
 * image_undistorter does with blank_pixels 0, except that COLMAP changes the size instead). Pixels are interpolated
 * linearly by OpenCV. The map is computed anew for each photo, some rows at a time, rather than kept: that takes
 * about 10 ns a pixel, and memory stays bounded where every photo has its own camera. Safe for use by several threads.
 */
public final class Undistorter {
    /** Steps along a ray from the principal point to the border at which validity is tested. */
    private static final int STEPS = 24;
    /** Places on each side of the border that are tested. */
    private static final int BORDER_PLACES = 32;
    private static final int BISECTIONS = 10;
    /** Rows whose map is held at a time. */
    private static final int STRIP_ROWS = 64;
    /** A focal length that would have to be more than 5 times longer tells of wrong parameters. */
    private static final double SMALLEST_SCALE = 0.2;

    private Undistorter() {}

    /**
     * The pinhole camera of the undistorted image; of a camera without distortion, itself.
     *
     * @throws IllegalArgumentException when hardly any of the image would be left, which says that the distortion
     *                                  parameters cannot be right
     */
    public static Camera pinhole(Camera camera) {
        if (camera.isPinhole()) {
            return Camera.pinhole(camera.width(), camera.height(), camera.fx(), camera.fy(), camera.cx(), camera.cy());
        }
        LensDistortion lens = new LensDistortion(camera);
        int right = camera.width() - 1;
        int bottom = camera.height() - 1;
        double scale = 1;
        for (int i = 0; i <= BORDER_PLACES; i++) {
            double x = (double) i / BORDER_PLACES * right;
            double y = (double) i / BORDER_PLACES * bottom;
            scale = Math.min(scale, validShare(camera, lens, x, 0));
            scale = Math.min(scale, validShare(camera, lens, x, bottom));
            scale = Math.min(scale, validShare(camera, lens, 0, y));
            scale = Math.min(scale, validShare(camera, lens, right, y));
        }
        if (scale < SMALLEST_SCALE) {
            throw new IllegalArgumentException(camera.model() + " with distortion "
                    + Arrays.toString(camera.distortion()) + " leaves less than " + SMALLEST_SCALE
                    + " of the image's width: check the distortion parameters");
        }
        return Camera.pinhole(camera.width(), camera.height(), camera.fx() / scale, camera.fy() / scale, camera.cx(),
                camera.cy());
    }

    /**
     * The image as {@link #pinhole} sees it.
     *
     * @param image  of the camera's size
     * @param camera the camera that took it
     * @throws IllegalArgumentException when the sizes differ, or a side is longer than 32,767 pixels (OpenCV's limit)
     */
    public static Image undistort(Image image, Camera camera) {
        if (image.width() != camera.width() || image.height() != camera.height()) {
            throw new IllegalArgumentException("the image is " + image.width() + "x" + image.height()
                    + " and its camera " + camera.width() + "x" + camera.height() + ": resize one of them");
        }
        if (camera.isPinhole()) {
            return image;
        }
        if (Math.max(image.width(), image.height()) > Short.MAX_VALUE) {
            throw new IllegalArgumentException("the image is " + image.width() + "x" + image.height()
                    + " pixels; distortion can be taken out of sides up to " + Short.MAX_VALUE + ": scale it down");
        }
        return undistort(image, camera, pinhole(camera));
    }

    @SuppressWarnings("try")
    private static Image undistort(Image image, Camera camera, Camera target) {
        int width = image.width();
        int height = image.height();
        byte[] rgb = new byte[image.rgb().length];
        try (PointerScope scope = new PointerScope()) {
            Mat source = Mats.rgb(image);
            Mat result = new Mat();
            Scalar border = new Scalar();
            LensDistortion lens = new LensDistortion(camera);
            float[] map = new float[2 * width * Math.min(STRIP_ROWS, height)];
            for (int top = 0; top < height; top += STRIP_ROWS) {
                int rows = Math.min(STRIP_ROWS, height - top);
                fillMap(map, lens, target, top, rows);
                Mat positions = new Mat(rows, width, opencv_core.CV_32FC2);
                new FloatPointer(positions.data()).put(map, 0, 2 * width * rows);
                opencv_imgproc.remap(source, result, positions, new Mat(), opencv_imgproc.INTER_LINEAR,
                        opencv_core.BORDER_REPLICATE, border);
                result.data().get(rgb, 3 * width * top, 3 * width * rows);
                positions.close();
            }
        }
        return new Image(width, height, rgb);
    }

    /** Where the pixels of some rows come from: x and y each. */
    private static void fillMap(float[] map, LensDistortion lens, Camera target, int top, int rows) {
        double[] xy = new double[2];
        int at = 0;
        for (int row = top; row < top + rows; row++) {
            double y = (row - target.cy()) / target.fy();
            for (int column = 0; column < target.width(); column++) {
                lens.project((column - target.cx()) / target.fx(), y, xy);
                map[at++] = (float) xy[0];
                map[at++] = (float) xy[1];
            }
        }
    }

    /** How far, as a share, one can go from the principal point to a border pixel of the pinhole image. */
    private static double validShare(Camera camera, LensDistortion lens, double column, double row) {
        double[] xy = new double[2];
        double x = (column - camera.cx()) / camera.fx();
        double y = (row - camera.cy()) / camera.fy();
        double reached = -1;
        for (int step = 1; step <= STEPS; step++) {
            double share = (double) step / STEPS;
            lens.project(share * x, share * y, xy);
            double radius = Math.hypot(xy[0] - camera.cx(), xy[1] - camera.cy());
            // a radius that shrinks again: the polynomial has folded over, beyond where it was fitted
            if (radius <= reached) {
                return (double) (step - 1) / STEPS;
            }
            if (!isInside(camera, xy)) {
                return bisect(camera, lens, x, y, (double) (step - 1) / STEPS, share);
            }
            reached = radius;
        }
        return 1;
    }

    private static double bisect(Camera camera, LensDistortion lens, double x, double y, double in, double out) {
        double[] xy = new double[2];
        for (int i = 0; i < BISECTIONS; i++) {
            double middle = (in + out) / 2;
            lens.project(middle * x, middle * y, xy);
            if (isInside(camera, xy)) {
                in = middle;
            } else {
                out = middle;
            }
        }
        return in;
    }

    private static boolean isInside(Camera camera, double[] xy) {
        double tolerance = 1e-6;
        return xy[0] >= -tolerance && xy[0] <= camera.width() - 1 + tolerance
                && xy[1] >= -tolerance && xy[1] <= camera.height() - 1 + tolerance;
    }
}
