package org.tiepoint.geometry;

import java.util.Arrays;
import org.tiepoint.image.Image;

/**
 * Takes the lens distortion out of photos. The result has the photo's size and principal point, and a focal length that
 * is the photo's or so much longer that every pixel comes from the photo: no blank borders (what COLMAP's
 * image_undistorter does with blank_pixels 0, except that COLMAP changes the size instead). Pixels are interpolated
 * linearly. No map is kept: computing it along with the pixels takes less time than decoding the photo. Safe for use by several threads.
 */
public final class Undistorter {
    /** Steps along a ray from the principal point to the border at which validity is tested. */
    private static final int STEPS = 256;
    /** Places on each side of the border that are tested. */
    private static final int BORDER_PLACES = 32;
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
     * @throws IllegalArgumentException when the sizes differ
     */
    public static Image undistort(Image image, Camera camera) {
        if (image.width() != camera.width() || image.height() != camera.height()) {
            throw new IllegalArgumentException("the image is " + image.width() + "x" + image.height()
                    + " and its camera " + camera.width() + "x" + camera.height() + ": resize one of them");
        }
        if (camera.isPinhole()) {
            return image;
        }
        Camera target = pinhole(camera);
        LensDistortion lens = new LensDistortion(camera);
        int width = image.width();
        byte[] from = image.rgb();
        byte[] to = new byte[from.length];
        double[] xy = new double[2];
        for (int row = 0; row < image.height(); row++) {
            double y = (row - target.cy()) / target.fy();
            for (int column = 0; column < width; column++) {
                lens.project((column - target.cx()) / target.fx(), y, xy);
                interpolate(from, width, image.height(), xy[0], xy[1], to, 3 * (row * width + column));
            }
        }
        return new Image(width, image.height(), to);
    }

    /** How far, as a share, one can go from the principal point to a border pixel of the pinhole image. */
    private static double validShare(Camera camera, LensDistortion lens, double column, double row) {
        double[] xy = new double[2];
        double x = (column - camera.cx()) / camera.fx();
        double y = (row - camera.cy()) / camera.fy();
        double tolerance = 1e-6;
        double reached = -1;
        for (int step = 1; step <= STEPS; step++) {
            double share = (double) step / STEPS;
            lens.project(share * x, share * y, xy);
            boolean inside = xy[0] >= -tolerance && xy[0] <= camera.width() - 1 + tolerance
                    && xy[1] >= -tolerance && xy[1] <= camera.height() - 1 + tolerance;
            double radius = Math.hypot(xy[0] - camera.cx(), xy[1] - camera.cy());
            // a radius that shrinks again: the polynomial has folded over, beyond where it was fitted
            if (!inside || radius <= reached) {
                return (double) (step - 1) / STEPS;
            }
            reached = radius;
        }
        return 1;
    }

    private static void interpolate(byte[] from, int width, int height, double x, double y, byte[] to, int at) {
        double cx = Math.max(0, Math.min(width - 1, x));
        double cy = Math.max(0, Math.min(height - 1, y));
        int x0 = Math.min((int) cx, Math.max(0, width - 2));
        int y0 = Math.min((int) cy, Math.max(0, height - 2));
        double ax = cx - x0;
        double ay = cy - y0;
        int right = width > 1 ? 3 : 0;
        int down = height > 1 ? 3 * width : 0;
        int p = 3 * (y0 * width + x0);
        for (int channel = 0; channel < 3; channel++, p++) {
            double top = (from[p] & 255) * (1 - ax) + (from[p + right] & 255) * ax;
            double bottom = (from[p + down] & 255) * (1 - ax) + (from[p + down + right] & 255) * ax;
            to[at + channel] = (byte) (int) (top * (1 - ay) + bottom * ay + 0.5);
        }
    }
}
