package org.tiepoint.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * Walks the chunks of a PNG file (ISO/IEC 15948) and checks their checksums up to the end chunk. Keeps only the chunks
 * that make the pixels: libpng complains on the console about many colour profiles, which are not used here.
 */
final class PngStructure {
    private static final int SIGNATURE_LENGTH = 8;
    private static final int FRAME = 12;
    private static final Set<String> PIXEL_CHUNKS = Set.of("IHDR", "PLTE", "IDAT", "tRNS", "IEND");

    private PngStructure() {}

    static EncodedImage parse(byte[] file) throws DamagedImageException {
        ByteBuffer buffer = ByteBuffer.wrap(file);
        ByteArrayOutputStream kept = new ByteArrayOutputStream(file.length);
        kept.write(file, 0, SIGNATURE_LENGTH);
        int position = SIGNATURE_LENGTH;
        int width = 0;
        int height = 0;
        int orientation = 1;
        boolean pixels = false;
        String type = "";
        while (!type.equals("IEND")) {
            if (file.length - position < FRAME) {
                throw DamagedImageException.cutShort(ImageFormat.PNG, "the chunk at byte " + position);
            }
            int length = buffer.getInt(position);
            type = new String(file, position + 4, 4, StandardCharsets.ISO_8859_1);
            if (length < 0 || !type.matches("[A-Za-z]{4}")) {
                throw DamagedImageException.damaged(ImageFormat.PNG, "no chunk starts at byte " + position);
            }
            if (length > file.length - position - FRAME) {
                throw DamagedImageException.cutShort(ImageFormat.PNG, "chunk " + type + " at byte " + position);
            }
            int data = position + 8;
            if (position == SIGNATURE_LENGTH && (!type.equals("IHDR") || length != 13)) {
                throw DamagedImageException.damaged(ImageFormat.PNG, "it does not begin with an IHDR chunk");
            }
            if (PIXEL_CHUNKS.contains(type)) {
                requireChecksum(file, position, length, buffer.getInt(data + length), type);
                kept.write(file, position, FRAME + length);
            }
            switch (type) {
                case "IHDR" -> {
                    width = buffer.getInt(data);
                    height = buffer.getInt(data + 4);
                }
                case "IDAT" -> pixels = true;
                case "eXIf" -> orientation = TiffTags.orientation(Arrays.copyOfRange(file, data, data + length));
                default -> { }
            }
            position = data + length + 4;
        }
        if (!pixels) {
            throw DamagedImageException.damaged(ImageFormat.PNG, "it has no IDAT chunk");
        }
        return new EncodedImage(ImageFormat.PNG, width, height, orientation, kept.toByteArray());
    }

    private static void requireChecksum(byte[] file, int position, int length, int expected, String type)
            throws DamagedImageException {
        CRC32 crc = new CRC32();
        crc.update(file, position + 4, length + 4);
        if ((int) crc.getValue() != expected) {
            throw DamagedImageException.damaged(ImageFormat.PNG, "chunk " + type + " at byte " + position
                    + " does not fit its checksum");
        }
    }
}
