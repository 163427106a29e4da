package org.tiepoint.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tiepoint.dataset.PoseList;
import org.tiepoint.dataset.PosedCollections;
import org.tiepoint.dataset.PosedImage;
import org.tiepoint.geometry.Camera;
import org.tiepoint.geometry.Pose;

/** A rendered scene: its own photos are queries, beside one that shows nothing and one that is none. */
class LocaliseCommandTest {
    @TempDir
    static Path folder;

    private static Path scene;
    private static Path queries;
    private static String intrinsics;
    private static PosedImage known;

    @BeforeAll
    static void render() throws IOException {
        scene = folder.resolve("scene");
        assertEquals(0, CommandRun.of("render", "--out", scene, "--scenes", 1, "--views", 8, "--size", "240x180")
                .exitCode());
        known = PosedCollections.open(scene).get(0).images().get(3);
        queries = Files.createDirectories(folder.resolve("queries"));
        Files.copy(known.file(), queries.resolve("known.png"));
        Files.writeString(queries.resolve("nothing.pgm"), "P5 240 180 255\n" + "\0".repeat(240 * 180));
        Camera camera = known.camera();
        intrinsics = camera.fx() + "," + camera.fy() + "," + camera.cx() + "," + camera.cy();
    }

    private static CommandRun localise(Path out, Object... more) {
        Object[] all = new Object[more.length + 7];
        System.arraycopy(new Object[] {"localise", "--scene", scene, "--max-keypoints", 500, "--out", out}, 0, all, 0,
                7);
        System.arraycopy(more, 0, all, 7, more.length);
        return CommandRun.of(all);
    }

    private static void assertFound(Path out) throws IOException {
        Map<String, Pose> poses = PoseList.read(out);
        assertEquals(Set.of("known.png"), poses.keySet());
        assertEquals(0, poses.get("known.png").to(known.pose()).rotationDegrees(), 0.5);
    }

    @Test
    void findsWhatCanBeFoundAndResumes() throws IOException {
        Path out = folder.resolve("poses.txt");
        Path map = folder.resolve("kept.map");
        CommandRun run = localise(out, "--queries", queries, "--intrinsics", intrinsics, "--map", map);
        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.out().matches("no pose: nothing.pgm \\(0 inliers of 0 matches\\)\n"
                + "queries: 1 localised with \\d+ inliers on average, 1 without a pose, 0 unreadable, in .*\n"),
                run.out());
        assertFound(out);
        assertTrue(Files.exists(map.resolve("map.points")));

        // a second run has nothing to do, and an unreadable photo more is reported
        Files.delete(map.resolve("map.points"));
        assertEquals(run.out(), localise(out, "--queries", queries, "--intrinsics", intrinsics, "--map", map).out());
        assertFalse(Files.exists(map.resolve("map.points")));
        Path broken = Files.writeString(queries.resolve("broken.jpg"), "no photo");
        CommandRun third = localise(out, "--queries", queries, "--intrinsics", intrinsics, "--map", map);
        Files.delete(broken);
        assertEquals(1, third.exitCode());
        assertTrue(third.err().contains("broken.jpg") && third.out().contains("1 unreadable"), third.err());
        assertFound(out);

        CommandRun other = localise(out, "--queries", queries, "--intrinsics", intrinsics, "--features", "orb");
        assertEquals(1, other.exitCode());
        assertTrue(other.err().matches("tiepoint: [^\n]*poses.txt.queries.jsonl[^\n]* method rootsift, not orb[^\n]*\n"),
                other.err());
    }

    @Test
    void aListBringsItsCameras() throws IOException {
        Camera camera = known.camera();
        Path list = Files.writeString(folder.resolve("list.txt"), "known.png PINHOLE 240 180 " + camera.fx() + " "
                + camera.fy() + " " + (camera.cx() + 0.5) + " " + (camera.cy() + 0.5) + "\n");
        Path out = folder.resolve("listed.txt");
        CommandRun run = localise(out, "--queries", list, "--images", queries, "--short-list", "covisibility");
        assertEquals(0, run.exitCode(), run.err());
        assertFound(out);
    }

    @Test
    void wrongUsageIsOneLine() {
        for (Object[] wrong : new Object[][] {{"--queries", queries}, {"--queries", queries, "--intrinsics", "1,2"},
            {"--queries", queries, "--intrinsics", intrinsics, "--top", 0},
            {"--queries", queries, "--intrinsics", intrinsics, "--min-inliers", 3},
            {"--queries", queries, "--intrinsics", intrinsics, "--short-list", "all"}}) {
            CommandRun run = localise(folder.resolve("none.txt"), wrong);
            assertEquals(2, run.exitCode(), run.err());
            assertTrue(run.err().matches("tiepoint: [^\n]+ \\(see tiepoint localise --help\\)\n"), run.err());
        }
        CommandRun missing = localise(folder.resolve("none.txt"), "--queries", folder.resolve("no.txt"));
        assertEquals(1, missing.exitCode());
        assertTrue(missing.err().matches("tiepoint: [^\n]+\n"), missing.err());
    }

    @Test
    void evaluationHoldsPhotosOut() throws IOException {
        Path out = folder.resolve("results");
        CommandRun run = CommandRun.of("evaluate", "localisation", scene, "--hold-out", 4, "--max-keypoints", 400,
                "--out", out);
        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.out().contains("(2 queries, 6 references)") && run.out().contains("| rootsift ratio 0.8 "),
                run.out());
        JsonNode features = new ObjectMapper().readTree(out.resolve("summary.json").toFile()).at("/sets/0/features");
        assertEquals(2, features.size());
        assertTrue(features.get(0).at("/medianRotation").asDouble() < 1, features.toString());
        assertEquals(1, features.get(0).at("/localised").asDouble());
        CommandRun again = CommandRun.of("evaluate", "localisation", scene, "--hold-out", 4, "--max-keypoints", 400,
                "--out", out);
        assertEquals(run.out(), again.out());
        assertEquals(2, CommandRun.of("evaluate", "localisation", scene, "--hold-out", 1, "--out", out).exitCode());
    }
}
