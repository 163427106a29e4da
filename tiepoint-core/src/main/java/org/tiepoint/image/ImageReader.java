package org.tiepoint.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Reads image files: JPEG, PNG, TIFF (first page), WebP (first frame) and PNM (PBM, PGM, PPM), told apart by content.
 *
 * <ul>
 *   <li>EXIF orientation is honoured: the image comes upright, as viewers show it.
 *   <li>Grey becomes three equal channels. 16 bits become 8 by v / 257, rounded; other depths of PNM likewise by their
 *       maximum. Floating-point TIFF is refused.
 *   <li>Transparent pixels are composited over white.
 *   <li>Colour profiles are not applied.
 *   <li>A file that was cut short is refused, as is one whose header asks for more than {@link #MAX_PIXELS}, before any
 *       of it is decoded. Bytes after the end of a JPEG are ignored.
 * </ul>
 * Every failure is an {@link ImageException} of one line that names the file and the remedy. Safe for use by several
 * threads.
 */
public final class ImageReader {
    /** Images of more pixels are refused: 200 megapixels. */
    public static final long MAX_PIXELS = 200_000_000;

    private ImageReader() {}

    /** Reads an image, upright. */
    public static Image read(Path file) throws ImageException {
        return read(file, MAX_PIXELS);
    }

    /** Reads an image, upright, under another limit of pixels than {@link #MAX_PIXELS}. */
    public static Image read(Path file, long maxPixels) throws ImageException {
        return read(file, maxPixels, true);
    }

    /** Reads the pixels as they lie in the file, whatever its EXIF orientation: those that stored intrinsics fit. */
    public static Image readStored(Path file) throws ImageException {
        return read(file, MAX_PIXELS, false);
    }

    /** The size that {@link #read(Path)} would give, from the header alone. Not limited. */
    public static ImageSize size(Path file) throws ImageException {
        EncodedImage encoded = open(file);
        return encoded.turned() ? new ImageSize((int) encoded.height(), (int) encoded.width())
                : new ImageSize((int) encoded.width(), (int) encoded.height());
    }

    /** EXIF orientation, 1 to 8: how {@link #read(Path)} turns the stored pixels; 1 where the file has none. */
    public static int orientation(Path file) throws ImageException {
        return open(file).orientation();
    }

    private static Image read(Path file, long maxPixels, boolean upright) throws ImageException {
        EncodedImage encoded = open(file);
        long limit = Math.min(maxPixels, Integer.MAX_VALUE / 4);
        if (encoded.width() > limit / encoded.height()) {
            throw new ImageException(file, String.format(Locale.ROOT,
                    "%d x %d pixels are %.0f megapixels, more than the limit of %.0f: scale the image down first",
                    encoded.width(), encoded.height(), encoded.width() * 1e-6 * encoded.height(), limit * 1e-6));
        }
        try {
            return encoded.format() == ImageFormat.PNM ? new PnmDecoder(encoded.data()).decode()
                    : PixelDecoder.decode(encoded, upright);
        } catch (DamagedImageException e) {
            throw new ImageException(file, e.getMessage());
        }
    }

    private static EncodedImage open(Path file) throws ImageException {
        byte[] data = bytes(file);
        ImageFormat format = ImageFormat.of(data).orElseThrow(() -> new ImageException(file,
                "not an image of a known format: JPEG, PNG, TIFF, WebP, PBM, PGM and PPM can be read"));
        try {
            return EncodedImage.parse(format, data);
        } catch (DamagedImageException e) {
            throw new ImageException(file, e.getMessage());
        }
    }

    private static byte[] bytes(Path file) throws ImageException {
        if (Files.isDirectory(file)) {
            throw new ImageException(file, "this is a folder: name an image file in it");
        }
        if (!Files.exists(file)) {
            throw new ImageException(file, "no such file: check the path");
        }
        try {
            long size = Files.size(file);
            if (size == 0) {
                throw new ImageException(file, "the file is empty (0 bytes): copy or download it again");
            }
            if (size > Integer.MAX_VALUE - 64) {
                throw new ImageException(file, "the file has " + size + " bytes, images of up to 2 GiB can be read:"
                        + " scale the image down first");
            }
            return Files.readAllBytes(file);
        } catch (ImageException e) {
            throw e;
        } catch (IOException e) {
            throw new ImageException(file, "cannot be read (" + e.getMessage() + "): check its permissions", e);
        }
    }
}
