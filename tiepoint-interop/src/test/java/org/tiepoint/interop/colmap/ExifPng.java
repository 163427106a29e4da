package org.tiepoint.interop.colmap;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import org.tiepoint.image.Image;
import org.tiepoint.image.ImageWriter;

/** PNG files with EXIF data. */
final class ExifPng {
    private static final int SIGNATURE_AND_HEADER = 33;

    private ExifPng() {}

    /** Tags of the EXIF directory, each number, type and value: type 3 for short, 5 for a fraction of 1,000. */
    static Path write(Path file, Image image, int orientation, int[]... tags) throws IOException {
        ImageWriter.writePng(image, file);
        byte[] png = Files.readAllBytes(file);
        byte[] exif = tiff(orientation, tags);
        ByteBuffer all = ByteBuffer.allocate(png.length + 12 + exif.length);
        all.put(png, 0, SIGNATURE_AND_HEADER);
        byte[] type = "eXIf".getBytes(StandardCharsets.US_ASCII);
        CRC32 crc = new CRC32();
        crc.update(type);
        crc.update(exif);
        all.putInt(exif.length).put(type).put(exif).putInt((int) crc.getValue());
        all.put(png, SIGNATURE_AND_HEADER, png.length - SIGNATURE_AND_HEADER);
        return Files.write(file, all.array());
    }

    private static byte[] tiff(int orientation, int[][] tags) {
        int first = 8;
        int second = first + 2 + 2 * 12 + 4;
        int fractions = second + 2 + 12 * tags.length + 4;
        ByteBuffer data = ByteBuffer.allocate(fractions + 8 * tags.length).order(ByteOrder.LITTLE_ENDIAN);
        data.put((byte) 'I').put((byte) 'I').putShort((short) 42).putInt(first);
        data.putShort((short) 2);
        data.putShort((short) 0x0112).putShort((short) 3).putInt(1).putInt(orientation);
        data.putShort((short) 0x8769).putShort((short) 4).putInt(1).putInt(second);
        data.putInt(0);
        data.putShort((short) tags.length);
        for (int i = 0; i < tags.length; i++) {
            data.putShort((short) tags[i][0]).putShort((short) tags[i][1]).putInt(1);
            data.putInt(tags[i][1] == 5 ? fractions + 8 * i : tags[i][2]);
            data.putInt(fractions + 8 * i, tags[i][2]).putInt(fractions + 8 * i + 4, 1000);
        }
        return data.array();
    }
}
