package org.tiepoint.image;

import com.drew.imaging.tiff.TiffProcessingException;
import com.drew.imaging.tiff.TiffReader;
import com.drew.lang.ByteArrayReader;
import com.drew.metadata.Directory;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifDirectoryBase;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifTiffHandler;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/** The tags of a TIFF structure: that of a TIFF file, or of the EXIF data inside another format. */
final class TiffTags {
    private TiffTags() {}

    /** EXIF orientation, 1 to 8; 1 where the data says nothing or is damaged. */
    static int orientation(byte[] exif) {
        return first(exif).map(TiffTags::orientation).orElse(1);
    }

    /** Header of the first page of a TIFF file. */
    static EncodedImage parse(byte[] file) throws DamagedImageException {
        Directory tags = first(file).orElseThrow(() -> DamagedImageException.damaged(ImageFormat.TIFF,
                "its first directory cannot be read"));
        Integer width = tags.getInteger(ExifDirectoryBase.TAG_IMAGE_WIDTH);
        Integer height = tags.getInteger(ExifDirectoryBase.TAG_IMAGE_HEIGHT);
        if (width == null || height == null) {
            throw DamagedImageException.damaged(ImageFormat.TIFF, "its first directory gives no image size");
        }
        int parts = requireInside(tags, ExifDirectoryBase.TAG_STRIP_OFFSETS, ExifDirectoryBase.TAG_STRIP_BYTE_COUNTS,
                file.length) + requireInside(tags, ExifDirectoryBase.TAG_TILE_OFFSETS,
                ExifDirectoryBase.TAG_TILE_BYTE_COUNTS, file.length);
        if (parts == 0) {
            throw DamagedImageException.damaged(ImageFormat.TIFF, "its first directory lists no strips and no tiles");
        }
        return new EncodedImage(ImageFormat.TIFF, width, height, orientation(tags), file);
    }

    private static int orientation(Directory tags) {
        Integer value = tags.getInteger(ExifDirectoryBase.TAG_ORIENTATION);
        return value == null || value < 1 || value > 8 ? 1 : value;
    }

    private static Optional<Directory> first(byte[] data) {
        Metadata metadata = new Metadata();
        try {
            new TiffReader().processTiff(new ByteArrayReader(data), new ExifTiffHandler(metadata, null, 0), 0);
        } catch (TiffProcessingException | IOException | RuntimeException damaged) {
            // what was read before the damage still counts
        }
        return Optional.ofNullable(metadata.getFirstDirectoryOfType(ExifIFD0Directory.class));
    }

    /** The number of strips or tiles, all of which lie inside the file. */
    private static int requireInside(Directory tags, int offsetsTag, int countsTag, int length)
            throws DamagedImageException {
        long[] offsets = numbers(tags, offsetsTag);
        long[] counts = numbers(tags, countsTag);
        for (int i = 0; i < Math.min(offsets.length, counts.length); i++) {
            if (offsets[i] + counts[i] > length) {
                throw DamagedImageException.cutShort(ImageFormat.TIFF, "strip or tile " + i);
            }
        }
        return offsets.length;
    }

    /** A tag's unsigned numbers of 8, 16 or 32 bits; none where it is missing. */
    private static long[] numbers(Directory tags, int tag) {
        Object value = tags.getObject(tag);
        if (value instanceof Number number) {
            return new long[] {number.longValue()};
        }
        if (value instanceof long[] longs) {
            return longs;
        }
        return value instanceof int[] ints ? Arrays.stream(ints).asLongStream().toArray() : new long[0];
    }
}
