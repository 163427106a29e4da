package org.tiepoint.image;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * Changes the size of images. Pixel areas are kept aligned, so that a point moves by x' = (x + 0.5) s - 0.5, as
 * {@link org.tiepoint.geometry.Camera#resizedTo} does. Safe for use by several threads.
 */
public final class ImageResizer {
    private ImageResizer() {}

    /** Averages areas along an axis that shrinks, interpolates linearly along one that grows. */
    public static Image resize(Image image, int width, int height) {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("an image cannot be resized to " + width + "x" + height
                    + ": both must be at least 1");
        }
        if (width == image.width() && height == image.height()) {
            return image;
        }
        try (PointerScope scope = new PointerScope()) {
            Mat mat = Mats.rgb(image);
            int innerWidth = Math.min(width, image.width());
            int innerHeight = Math.min(height, image.height());
            mat = resize(mat, innerWidth, innerHeight, opencv_imgproc.INTER_AREA);
            return Mats.image(resize(mat, width, height, opencv_imgproc.INTER_LINEAR));
        }
    }

    private static Mat resize(Mat mat, int width, int height, int interpolation) {
        if (mat.cols() == width && mat.rows() == height) {
            return mat;
        }
        Mat resized = new Mat();
        opencv_imgproc.resize(mat, resized, new Size(width, height), 0, 0, interpolation);
        return resized;
    }
}
