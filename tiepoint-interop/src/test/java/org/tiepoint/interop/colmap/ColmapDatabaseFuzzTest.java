package org.tiepoint.interop.colmap;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tiepoint.feature.Keypoints;
import org.tiepoint.geometry.CameraModel;
import org.tiepoint.geometry.Pose;
import org.tiepoint.match.Matches;

/**
 * Damaged databases: what is read is right or an {@link IOException} of one line comes out, nothing else, and a file that
 * is refused stays as it was. -Dtiepoint.fuzz=10000 tries more.
 */
class ColmapDatabaseFuzzTest {
    private static final int INPUTS = Integer.getInteger("tiepoint.fuzz", 300);

    @TempDir
    Path folder;

    private byte[] whole(ColmapSchema schema) throws IOException {
        Path file = folder.resolve(schema + ".db");
        Pose pose = new Pose(new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1}, new double[] {1, 0, 0});
        try (ColmapDatabase database = ColmapDatabase.open(file, schema)) {
            Random random = new Random(2);
            for (int i = 0; i < 6; i++) {
                float[] xy = new float[2 * (40 + 400 * (i % 2))];
                for (int k = 0; k < xy.length; k++) {
                    xy[k] = 100 * random.nextFloat();
                }
                database.addImage("folder/image" + i + ".jpg", DatabaseCamera.ofColmap(CameraModel.SIMPLE_RADIAL, 640,
                        480, new double[] {500, 320, 240, 0.1}, true), Keypoints.ofPositions(xy));
            }
            int[] indices = new int[60];
            Arrays.setAll(indices, i -> i / 2);
            for (int i = 2; i < 6; i++) {
                database.addPair(1, i, new Matches(indices, new float[30]), new VerifiedPair(
                        TwoViewConfiguration.CALIBRATED, indices, Optional.of(new double[9]), Optional.of(new double[9]),
                        Optional.of(new double[9]), Optional.of(pose)));
            }
        }
        return Files.readAllBytes(file);
    }

    @Test
    void readsOrRefusesDamagedDatabases() throws IOException {
        List<byte[]> seeds = List.of(whole(ColmapSchema.COLMAP_3), whole(ColmapSchema.COLMAP_4));
        Random random = new Random(17);
        int opened = 0;
        for (int i = 0; i < INPUTS; i++) {
            byte[] damaged = damage(seeds.get(i % seeds.size()), random);
            Path file = Files.write(folder.resolve("fuzz.db"), damaged);
            Files.deleteIfExists(folder.resolve("fuzz.db-wal"));
            Files.deleteIfExists(folder.resolve("fuzz.db-shm"));
            try {
                readAll(file);
                assertArrayEquals(damaged, Files.readAllBytes(file), "reading changed input " + i);
                opened += extend(file, damaged) ? 1 : 0;
            } catch (RuntimeException | Error e) {
                Path kept = Files.write(Files.createTempFile("tiepoint-fuzz", ".db"), damaged);
                fail("input " + i + ", kept as " + kept, e);
            }
        }
        assertTrue(opened > INPUTS / 20 && opened < INPUTS, "opened " + opened + " of " + INPUTS);
    }

    /** Reads each thing by itself, as far as it can be. */
    private static void readAll(Path file) throws IOException {
        List<Integer> images = new ArrayList<>();
        try (ColmapDatabase database = ColmapDatabase.openToRead(file)) {
            attempt(() -> database.images().forEach(image -> images.add(image.id())));
            attempt(() -> database.verifiedPairs().size());
            for (int a = 1; a < 7; a++) {
                int first = a;
                attempt(() -> database.camera(first).camera().fx());
                attempt(() -> database.keypoints(first).ifPresent(Keypoints::count));
                for (int b = 1; b < a; b++) {
                    int second = b;
                    attempt(() -> database.matches(first, second).ifPresent(Matches::count));
                    attempt(() -> database.verifiedPair(first, second).ifPresent(VerifiedPair::swapped));
                }
            }
        } catch (IOException e) {
            requireOneLine(e);
        }
    }

    /** Whether the file could be extended; one that is refused stays as it is. */
    private static boolean extend(Path file, byte[] before) throws IOException {
        ColmapDatabase database;
        try {
            database = ColmapDatabase.open(file);
        } catch (IOException e) {
            requireOneLine(e);
            assertArrayEquals(before, Files.readAllBytes(file), "a refused file was changed");
            return false;
        }
        try (database) {
            database.addImage("new.jpg", DatabaseCamera.ofColmap(CameraModel.PINHOLE, 4, 4,
                    new double[] {4, 4, 2, 2}, true), Keypoints.ofPositions(new float[20]));
            return true;
        } catch (IOException e) {
            requireOneLine(e);
            return false;
        }
    }

    @FunctionalInterface
    private interface Reading {
        void read() throws IOException;
    }

    private static void attempt(Reading reading) {
        try {
            reading.read();
        } catch (IOException e) {
            requireOneLine(e);
        }
    }

    private static void requireOneLine(IOException e) {
        assertTrue(e.getMessage() != null && e.getMessage().contains("fuzz.db"), String.valueOf(e.getMessage()));
        assertEquals(1, e.getMessage().lines().count(), e.getMessage());
    }

    private static byte[] damage(byte[] seed, Random random) {
        byte[] file = seed.clone();
        for (int times = 1 + random.nextInt(3); times > 0; times--) {
            // the head and the schema, the head of a page, or anywhere
            int reach = random.nextInt(3);
            int at = reach == 0 ? random.nextInt(Math.min(file.length, 4096))
                    : reach == 1 ? 4096 * random.nextInt(Math.max(1, file.length / 4096)) + random.nextInt(24)
                    : random.nextInt(file.length);
            at = Math.min(at, file.length - 1);
            int length = Math.min(1 + random.nextInt(64), file.length - at);
            switch (random.nextInt(6)) {
                case 0 -> file[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> file[at] = (byte) random.nextInt(256);
                case 2 -> Arrays.fill(file, at, at + length, (byte) (random.nextBoolean() ? 0 : 0xFF));
                case 3 -> file = Arrays.copyOf(file, Math.max(1, at));
                case 4 -> System.arraycopy(seed, random.nextInt(seed.length - length), file, at, length);
                default -> file = Arrays.copyOf(file, file.length + length);
            }
        }
        return file;
    }
}
