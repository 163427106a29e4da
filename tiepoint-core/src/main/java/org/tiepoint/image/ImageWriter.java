package org.tiepoint.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.tiepoint.file.AtomicFile;

/**
 * Writes image files. A file appears whole or not at all: it is written under another name in the same folder and then
 * moved to its place, over an older one. Safe for use by several threads.
 */
public final class ImageWriter {
    private static final int JPEG_QUALITY = 95;

    private ImageWriter() {}

    /** Writes a PNG of 8 bits a channel. */
    public static void writePng(Image image, Path file) throws ImageException {
        write(image, file, ".png");
    }

    /** Writes a JPEG of quality 95. */
    public static void writeJpeg(Image image, Path file) throws ImageException {
        write(image, file, ".jpg", opencv_imgcodecs.IMWRITE_JPEG_QUALITY, JPEG_QUALITY);
    }

    /**
     * The bytes of a PNG of 8 bits a channel.
     *
     * @throws IllegalArgumentException when a side is beyond what PNG can store
     */
    public static byte[] encodePng(Image image) {
        try {
            return encode(image, Path.of("image.png"), ".png");
        } catch (ImageException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /**
     * The bytes of a JPEG.
     *
     * @param quality 1 to 100
     * @throws IllegalArgumentException when a side is beyond what JPEG can store
     */
    public static byte[] encodeJpeg(Image image, int quality) {
        if (quality < 1 || quality > 100) {
            throw new IllegalArgumentException("quality is " + quality + ": it must be 1 to 100");
        }
        try {
            return encode(image, Path.of("image.jpg"), ".jpg", opencv_imgcodecs.IMWRITE_JPEG_QUALITY, quality);
        } catch (ImageException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static void write(Image image, Path file, String extension, int... parameters) throws ImageException {
        byte[] encoded = encode(image, file, extension, parameters);
        if (Files.isDirectory(file)) {
            throw new ImageException(file, "cannot be written: a folder has this name; give another one");
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new ImageException(file, "cannot be written: there is no folder " + folder + "; create it first");
        }
        try {
            AtomicFile.write(file, out -> out.write(encoded));
        } catch (IOException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new ImageException(file, "cannot be written (" + cause.getMessage()
                    + "): check the folder's permissions and free space", e);
        }
    }

    private static byte[] encode(Image image, Path file, String extension, int... parameters) throws ImageException {
        try (PointerScope scope = new PointerScope()) {
            Mat bgr = new Mat();
            opencv_imgproc.cvtColor(Mats.rgb(image), bgr, opencv_imgproc.COLOR_RGB2BGR);
            BytePointer buffer = new BytePointer();
            try {
                opencv_imgcodecs.imencode(new BytePointer(extension), bgr, buffer, new IntPointer(parameters));
            } catch (RuntimeException e) {
                throw new ImageException(file, "an image of " + image.width() + "x" + image.height()
                        + " pixels cannot be stored as " + extension + ": scale it down first", e);
            }
            byte[] encoded = new byte[Math.toIntExact(buffer.limit())];
            buffer.get(encoded);
            return encoded;
        }
    }
}
