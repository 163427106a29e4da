package org.tiepoint.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;

/** Pictures and image files made in memory. */
public final class TestImages {
    private TestImages() {}

    /** Smooth seeded blobs of colour: rich in SIFT key points, kind to JPEG. */
    public static Image blobs(int width, int height, long seed) {
        Random random = new Random(seed);
        double[] sum = new double[3 * width * height];
        for (int blob = 0; blob < Math.max(6, width * height / 150); blob++) {
            double cx = random.nextDouble() * width;
            double cy = random.nextDouble() * height;
            double sigma = 1.5 + 4 * random.nextDouble();
            double[] colour = {random.nextGaussian() * 60, random.nextGaussian() * 60, random.nextGaussian() * 60};
            int reach = (int) (3 * sigma) + 1;
            for (int y = Math.max(0, (int) cy - reach); y < Math.min(height, cy + reach); y++) {
                for (int x = Math.max(0, (int) cx - reach); x < Math.min(width, cx + reach); x++) {
                    double weight = Math.exp(-((x - cx) * (x - cx) + (y - cy) * (y - cy)) / (2 * sigma * sigma));
                    for (int c = 0; c < 3; c++) {
                        sum[3 * (y * width + x) + c] += weight * colour[c];
                    }
                }
            }
        }
        byte[] rgb = new byte[sum.length];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) Math.max(0, Math.min(255, Math.round(128 + sum[i])));
        }
        return new Image(width, height, rgb);
    }

    /** Largest difference of two images of one size. */
    public static int largestDifference(Image a, Image b) {
        int largest = 0;
        for (int i = 0; i < a.rgb().length; i++) {
            largest = Math.max(largest, Math.abs((a.rgb()[i] & 0xFF) - (b.rgb()[i] & 0xFF)));
        }
        return largest;
    }

    static byte[] encode(Image image, String extension) {
        try (PointerScope scope = new PointerScope()) {
            Mat bgr = new Mat();
            opencv_imgproc.cvtColor(Mats.rgb(image), bgr, opencv_imgproc.COLOR_RGB2BGR);
            return encode(bgr, extension);
        }
    }

    /** Lossless where the format can be; JPEG at quality 98. */
    static byte[] encode(Mat mat, String extension) {
        int[] parameters = switch (extension) {
            case ".jpg" -> new int[] {opencv_imgcodecs.IMWRITE_JPEG_QUALITY, 98,
                opencv_imgcodecs.IMWRITE_JPEG_SAMPLING_FACTOR, opencv_imgcodecs.IMWRITE_JPEG_SAMPLING_FACTOR_444};
            case ".webp" -> new int[] {opencv_imgcodecs.IMWRITE_WEBP_QUALITY, 101};
            default -> new int[0];
        };
        try (PointerScope scope = new PointerScope()) {
            BytePointer buffer = new BytePointer();
            opencv_imgcodecs.imencode(new BytePointer(extension), mat, buffer, new IntPointer(parameters));
            byte[] encoded = new byte[(int) buffer.limit()];
            buffer.get(encoded);
            return encoded;
        }
    }

    /** The stored pixels of an image whose EXIF orientation turns them into the given upright one. */
    static Image stored(Image upright, int orientation) {
        boolean swap = orientation >= 5;
        int w = swap ? upright.height() : upright.width();
        int h = swap ? upright.width() : upright.height();
        byte[] rgb = new byte[upright.rgb().length];
        for (int y = 0; y < h; y++) {
            for (int x = 0; x < w; x++) {
                int[] to = switch (orientation) {
                    case 1 -> new int[] {x, y};
                    case 2 -> new int[] {w - 1 - x, y};
                    case 3 -> new int[] {w - 1 - x, h - 1 - y};
                    case 4 -> new int[] {x, h - 1 - y};
                    case 5 -> new int[] {y, x};
                    case 6 -> new int[] {h - 1 - y, x};
                    case 7 -> new int[] {h - 1 - y, w - 1 - x};
                    default -> new int[] {y, w - 1 - x};
                };
                System.arraycopy(upright.rgb(), 3 * (to[1] * upright.width() + to[0]), rgb, 3 * (y * w + x), 3);
            }
        }
        return new Image(w, h, rgb);
    }

    /** The image as a file with an orientation: .jpg, .png, .webp or .tiff. */
    static byte[] withOrientation(Image stored, String extension, int orientation) {
        byte[] file = encode(stored, extension);
        byte[] exif = tiff(new int[][] {{0x0112, 3, 1, orientation}}, new byte[0]);
        return switch (extension) {
            case ".jpg" -> join(Arrays.copyOf(file, 2), new byte[] {(byte) 0xFF, (byte) 0xE1, 0,
                (byte) (exif.length + 8)}, ascii("Exif\0\0"), exif, Arrays.copyOfRange(file, 2, file.length));
            case ".png" -> join(Arrays.copyOf(file, 33), pngChunk("eXIf", exif),
                    Arrays.copyOfRange(file, 33, file.length));
            case ".webp" -> webpWithExif(file, stored, exif);
            default -> rgbTiff(stored, orientation);
        };
    }

    /** The image as a file, with an orientation where the format can hold one. */
    static byte[] withOrientationOrPlain(Image image, String extension) {
        return extension.equals(".ppm") ? encode(image, extension) : withOrientation(image, extension, 1);
    }

    static byte[] pngChunk(String type, byte[] data) {
        byte[] body = join(ascii(type), data);
        CRC32 crc = new CRC32();
        crc.update(body);
        return join(bigEndian(data.length), body, bigEndian((int) crc.getValue()));
    }

    /** An uncompressed TIFF of one strip. */
    static byte[] rgbTiff(Image image, int orientation) {
        int[][] tags = {{256, 4, 1, image.width()}, {257, 4, 1, image.height()}, {258, 3, 1, 8}, {259, 3, 1, 1},
            {262, 3, 1, 2}, {273, 4, 1, 8 + 2 + 12 * 11 + 4}, {274, 3, 1, orientation}, {277, 3, 1, 3},
            {278, 4, 1, image.height()}, {279, 4, 1, image.rgb().length}, {284, 3, 1, 1}};
        return tiff(tags, image.rgb());
    }

    /** A little-endian TIFF structure of one directory of tags (tag, type, count, value) and the data after it. */
    private static byte[] tiff(int[][] tags, byte[] data) {
        ByteBuffer buffer = ByteBuffer.allocate(8 + 2 + 12 * tags.length + 4 + data.length)
                .order(ByteOrder.LITTLE_ENDIAN);
        buffer.put(ascii("II*\0")).putInt(8).putShort((short) tags.length);
        for (int[] tag : tags) {
            buffer.putShort((short) tag[0]).putShort((short) tag[1]).putInt(tag[2]).putInt(tag[3]);
        }
        return buffer.putInt(0).put(data).array();
    }

    private static byte[] webpWithExif(byte[] file, Image stored, byte[] exif) {
        int w = stored.width() - 1;
        int h = stored.height() - 1;
        byte[] header = {8, 0, 0, 0, (byte) w, (byte) (w >> 8), 0, (byte) h, (byte) (h >> 8), 0};
        byte[] chunks = join(ascii("WEBPVP8X"), littleEndian(10), header, Arrays.copyOfRange(file, 12, file.length),
                ascii("EXIF"), littleEndian(exif.length), exif);
        return join(ascii("RIFF"), littleEndian(chunks.length), chunks);
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] bigEndian(int value) {
        return ByteBuffer.allocate(4).putInt(value).array();
    }

    private static byte[] littleEndian(int value) {
        return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
    }
}
