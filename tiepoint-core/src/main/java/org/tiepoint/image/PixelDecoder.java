package org.tiepoint.image;

import static org.bytedeco.opencv.global.opencv_core.CV_16U;
import static org.bytedeco.opencv.global.opencv_core.CV_8U;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Decodes JPEG, PNG, TIFF and WebP by OpenCV and brings the pixels to 8-bit RGB, upright or as stored. OpenCV turns a
 * TIFF upright by itself and multiplies its colours by their 8-bit alpha; of the other formats it gives what is stored.
 */
final class PixelDecoder {
    private PixelDecoder() {}

    static Image decode(EncodedImage encoded, boolean upright) throws DamagedImageException {
        try (PointerScope scope = new PointerScope()) {
            byte[] data = encoded.data();
            Mat decoded;
            try {
                decoded = opencv_imgcodecs.imdecode(new Mat(1, data.length, CV_8UC1, new BytePointer(data)),
                        opencv_imgcodecs.IMREAD_UNCHANGED);
            } catch (RuntimeException refused) {
                throw undecodable(encoded);
            }
            if (decoded.empty()) {
                throw undecodable(encoded);
            }
            boolean decodedUpright = encoded.format() == ImageFormat.TIFF;
            boolean swapped = decodedUpright && encoded.turned();
            if (decoded.cols() != (swapped ? encoded.height() : encoded.width())
                    || decoded.rows() != (swapped ? encoded.width() : encoded.height())) {
                throw DamagedImageException.damaged(encoded.format(), "its header says " + encoded.width() + "x"
                        + encoded.height() + " pixels, its picture has " + decoded.cols() + "x" + decoded.rows());
            }
            int orientation = encoded.orientation();
            int turn = upright == decodedUpright ? 1 : decodedUpright ? inverse(orientation) : orientation;
            return Mats.image(turn(toRgb(decoded, encoded), turn));
        }
    }

    private static DamagedImageException undecodable(EncodedImage encoded) {
        return new DamagedImageException("the " + encoded.format().label() + " file cannot be decoded: it is damaged or"
                + " of a kind that is not supported; save it again as 8-bit JPEG or PNG");
    }

    private static Mat toRgb(Mat decoded, EncodedImage encoded) throws DamagedImageException {
        Mat eightBit = decoded;
        if (decoded.depth() == CV_16U) {
            eightBit = new Mat();
            decoded.convertTo(eightBit, CV_8U, 1.0 / 257, 0);
        } else if (decoded.depth() != CV_8U) {
            throw undecodable(encoded);
        }
        Mat rgb = new Mat();
        switch (eightBit.channels()) {
            case 1 -> opencv_imgproc.cvtColor(eightBit, rgb, opencv_imgproc.COLOR_GRAY2RGB);
            case 3 -> opencv_imgproc.cvtColor(eightBit, rgb, opencv_imgproc.COLOR_BGR2RGB);
            case 4 -> overWhite(eightBit, rgb, encoded.format() == ImageFormat.TIFF && decoded.depth() == CV_8U);
            default -> throw undecodable(encoded);
        }
        return rgb;
    }

    /** Composites blue, green, red and alpha over white: c a + (1 - a) white, where c a may be what is given. */
    private static void overWhite(Mat bgra, Mat rgb, boolean multiplied) {
        byte[] from = new byte[Math.toIntExact(4L * bgra.rows() * bgra.cols())];
        bgra.data().get(from);
        byte[] to = new byte[from.length / 4 * 3];
        for (int i = 0, j = 0; i < from.length; i += 4, j += 3) {
            int alpha = from[i + 3] & 0xFF;
            for (int c = 0; c < 3; c++) {
                int colour = (from[i + 2 - c] & 0xFF) * (multiplied ? 255 : alpha);
                to[j + c] = (byte) Math.min(255, (colour + 255 * (255 - alpha) + 127) / 255);
            }
        }
        rgb.create(bgra.rows(), bgra.cols(), opencv_core.CV_8UC3);
        rgb.data().put(to);
    }

    private static int inverse(int orientation) {
        return orientation == 6 ? 8 : orientation == 8 ? 6 : orientation;
    }

    /** Turns stored pixels upright by the eight values of EXIF's orientation. */
    private static Mat turn(Mat stored, int orientation) {
        Mat upright = new Mat();
        switch (orientation) {
            case 2 -> opencv_core.flip(stored, upright, 1);
            case 3 -> opencv_core.rotate(stored, upright, opencv_core.ROTATE_180);
            case 4 -> opencv_core.flip(stored, upright, 0);
            case 5 -> opencv_core.transpose(stored, upright);
            case 6 -> opencv_core.rotate(stored, upright, opencv_core.ROTATE_90_CLOCKWISE);
            case 7 -> {
                Mat half = new Mat();
                opencv_core.rotate(stored, half, opencv_core.ROTATE_180);
                opencv_core.transpose(half, upright);
            }
            case 8 -> opencv_core.rotate(stored, upright, opencv_core.ROTATE_90_COUNTERCLOCKWISE);
            default -> {
                return stored;
            }
        }
        return upright;
    }
}
