package org.tiepoint.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tiepoint.dataset.synthetic.SceneOptions;
import org.tiepoint.dataset.synthetic.SyntheticScene;
import org.tiepoint.image.ImageWriter;

/** Two rendered squares of three views: the first view of each is a query, the others are the database. */
class EvaluateRetrievalCommandTest {
    private static final int SCENES = 2;
    private static final int VIEWS = 3;

    @TempDir
    static Path folder;

    private static Path data;
    private static Path out;
    private static CommandRun first;

    @BeforeAll
    static void renderAndRun() throws IOException {
        data = folder.resolve("set");
        out = folder.resolve("out");
        Path images = Files.createDirectories(data.resolve("jpg"));
        for (int s = 0; s < SCENES; s++) {
            SyntheticScene scene = SyntheticScene.create(SceneOptions.defaults().withSeed(s).withViews(VIEWS)
                    .withSize(200, 150).withLightChange(0));
            for (int v = 0; v < VIEWS; v++) {
                ImageWriter.writePng(scene.render(v).image(), images.resolve(name(s, v) + ".jpg"));
            }
        }
        StringBuilder pickle = new StringBuilder("(Vimlist\n(");
        for (int s = 0; s < SCENES; s++) {
            for (int v = 1; v < VIEWS; v++) {
                pickle.append('V').append(name(s, v)).append('\n');
            }
        }
        pickle.append("lVqimlist\n(");
        IntStream.range(0, SCENES).forEach(s -> pickle.append('V').append(name(s, 0)).append('\n'));
        pickle.append("lVgnd\n(");
        for (int s = 0; s < SCENES; s++) {
            pickle.append("(Vbbx\n(F0\nF0\nF190\nF150\nlVeasy\n(I").append(2 * s).append("\nlVhard\n(I")
                    .append(2 * s + 1).append("\nlVjunk\n(ld");
        }
        Files.writeString(data.resolve("gnd_squares.pkl"), pickle + "ld.");
        first = run();
    }

    @Test
    void findsTheViewsOfTheSameSquare() throws IOException {
        assertEquals(0, first.exitCode(), first.err());
        assertTrue(first.out().contains("| global: rootsift |") && first.out().contains("2 queries in 4 images"),
                first.out());
        JsonNode results = new ObjectMapper().readTree(out.resolve("summary.json").toFile()).get("results");
        assertEquals("+ rootsift", results.get(1).get("name").asText());
        // local matches between views of one square beat those of different squares
        assertTrue(results.get(1).get("map").get("medium").asDouble() > 0.95, first.out());
        assertTrue(results.get(1).get("mp").get("medium").get("1").asDouble() > 0.99, first.out());
        assertEquals(SCENES, results.get(1).get("queries").size());
    }

    @Test
    void goesOnWhereAnEarlierRunStopped() throws IOException {
        Path kept = out.resolve("rootsift/inliers-0.txt");
        Files.setLastModifiedTime(kept, FileTime.fromMillis(1000));
        Files.delete(out.resolve("rootsift/inliers-1.txt"));
        CommandRun again = run();
        assertEquals(first.out(), again.out());
        assertEquals(1000, Files.getLastModifiedTime(kept).toMillis());
        assertTrue(Files.readAllLines(kept).stream().allMatch(line -> line.matches("s\\dv\\d\\.jpg\t\\d+")),
                Files.readAllLines(kept).stream().collect(Collectors.joining(";")));
        CommandRun other = run("--short-list", 2);
        assertEquals(1, other.exitCode());
        assertTrue(other.err().contains("settings.txt: what lies here was made by"), other.err());
    }

    @Test
    void aFolderWithoutTruthIsAnError() throws IOException {
        CommandRun run = CommandRun.of("evaluate", "retrieval", data.resolve("jpg/.."), "--features", "orb", "--out",
                folder.resolve("none"), "--short-list", 0);
        assertEquals(2, run.exitCode());
        Path empty = Files.createDirectories(folder.resolve("empty/jpg")).getParent();
        run = CommandRun.of("evaluate", "retrieval", empty, "--features", "orb", "--out", folder.resolve("none"));
        assertEquals(1, run.exitCode());
        assertTrue(run.err().matches("tiepoint: [^\n]+has 0 files gnd_[^\n]+\n"), run.err());
    }

    private static CommandRun run(Object... more) {
        Object[] usual = {"evaluate", "retrieval", data, "--features", "rootsift", "--max-keypoints", 500, "--out", out};
        Object[] all = java.util.Arrays.copyOf(usual, usual.length + more.length);
        System.arraycopy(more, 0, all, usual.length, more.length);
        return CommandRun.of(all);
    }

    private static String name(int scene, int view) {
        return "s" + scene + "v" + view;
    }
}
