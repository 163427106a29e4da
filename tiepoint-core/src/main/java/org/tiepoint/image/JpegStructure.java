package org.tiepoint.image;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * Walks the segments of a JPEG file (ITU-T T.81, annex B) up to the end marker. OpenCV decodes a file that was cut
 * short without a word, filling the missing rows with grey; here the missing end marker gives it away. Bytes after
 * the end marker (previews, depth maps, padding of phone cameras) are left out, as are metadata segments.
 */
final class JpegStructure {
    private static final int START_OF_IMAGE = 0xD8;
    private static final int END_OF_IMAGE = 0xD9;
    private static final int START_OF_SCAN = 0xDA;
    private static final int APP0 = 0xE0;
    private static final int APP1 = 0xE1;
    private static final int APP14 = 0xEE;
    private static final int COMMENT = 0xFE;
    private static final byte[] EXIF = {'E', 'x', 'i', 'f', 0, 0};

    private final byte[] file;
    private final ByteArrayOutputStream kept;
    private int width;
    private int height;
    private int orientation = 1;
    private boolean scanned;

    private JpegStructure(byte[] file) {
        this.file = file;
        this.kept = new ByteArrayOutputStream(file.length);
    }

    static EncodedImage parse(byte[] file) throws DamagedImageException {
        return new JpegStructure(file).walk();
    }

    private EncodedImage walk() throws DamagedImageException {
        keep(0, 2);
        int position = 2;
        while (true) {
            position = nextMarker(position);
            int marker = file[position + 1] & 0xFF;
            if (marker == END_OF_IMAGE) {
                keep(position, position + 2);
                break;
            }
            if (marker == 0x01 || marker == START_OF_IMAGE || isRestart(marker)) {
                position += 2;
                continue;
            }
            int end = segmentEnd(position, marker);
            if (isFrame(marker)) {
                readFrame(position, end);
            } else if (marker == APP1) {
                readExif(position + 4, end);
            }
            if (marker == START_OF_SCAN) {
                scanned = true;
                end = scanEnd(end);
            }
            if (marker == APP0 || marker == APP14 || !isMetadata(marker)) {
                keep(position, end);
            }
            position = end;
        }
        if (!scanned || width == 0) {
            throw DamagedImageException.damaged(ImageFormat.JPEG, "no picture comes before its end marker");
        }
        return new EncodedImage(ImageFormat.JPEG, width, height, orientation, kept.toByteArray());
    }

    private void keep(int from, int to) {
        kept.write(file, from, to - from);
    }

    /** The place of the 0xFF that stands directly before the next marker; stray bytes are passed over. */
    private int nextMarker(int from) throws DamagedImageException {
        for (int i = from; i + 1 < file.length; i++) {
            int next = file[i + 1] & 0xFF;
            if (file[i] == (byte) 0xFF && next != 0 && next != 0xFF) {
                return i;
            }
        }
        throw cutShort();
    }

    private int segmentEnd(int position, int marker) throws DamagedImageException {
        if (position + 4 > file.length) {
            throw cutShort();
        }
        int length = unsigned16(position + 2);
        if (length < 2) {
            throw DamagedImageException.damaged(ImageFormat.JPEG,
                    String.format("segment 0xFF%02X at byte %d has length %d", marker, position, length));
        }
        if (position + 2 + length > file.length) {
            throw cutShort();
        }
        return position + 2 + length;
    }

    /** Where the entropy-coded data after a scan header ends: at the next marker that is no restart marker. */
    private int scanEnd(int from) throws DamagedImageException {
        int position = nextMarker(from);
        while (isRestart(file[position + 1] & 0xFF)) {
            position = nextMarker(position + 2);
        }
        return position;
    }

    private void readFrame(int position, int end) throws DamagedImageException {
        if (end - position < 9) {
            throw DamagedImageException.damaged(ImageFormat.JPEG, "its frame header is too short");
        }
        if (width == 0) {
            height = unsigned16(position + 5);
            width = unsigned16(position + 7);
        }
    }

    private void readExif(int from, int end) {
        int start = from + EXIF.length;
        if (start <= end && Arrays.equals(file, from, start, EXIF, 0, EXIF.length)) {
            orientation = TiffTags.orientation(Arrays.copyOfRange(file, start, end));
        }
    }

    private int unsigned16(int at) {
        return (file[at] & 0xFF) << 8 | file[at + 1] & 0xFF;
    }

    private static boolean isRestart(int marker) {
        return marker >= 0xD0 && marker <= 0xD7;
    }

    private static boolean isMetadata(int marker) {
        return marker >= APP0 && marker <= 0xEF || marker == COMMENT;
    }

    private static boolean isFrame(int marker) {
        return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    }

    private DamagedImageException cutShort() {
        return DamagedImageException.cutShort(ImageFormat.JPEG,
                scanned ? "the picture, without an end marker" : "its header");
    }
}
