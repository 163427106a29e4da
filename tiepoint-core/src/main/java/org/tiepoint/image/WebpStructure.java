package org.tiepoint.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Walks the chunks of a WebP file (RFC 9649): size, orientation, and whether the file is whole. */
final class WebpStructure {
    private static final int HEADER = 12;

    private WebpStructure() {}

    static EncodedImage parse(byte[] file) throws DamagedImageException {
        ByteBuffer buffer = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        long end = 8 + Integer.toUnsignedLong(buffer.getInt(4));
        if (end > file.length) {
            throw DamagedImageException.cutShort(ImageFormat.WEBP, "byte " + file.length + " of " + end);
        }
        int width = 0;
        int height = 0;
        int orientation = 1;
        int position = HEADER;
        while (position + 8 <= end) {
            String type = new String(file, position, 4, StandardCharsets.ISO_8859_1);
            long length = Integer.toUnsignedLong(buffer.getInt(position + 4));
            int data = position + 8;
            if (data + length > end) {
                throw DamagedImageException.cutShort(ImageFormat.WEBP, "chunk " + type.trim() + " at byte " + position);
            }
            if (type.equals("EXIF")) {
                orientation = TiffTags.orientation(exif(file, data, (int) (data + length)));
            } else if (width == 0 && length >= 10) {
                switch (type) {
                    case "VP8X" -> {
                        width = 1 + unsigned24(buffer, data + 4);
                        height = 1 + unsigned24(buffer, data + 7);
                    }
                    case "VP8L" -> {
                        int packed = buffer.getInt(data + 1);
                        width = 1 + (packed & 0x3FFF);
                        height = 1 + (packed >>> 14 & 0x3FFF);
                    }
                    case "VP8 " -> {
                        width = buffer.getShort(data + 6) & 0x3FFF;
                        height = buffer.getShort(data + 8) & 0x3FFF;
                    }
                    default -> { }
                }
            }
            position = (int) Math.min(end, data + length + (length & 1));
        }
        byte[] whole = end == file.length ? file : Arrays.copyOf(file, (int) end);
        return new EncodedImage(ImageFormat.WEBP, width, height, orientation, whole);
    }

    /** Some writers put JPEG's prefix before the EXIF data. */
    private static byte[] exif(byte[] file, int from, int to) {
        boolean prefixed = to - from >= 6 && file[from] == 'E' && file[from + 1] == 'x';
        return Arrays.copyOfRange(file, prefixed ? from + 6 : from, to);
    }

    private static int unsigned24(ByteBuffer buffer, int at) {
        return (buffer.get(at) & 0xFF) | (buffer.get(at + 1) & 0xFF) << 8 | (buffer.get(at + 2) & 0xFF) << 16;
    }
}
