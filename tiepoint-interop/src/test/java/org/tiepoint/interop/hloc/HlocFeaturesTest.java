package org.tiepoint.interop.hloc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import org.tiepoint.dataset.DatasetException;
import org.tiepoint.feature.Features;
import org.tiepoint.feature.Keypoints;
import org.tiepoint.image.ImageSize;

class HlocFeaturesTest {
    private static final ImageSize SIZE = new ImageSize(640, 480);

    @TempDir
    Path folder;

    @Test
    void writesAndReadsBack() throws IOException {
        Path file = folder.resolve("features.h5");
        write(file, "db/a/1.jpg", features(1, 7), "2.jpg", features(2, 0), "db/b.png", features(3, 1));
        try (HlocFeatures read = HlocFeatures.open(file)) {
            assertEquals(List.of("2.jpg", "db/a/1.jpg", "db/b.png"), read.images());
            assertSame(features(1, 7), read.features("db/a/1.jpg"));
            assertSame(features(2, 0), read.features("2.jpg"));
            assertSame(features(3, 1), read.features("db/b.png"));
            assertEquals(Optional.of(SIZE), read.imageSize("2.jpg"));
            assertEquals(Optional.of(1.5), read.uncertaintyPixels("db/b.png"));
            assertTrue(read.contains("2.jpg"));
            assertFalse(read.contains("db/a"));
            String missing = assertThrows(DatasetException.class, () -> read.features("db/2.jpg")).getMessage();
            assertTrue(missing.startsWith(file + ", db/2.jpg: has no features of this image"), missing);
        }
        assertEquals(List.of(file), list());
    }

    @Test
    void descriptorsAreColumnsOfTheStoredArray() throws IOException {
        Path file = folder.resolve("features.h5");
        write(file, "a", new Features(Keypoints.ofPositions(new float[] {1, 2, 3, 4}), 3,
                new float[] {1, 2, 3, 4, 5, 6}));
        try (Hdf5Reader read = Hdf5Reader.open(file)) {
            assertArrayEquals(new int[] {3, 2}, read.shape("a", "descriptors"));
            assertArrayEquals(new float[] {1, 4, 2, 5, 3, 6}, read.floats("a", "descriptors"));
            assertArrayEquals(new int[] {2, 2}, read.shape("a", "keypoints"));
            assertArrayEquals(new int[] {640, 480}, read.ints("a", "image_size"));
        }
    }

    @Test
    void halfPrecisionRoundsDescriptorsAndScoresOnly() throws IOException {
        Path file = folder.resolve("features.h5");
        Features features = features(5, 20);
        try (HlocFeaturesWriter writer = HlocFeaturesWriter.open(file, true)) {
            writer.write("a", features, SIZE, 1);
            writer.finish();
        }
        try (HlocFeatures read = HlocFeatures.open(file)) {
            assertArrayEquals(features.keypoints().xy(), read.features("a").keypoints().xy());
            assertArrayEquals(features.descriptors(), read.features("a").descriptors(), 5e-4f);
            assertFalse(Arrays.equals(features.descriptors(), read.features("a").descriptors()));
        }
    }

    /** More than a node of the name tree holds, at two levels: 8 names a leaf, 32 leaves a node. */
    @Test
    void manyImagesAndLaterAdditions() throws IOException {
        Path file = folder.resolve("features.h5");
        try (HlocFeaturesWriter writer = HlocFeaturesWriter.open(file, false)) {
            for (int i = 0; i < 1500; i++) {
                writer.write("x/" + i + ".jpg", features(i, 1), SIZE, 1);
            }
            writer.finish();
        }
        write(file, "x/new.jpg", features(7, 3), "y.jpg", features(8, 2));
        try (HlocFeatures read = HlocFeatures.open(file)) {
            assertEquals(1502, read.images().size());
            assertEquals(read.images().stream().sorted().toList(), read.images());
            for (int i = 0; i < 1500; i += 77) {
                assertSame(features(i, 1), read.features("x/" + i + ".jpg"));
            }
            assertSame(features(7, 3), read.features("x/new.jpg"));
        }
    }

    /** Whatever bytes a kill leaves behind: the images that were whole are kept, the others are written again. */
    @Test
    void resumesAfterAKillAtAnyByte() throws IOException {
        Path file = folder.resolve("features.h5");
        write(file, "first", features(1, 2));
        byte[] published = Files.readAllBytes(file);
        Path part = folder.resolve(".features.h5.part");
        try (HlocFeaturesWriter writer = HlocFeaturesWriter.open(file, false)) {
            writer.write("second", features(2, 3), SIZE, 1);
            writer.write("third", features(3, 4), SIZE, 1);
        }
        assertArrayEquals(published, Files.readAllBytes(file));
        byte[] whole = Files.readAllBytes(part);
        int withSecond = 0;
        for (int length = published.length; length <= whole.length; length += 61) {
            Files.write(part, Arrays.copyOf(whole, length));
            try (HlocFeaturesWriter writer = HlocFeaturesWriter.open(file, false)) {
                assertTrue(writer.contains("first"));
                withSecond += writer.contains("second") ? 1 : 0;
                for (int i = 2; i <= 4; i++) {
                    String name = List.of("second", "third", "fourth").get(i - 2);
                    if (!writer.contains(name)) {
                        writer.write(name, features(i, i + 1), SIZE, 1);
                    }
                }
                writer.finish();
            }
            try (HlocFeatures read = HlocFeatures.open(file)) {
                assertEquals(List.of("first", "fourth", "second", "third"), read.images());
                assertSame(features(1, 2), read.features("first"));
                assertSame(features(2, 3), read.features("second"));
                assertSame(features(3, 4), read.features("third"));
            }
            Files.write(file, published);
        }
        assertTrue(withSecond > 10);
        assertEquals(List.of(file), list());
    }

