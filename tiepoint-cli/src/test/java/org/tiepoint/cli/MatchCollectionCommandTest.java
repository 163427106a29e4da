package org.tiepoint.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tiepoint.interop.colmap.ColmapDatabase;
import org.tiepoint.interop.colmap.ColmapSchema;
import org.tiepoint.interop.colmap.TwoViewConfiguration;
import org.tiepoint.interop.colmap.VerifiedPair;
import org.tiepoint.interop.hloc.HlocMatches;
import org.tiepoint.interop.text.MatchRow;
import org.tiepoint.interop.text.MatchesCsvReader;

class MatchCollectionCommandTest {
    @TempDir
    Path folder;

    private Path images;
    private Path database;
    private RenderedPair pair;

    @BeforeEach
    void render() throws IOException {
        images = Files.createDirectories(folder.resolve("images"));
        pair = RenderedPair.write(images);
        database = folder.resolve("scene.db");
    }

    private CommandRun extract(Object... more) {
        return run(List.of("extract", "--images", images, "--model", "rootsift", "--max-keypoints", 400,
                "--database", database), more);
    }

    private CommandRun extractTo(Object... more) {
        return run(List.of("extract", "--images", images, "--model", "rootsift", "--max-keypoints", 400), more);
    }

    private CommandRun match(Object... more) {
        return run(List.of("match-collection", "--images", images, "--database", database), more);
    }

    private static CommandRun run(List<?> first, Object... more) {
        return CommandRun.of(Stream.concat(first.stream(), Arrays.stream(more)).toArray());
    }

    private String parameters() {
        return pair.camera().fx() + "," + pair.camera().fy() + "," + (pair.camera().cx() + 0.5) + ","
                + (pair.camera().cy() + 0.5);
    }

    @Test
    void aDatabaseGetsImagesMatchesAndGeometry() throws IOException {
        CommandRun extracted = extract("--camera-model", "PINHOLE", "--camera-params", parameters());
        assertEquals(0, extracted.exitCode(), extracted.err());
        assertEquals("images: 2 extracted, 0 already there, 0 unreadable, in " + database + ".features\n"
                + "database: 2 images added, 0 already there, in " + database + "\n", extracted.out());
        CommandRun matched = match();
        assertEquals(0, matched.exitCode(), matched.err());
        assertTrue(matched.out().matches("pairs: 1 matched, 0 already there; 1 verified with \\d+ of \\d+ matches, in "
                + ".*\n"), matched.out());
        try (ColmapDatabase opened = ColmapDatabase.openToRead(database)) {
            assertEquals(List.of("left.png", "right.png"), opened.images().stream().map(i -> i.name()).toList());
            assertArrayEquals(pair.camera().parameters(), opened.camera(1).camera().parameters(), 1e-9);
            VerifiedPair verified = opened.verifiedPair(1, 2).orElseThrow();
            assertEquals(TwoViewConfiguration.CALIBRATED, verified.configuration());
            assertTrue(verified.inlierCount() > 50, "inliers " + verified.inlierCount());
            assertTrue(verified.pose().orElseThrow().to(pair.relative()).rotationDegrees() < 1);
        }
        byte[] before = Files.readAllBytes(database);
        CommandRun again = match();
        assertTrue(again.out().startsWith("pairs: 0 matched, 1 already there; "), again.out());
        assertArrayEquals(before, Files.readAllBytes(database));
    }

    @Test
    void imagesThatTheDatabaseLacksAreAddedToAnOldOne() throws IOException {
        assertEquals(0, extract("--schema", "4").exitCode());
        Files.copy(images.resolve("left.png"), images.resolve("third.png"));
        CommandRun matched = match("--pairs", "sequential", "--overlap", 1, "--model", "rootsift", "--max-keypoints",
                400);
        assertEquals(0, matched.exitCode(), matched.err());
        assertTrue(matched.out().startsWith("pairs: 2 matched, 0 already there; "), matched.out());
        try (ColmapDatabase opened = ColmapDatabase.openToRead(database)) {
            assertEquals(ColmapSchema.COLMAP_4, opened.schema());
            assertEquals(3, opened.images().size());
            assertFalse(opened.camera(3).priorFocalLength());
            // the focal length is not known: no essential matrix
            assertTrue(opened.verifiedPair(1, 2).orElseThrow().essential().isEmpty());
        }
    }

    @Test
    void writesTheMatchesForHlocAndAsATable() throws IOException {
        assertEquals(0, extract().exitCode());
        Path h5 = folder.resolve("matches.h5");
        CommandRun matched = match("--out", h5);
        assertTrue(matched.out().endsWith("h5: 1 pairs written, 0 already there, in " + h5 + "\n"), matched.out());
        Path csv = folder.resolve("matches.csv");
        assertEquals(0, match("--out", csv, "--format", "csv", "--verified").exitCode());
        try (ColmapDatabase opened = ColmapDatabase.openToRead(database);
                HlocMatches written = HlocMatches.open(h5)) {
            int[] stored = opened.matches(1, 2).orElseThrow().indices();
            int[] read = written.matches("left.png", "right.png").orElseThrow().indices();
            assertEquals(pairs(stored), pairs(read));
            List<MatchRow> rows = new ArrayList<>();
            MatchesCsvReader.read(csv, rows::add);
            VerifiedPair verified = opened.verifiedPair(1, 2).orElseThrow();
            assertEquals(verified.inlierCount(), rows.size());
            assertEquals(opened.keypoints(2).orElseThrow().x(verified.inliers()[1]), rows.get(0).x2());
        }
        assertTrue(match("--out", h5).out().endsWith("h5: 0 pairs written, 1 already there, in " + h5 + "\n"));
        assertEquals(2, match("--verified").exitCode());
    }

    private static Set<List<Integer>> pairs(int[] indices) {
        Set<List<Integer>> pairs = new HashSet<>();
        for (int i = 0; i < indices.length; i += 2) {
            pairs.add(List.of(indices[i], indices[i + 1]));
        }
        return pairs;
    }

    @Test
    void otherFeaturesThanTheDatabasesAreRefused() {
        assertEquals(0, extract().exitCode());
        Path other = folder.resolve("other.h5");
        assertEquals(0, extractTo("--detector", "grid", "--format", "h5", "--out", other).exitCode());
        CommandRun refused = match("--features", other);
        assertEquals(1, refused.exitCode());
        assertTrue(refused.err().matches("(?s).*tiepoint: [^\n]+scene.db, image left.png: [^\n]+another database\n"),
                refused.err());
    }

    @Test
    void wrongUseIsSaid() {
        assertEquals(0, extract().exitCode());
        for (Object[] wrong : new Object[][] {{"--max-error", 0}, {"--min-inliers", 3}, {"--schema", "2"},
            {"--ratio", 2}, {"--threads", 0}, {"--camera-params", "1,2"}, {"--pairs", "list"}}) {
            CommandRun run = match(wrong);
            assertEquals(2, run.exitCode(), run.err());
            assertTrue(run.err().matches("(?s).*tiepoint: [^\n]+ \\(see tiepoint match-collection --help\\)\n"), run.err());
        }
        CommandRun none = CommandRun.of("match-collection", "--images", images, "--database", folder.resolve("n.db"));
        assertEquals(1, none.exitCode());
        assertTrue(none.err().contains("make them with tiepoint extract"), none.err());
        assertFalse(Files.exists(folder.resolve("n.db")));
    }
}
