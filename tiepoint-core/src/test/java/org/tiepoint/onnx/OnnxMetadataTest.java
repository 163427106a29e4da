package org.tiepoint.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxMetadataTest {
    @TempDir
    Path folder;

    /** IR version 8, a graph of 300 bytes, two entries, a number of 64 and one of 32 bits. */
    private static byte[] model() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {8, 8, 7 << 3 | 2, (byte) 0xAC, 2});
        out.writeBytes(new byte[300]);
        out.writeBytes(new byte[] {9 << 3 | 1, 1, 2, 3, 4, 5, 6, 7, 8, 10 << 3 | 5, 1, 2, 3, 4});
        entry(out, "other", "no");
        entry(out, "key", "täxt".repeat(100));
        return out.toByteArray();
    }

    private static void entry(ByteArrayOutputStream out, String key, String value) {
        byte[] text = value.getBytes(StandardCharsets.UTF_8);
        int length = 2 + key.length() + (text.length < 128 ? 2 : 3) + text.length;
        out.write(14 << 3 | 2);
        varint(out, length);
        out.write(1 << 3 | 2);
        varint(out, key.length());
        out.writeBytes(key.getBytes(StandardCharsets.UTF_8));
        out.write(2 << 3 | 2);
        varint(out, text.length);
        out.writeBytes(text);
    }

    private static void varint(ByteArrayOutputStream out, int value) {
        if (value >= 128) {
            out.write(value & 127 | 128);
        }
        out.write(value < 128 ? value : value >> 7);
    }

    private Optional<String> read(byte[] content, String key) throws IOException {
        return OnnxMetadata.read(Files.write(folder.resolve("x.onnx"), content), key);
    }

    @Test
    void findsAnEntryAmongTheOthers() throws IOException {
        assertEquals(Optional.of("täxt".repeat(100)), read(model(), "key"));
        assertEquals(Optional.of("no"), read(model(), "other"));
        assertEquals(Optional.empty(), read(model(), "ke"));
    }

    /** Whatever else there is in the file. */
    @Test
    void damagedFilesHaveNoEntry() throws IOException {
        byte[] model = model();
        for (int length = 0; length < model.length; length++) {
            assertEquals(Optional.empty(), read(Arrays.copyOf(model, length), "nothing"));
        }
        Random random = new Random(1);
        for (int i = 0; i < 300; i++) {
            byte[] noise = new byte[random.nextInt(60)];
            random.nextBytes(noise);
            assertEquals(Optional.empty(), read(noise, "key"));
        }
    }
}
