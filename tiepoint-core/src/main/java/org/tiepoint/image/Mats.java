package org.tiepoint.image;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Images as OpenCV matrices and back. A matrix is native memory: the caller closes it, or works inside a
 * {@code PointerScope}.
 */
public final class Mats {
    private Mats() {}

    /** A copy of the pixels: height x width, 8 bits, channels red, green, blue (OpenCV's own order is the reverse). */
    public static Mat rgb(Image image) {
        Mat mat = new Mat(image.height(), image.width(), opencv_core.CV_8UC3);
        try (BytePointer data = mat.data()) {
            data.put(image.rgb());
        }
        return mat;
    }

    /** Grey levels 0.299 R + 0.587 G + 0.114 B: height x width, 8 bits, one channel. */
    public static Mat grey(Image image) {
        Mat grey = new Mat();
        try (Mat rgb = rgb(image)) {
            opencv_imgproc.cvtColor(rgb, grey, opencv_imgproc.COLOR_RGB2GRAY);
        }
        return grey;
    }

    /** A copy of a matrix of 8 bits and three channels red, green, blue. */
    public static Image image(Mat rgb) {
        if (rgb.type() != opencv_core.CV_8UC3 || rgb.empty()) {
            throw new IllegalArgumentException("an image takes a matrix of 8 bits and 3 channels, got type "
                    + rgb.type());
        }
        byte[] pixels = new byte[Math.toIntExact(3L * rgb.rows() * rgb.cols())];
        try (Mat whole = rgb.isContinuous() ? new Mat(rgb) : rgb.clone(); BytePointer data = whole.data()) {
            data.get(pixels);
        }
        return new Image(rgb.cols(), rgb.rows(), pixels);
    }
}
