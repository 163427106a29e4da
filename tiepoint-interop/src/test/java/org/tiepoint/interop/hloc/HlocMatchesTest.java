package org.tiepoint.interop.hloc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tiepoint.interop.numpy.NumpyArray;
import org.tiepoint.dataset.DatasetException;
import org.tiepoint.match.Matches;

class HlocMatchesTest {
    private static final Matches MATCHES = new Matches(new int[] {4, 0, 1, 70_000}, new float[] {0.5f, 0.25f});

    @TempDir
    Path folder;

    @Test
    void writesAndReadsBack() throws IOException {
        Path file = folder.resolve("matches.h5");
        try (HlocMatchesWriter writer = HlocMatchesWriter.open(file)) {
            writer.write("db/a.jpg", "q/b.jpg", 6, MATCHES);
            writer.write("db/a.jpg", "c.jpg", 0, new Matches(new int[0], new float[0]));
            assertTrue(writer.contains("q/b.jpg", "db/a.jpg"));
            assertFalse(writer.contains("q/b.jpg", "c.jpg"));
            writer.finish();
        }
        try (Hdf5Reader read = Hdf5Reader.open(file)) {
            assertArrayEquals(new int[] {-1, 70_000, -1, -1, 0, -1}, read.ints("db-a.jpg/q-b.jpg", "matches0"));
            assertArrayEquals(new float[] {0, 0.25f, 0, 0, 0.5f, 0},
                    read.floats("db-a.jpg/q-b.jpg", "matching_scores0"));
        }
        try (HlocMatches read = HlocMatches.open(file)) {
            Matches forward = read.matches("db/a.jpg", "q/b.jpg").orElseThrow();
            assertArrayEquals(new int[] {1, 70_000, 4, 0}, forward.indices());
            assertArrayEquals(new float[] {0.25f, 0.5f}, forward.scores());
            assertArrayEquals(new int[] {70_000, 1, 0, 4}, read.matches("q/b.jpg", "db/a.jpg").orElseThrow().indices());
            assertEquals(0, read.matches("db/a.jpg", "c.jpg").orElseThrow().count());
            assertEquals(Optional.empty(), read.matches("q/b.jpg", "c.jpg"));
        }
    }

    @Test
    void findsOlderNamesAndMissingScores() throws IOException {
        Path file = folder.resolve("matches.h5");
        try (Hdf5Appender appender = new Hdf5Appender(file)) {
            appender.append("a-1.jpg_b.jpg", List.of(new Hdf5Dataset("matches0", NumpyArray.ofInts(new int[] {-1, 3}, 2))));
            appender.append("bad_b.jpg", List.of(new Hdf5Dataset("matches0", NumpyArray.ofInts(new int[] {-2, 3}, 2))));
            appender.finish();
        }
        try (HlocMatches read = HlocMatches.open(file)) {
            assertArrayEquals(new int[] {3, 1}, read.matches("b.jpg", "a/1.jpg").orElseThrow().indices());
            assertArrayEquals(new float[] {1}, read.matches("a/1.jpg", "b.jpg").orElseThrow().scores());
            String message = assertThrows(DatasetException.class, () -> read.matches("bad", "b.jpg")).getMessage();
            assertTrue(message.endsWith("bad_b.jpg/matches0: element 0 is -2, expected an index or -1; match again"),
                    message);
        }
        try (HlocMatchesWriter writer = HlocMatchesWriter.open(file)) {
            assertTrue(writer.contains("b.jpg", "a/1.jpg"));
        }
    }

    @Test
    void aKeyPointHasOneMatchAtMost() throws IOException {
        try (HlocMatchesWriter writer = HlocMatchesWriter.open(folder.resolve("matches.h5"))) {
            assertThrows(IllegalArgumentException.class, () -> writer.write("a", "b", 4, MATCHES));
            assertThrows(IllegalArgumentException.class,
                    () -> writer.write("a", "b", 4, new Matches(new int[] {1, 2, 1, 3}, new float[2])));
        }
    }
}