    /** Between the last byte and the new name. */
    @Test
    void resumesAKillDuringTheEnd() throws IOException {
        Path file = folder.resolve("features.h5");
        Path part = folder.resolve(".features.h5.part");
        write(file, "a", features(1, 2), "b", features(2, 2));
        Files.move(file, part);
        write(file, "c", features(3, 2));
        try (HlocFeatures read = HlocFeatures.open(file)) {
            assertEquals(List.of("a", "b", "c"), read.images());
            assertSame(features(2, 2), read.features("b"));
        }
    }

    @Test
    void refusesWhatItCannotWrite() throws IOException {
        Path file = folder.resolve("features.h5");
        try (HlocFeaturesWriter writer = HlocFeaturesWriter.open(file, false)) {
            writer.write("a/b", features(1, 1), SIZE, 1);
            for (String taken : List.of("a/b", "a", "a/b/c")) {
                String message = assertThrows(IOException.class, () -> writer.write(taken, features(1, 1), SIZE, 1))
                        .getMessage();
                assertTrue(message.contains("already something at " + taken), message);
            }
            assertThrows(IOException.class, () -> writer.write("", features(1, 1), SIZE, 1));
            String busy = assertThrows(IOException.class, () -> HlocFeaturesWriter.open(file, false)).getMessage();
            assertTrue(busy.contains("another process writes it"), busy);
        }
        write(file, "c", features(1, 1));
        try (HlocFeaturesWriter writer = HlocFeaturesWriter.open(file, false)) {
            writer.write("d", features(1, 1), SIZE, 1);
        }
        Path other = folder.resolve("other.h5");
        write(other, "z", features(9, 9));
        Files.copy(other, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        String replaced = assertThrows(IOException.class, () -> HlocFeaturesWriter.open(file, false)).getMessage();
        assertTrue(replaced.contains("was left by a run on another features.h5: delete it"), replaced);
        Files.write(other, new byte[200]);
        String damaged = assertThrows(IOException.class, () -> HlocFeaturesWriter.open(other, false)).getMessage();
        assertTrue(damaged.startsWith(other + ": is no HDF5 file or a damaged one"), damaged);
    }

    @Test
    void namesWhatCannotBeRead() throws IOException {
        Path none = folder.resolve("none.h5");
        assertTrue(assertThrows(DatasetException.class, () -> HlocFeatures.open(none)).getMessage()
                .contains("there is no such file"));
        assertTrue(assertThrows(DatasetException.class, () -> HlocFeatures.open(folder)).getMessage()
                .contains("is a folder"));
        Path text = Files.writeString(folder.resolve("text.h5"), "no HDF5 file at all, but a text of some length");
        assertTrue(assertThrows(DatasetException.class, () -> HlocFeatures.open(text)).getMessage()
                .contains("is no HDF5 file"));
    }

    static void write(Path file, Object... namesAndFeatures) throws IOException {
        try (HlocFeaturesWriter writer = HlocFeaturesWriter.open(file, false)) {
            for (int i = 0; i < namesAndFeatures.length; i += 2) {
                writer.write((String) namesAndFeatures[i], (Features) namesAndFeatures[i + 1], SIZE, 1.5);
            }
            writer.finish();
        }
    }

    static Features features(int seed, int count) {
        Random random = new Random(seed);
        float[] xy = new float[2 * count];
        float[] scores = new float[count];
        float[] descriptors = new float[16 * count];
        for (float[] array : List.of(xy, scores, descriptors)) {
            for (int i = 0; i < array.length; i++) {
                array[i] = random.nextFloat();
            }
        }
        Keypoints plain = Keypoints.ofPositions(xy);
        return new Features(new Keypoints(xy, scores, plain.sizes(), plain.angles()), 16, descriptors);
    }

    static void assertSame(Features expected, Features actual) {
        assertEquals(expected.dimension(), actual.dimension());
        assertArrayEquals(expected.keypoints().xy(), actual.keypoints().xy());
        assertArrayEquals(expected.keypoints().scores(), actual.keypoints().scores());
        assertArrayEquals(expected.descriptors(), actual.descriptors());
    }

    private List<Path> list() throws IOException {
        try (var files = Files.list(folder)) {
            return new ArrayList<>(files.toList());
        }
    }
}
