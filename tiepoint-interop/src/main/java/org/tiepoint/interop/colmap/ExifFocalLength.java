package org.tiepoint.interop.colmap;

import com.drew.imaging.ImageMetadataReader;
import com.drew.imaging.ImageProcessingException;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifDirectoryBase;
import com.drew.metadata.exif.ExifSubIFDDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalDouble;

/**
 * The focal length that a photo's EXIF data tells, as COLMAP takes it ({@code src/colmap/sensor/bitmap.cc}): from the
 * equivalent for 35 mm film, which COLMAP divides by 35, or from the focal length and the sensor's width, which the
 * resolution in the focal plane gives. Departure: COLMAP's list of the sensor widths of cameras is not used.
 */
final class ExifFocalLength {
    private static final double FILM_WIDTH = 35;
    private static final int INCH = 2;
    private static final int CENTIMETRE = 3;

    private ExifFocalLength() {}

    /** In pixels of an image whose longer side is given; empty where the file says nothing or is damaged there. */
    static OptionalDouble of(Path file, int longestSide) {
        Metadata metadata;
        try {
            metadata = ImageMetadataReader.readMetadata(file.toFile());
        } catch (ImageProcessingException | IOException | RuntimeException damaged) {
            return OptionalDouble.empty();
        }
        for (ExifSubIFDDirectory tags : metadata.getDirectoriesOfType(ExifSubIFDDirectory.class)) {
            OptionalDouble sensorWidths = inSensorWidths(tags);
            if (sensorWidths.isPresent()) {
                return OptionalDouble.of(sensorWidths.getAsDouble() * longestSide);
            }
        }
        return OptionalDouble.empty();
    }

    private static OptionalDouble inSensorWidths(ExifSubIFDDirectory tags) {
        double film = number(tags, ExifDirectoryBase.TAG_35MM_FILM_EQUIV_FOCAL_LENGTH);
        if (film > 0) {
            return OptionalDouble.of(film / FILM_WIDTH);
        }
        double focalLength = number(tags, ExifDirectoryBase.TAG_FOCAL_LENGTH);
        double pixels = number(tags, ExifDirectoryBase.TAG_EXIF_IMAGE_WIDTH);
        double resolution = number(tags, ExifDirectoryBase.TAG_FOCAL_PLANE_X_RESOLUTION);
        int unit = (int) number(tags, ExifDirectoryBase.TAG_FOCAL_PLANE_RESOLUTION_UNIT);
        double millimetres = unit == INCH ? 25.4 : unit == CENTIMETRE ? 10 : 0;
        double share = focalLength / (pixels / resolution * millimetres);
        return share > 0 && !Double.isInfinite(share) ? OptionalDouble.of(share) : OptionalDouble.empty();
    }

    /** 0 where the tag is missing or no number. */
    private static double number(ExifSubIFDDirectory tags, int tag) {
        Double value = tags.getDoubleObject(tag);
        return value == null || !Double.isFinite(value) ? 0 : value;
    }
}
