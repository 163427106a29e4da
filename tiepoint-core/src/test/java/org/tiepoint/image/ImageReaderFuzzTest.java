package org.tiepoint.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damaged files of every format: an image or an {@link ImageException} comes out, nothing else. */
class ImageReaderFuzzTest {
    private static final int INPUTS = 2000;
    private static final long LIMIT = 1_000_000;

    @TempDir
    Path folder;

    @Test
    void readsOrRefusesDamagedFiles() throws IOException {
        Random random = new Random(20);
        List<byte[]> seeds = seeds();
        int read = 0;
        for (int i = 0; i < INPUTS; i++) {
            byte[] damaged = damage(seeds.get(i % seeds.size()), random);
            Path file = Files.write(folder.resolve("fuzz"), damaged);
            try {
                Image image = ImageReader.read(file, LIMIT);
                assertTrue((long) image.width() * image.height() <= LIMIT);
                read++;
            } catch (ImageException e) {
                assertEquals(1, e.getMessage().lines().count(), e.getMessage());
                assertTrue(e.getMessage().startsWith(file + ": "), e.getMessage());
            } catch (RuntimeException | Error e) {
                Path kept = Files.write(Files.createTempFile("tiepoint-fuzz", ".bin"), damaged);
                fail("input " + i + " of seed file " + i % seeds.size() + ", kept as " + kept, e);
            }
        }
        assertTrue(read > INPUTS / 20 && read < INPUTS, "read " + read + " of " + INPUTS);
    }

    private static List<byte[]> seeds() {
        Image image = TestImages.blobs(40, 28, 4);
        List<byte[]> seeds = new ArrayList<>();
        for (String extension : new String[] {".jpg", ".png", ".webp", ".tiff"}) {
            seeds.add(TestImages.withOrientation(image, extension, 6));
        }
        seeds.add(TestImages.encode(image, ".tiff"));
        seeds.add(TestImages.encode(image, ".ppm"));
        seeds.add(TestImages.ascii("P2\n# plain\n3 2 15\n0 1 2 3 4 15\n"));
        seeds.add(TestImages.encode(image, ".webp"));
        return seeds;
    }

    private static byte[] damage(byte[] seed, Random random) {
        byte[] file = seed.clone();
        for (int times = 1 + random.nextInt(4); times > 0; times--) {
            int reach = random.nextBoolean() ? Math.min(64, file.length) : file.length;
            int at = random.nextInt(Math.max(1, reach));
            int length = Math.min(1 + random.nextInt(16), file.length - at);
            switch (random.nextInt(6)) {
                case 0 -> file[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> file[at] = (byte) random.nextInt(256);
                case 2 -> Arrays.fill(file, at, at + length, (byte) (random.nextBoolean() ? 0 : 0xFF));
                case 3 -> file = Arrays.copyOf(file, Math.max(1, at));
                case 4 -> file = TestImages.join(Arrays.copyOf(file, at), new byte[length],
                        Arrays.copyOfRange(file, at, file.length));
                default -> file = TestImages.join(Arrays.copyOf(file, at),
                        Arrays.copyOfRange(file, at + length, file.length), new byte[] {1});
            }
        }
        return file;
    }
}
