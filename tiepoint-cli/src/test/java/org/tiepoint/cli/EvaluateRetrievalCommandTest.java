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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tiepoint.dataset.synthetic.SceneOptions;
import org.tiepoint.dataset.synthetic.SyntheticScene;
import org.tiepoint.image.ImageWriter;

/** Three rendered squares of four views: the first view of each is a query, the others are the database. */
class EvaluateRetrievalCommandTest {
    private static final int SCENES = 3;
    private static final int VIEWS = 4;

    @TempDir
    Path folder;

    private Path data;
    private Path out;

    @BeforeEach
    void render() throws IOException {
        data = folder.resolve("set");
        out = folder.resolve("out");
        Path images = Files.createDirectories(data.resolve("jpg"));
        for (int s = 0; s < SCENES; s++) {
            SyntheticScene scene = SyntheticScene.create(SceneOptions.defaults().withSeed(s).withViews(VIEWS)
                    .withSize(320, 240).withLightChange(0));
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
            pickle.append("(Vbbx\n(F0\nF0\nF300\nF240\nlVeasy\n(I").append(3 * s).append("\nI").append(3 * s + 1)
                    .append("\nlVhard\n(I").append(3 * s + 2).append("\nlVjunk\n(ld");
        }
        Files.writeString(data.resolve("gnd_squares.pkl"), pickle + "ld.");
    }

    @Test
    void findsTheViewsOfTheSameSquare() throws IOException {
        CommandRun run = run();
        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.out().contains("| global: rootsift |") && run.out().contains("3 queries in 9 images"), run.out());
        JsonNode results = new ObjectMapper().readTree(out.resolve("summary.json").toFile()).get("results");
        assertEquals("+ rootsift", results.get(1).get("name").asText());
        // local matches between views of one square beat those of different squares
        assertTrue(results.get(1).get("map").get("medium").asDouble() > 0.95, run.out());
        assertTrue(results.get(1).get("mp").get("medium").get("1").asDouble() > 0.99, run.out());
        assertEquals(SCENES, results.get(1).get("queries").size());
    }

    @Test
    void goesOnWhereAnEarlierRunStopped() throws IOException {
        CommandRun first = run();
        Path kept = out.resolve("rootsift/inliers-0.txt");
        Files.setLastModifiedTime(kept, FileTime.fromMillis(1000));
        Files.delete(out.resolve("rootsift/inliers-2.txt"));
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
        Files.delete(data.resolve("gnd_squares.pkl"));
        CommandRun run = run();
        assertEquals(1, run.exitCode());
        assertTrue(run.err().matches("tiepoint: [^\n]+has 0 files gnd_[^\n]+\n"), run.err());
        assertEquals(2, run("--short-list", 0).exitCode());
    }

    private CommandRun run(Object... more) {
        Object[] usual = {"evaluate", "retrieval", data, "--features", "rootsift", "--max-keypoints", 500, "--out", out};
        Object[] all = java.util.Arrays.copyOf(usual, usual.length + more.length);
        System.arraycopy(more, 0, all, usual.length, more.length);
        return CommandRun.of(all);
    }

    private static String name(int scene, int view) {
        return "s" + scene + "v" + view;
    }
}
