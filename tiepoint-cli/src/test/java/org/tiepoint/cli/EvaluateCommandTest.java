package org.tiepoint.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tiepoint.geometry.Pose;

class EvaluateCommandTest {
    @TempDir
    Path folder;

    private RenderedPair pair;

    @BeforeEach
    void render() throws IOException {
        Path images = Files.createDirectories(folder.resolve("town/images"));
        pair = RenderedPair.write(images);
        Path sequence = Files.createDirectories(folder.resolve("planes/v_same"));
        Files.copy(pair.left(), sequence.resolve("1.png"));
        Files.copy(pair.left(), sequence.resolve("2.png"));
        Files.writeString(sequence.resolve("H_1_2"), "1 0 0\n0 1 0\n0 0 1\n");
        Files.writeString(folder.resolve("town/pairs_with_gt.txt"), "left.png right.png 0 0 " + matrix() + matrix()
                + pose(pair.relative()));
    }

    @Test
    void anImageMatchesItself() throws IOException {
        Path json = folder.resolve("result.json");
        CommandRun run = CommandRun.of("evaluate", "homography", "--data", folder.resolve("planes"), "--model",
                "rootsift", "--model", "start=untrained:caps-small", "--max-keypoints", 100, "--json", json);
        assertEquals(0, run.exitCode(), run.err());
        String[] lines = run.out().split("\n");
        assertTrue(lines[2].matches("\\| v_same +\\| rootsift +\\| 1.000 \\| 1.000 .*"), run.out());
        assertTrue(lines[3].matches("\\| v_same +\\| start +\\| 1.000 \\| 1.000 .*"), run.out());
        assertTrue(run.out().contains("At most 100 SIFT key points an image") && run.out().contains("libtorch 2."),
                run.out());
        JsonNode root = new ObjectMapper().readTree(json.toFile());
        assertEquals("untrained:caps-small", root.at("/descriptors/start").asText());
        assertEquals(1, root.at("/results/1/mma/0").asDouble());
        assertTrue(root.at("/machine/cores").asInt() > 0 && root.at("/versions/opencv").asText().startsWith("4."));
    }

    @Test
    void thePoseOfARenderedPairIsFound() throws IOException {
        Path json = folder.resolve("result.json");
        CommandRun run = CommandRun.of("evaluate", "pose", "--data", folder, "--model", "rootsift", "--ratio", "0.8",
                "--json", json);
        assertEquals(0, run.exitCode(), run.err());
        JsonNode root = new ObjectMapper().readTree(json.toFile());
        assertEquals("town", root.at("/results/0/set").asText());
        assertTrue(root.at("/results/0/pairs/0/rotationDegrees").asDouble() < 2, root.toString());
        assertTrue(root.at("/results/0/shareCorrect").asDouble() > 0.8, root.toString());
        assertTrue(run.out().contains("| town (1)"), run.out());
    }

    @Test
    void wrongUsageIsOneLine() {
        assertUsage("missing protocol: homography or pose (see tiepoint evaluate --help)", "evaluate");
        assertUsage("--model has the same name twice", "evaluate", "pose", "--data", folder, "--model", "rootsift",
                "--model", "rootsift");
        assertUsage("write encoder:RECIPE:FILE", "evaluate", "pose", "--data", folder, "--model", "encoder:caps-small");
        assertUsage("ratio is 1.5: it must be above 0 and at most 1", "evaluate", "homography", "--data",
                folder.resolve("planes"), "--model", "rootsift", "--ratio", "1.5");
    }

    @Test
    void damagedDataIsOneLine() throws IOException {
        Path homography = Files.writeString(folder.resolve("planes/v_same/H_1_2"), "1 0 0\n0 1 0\n0 zero 1\n");
        CommandRun run = CommandRun.of("evaluate", "homography", "--data", folder.resolve("planes"), "--model",
                "rootsift");
        assertEquals(1, run.exitCode());
        assertEquals("tiepoint: " + homography + ", line 3, column 2: H[2][1] is 'zero': it must be a finite number\n",
                run.err());
    }

    private static void assertUsage(String part, Object... arguments) {
        CommandRun run = CommandRun.of(arguments);
        assertEquals(2, run.exitCode(), run.err());
        assertTrue(run.err().matches("tiepoint: [^\n]+\n") && run.err().contains(part), run.err());
    }

    private String matrix() {
        return String.format(Locale.ROOT, "%f 0 %f 0 %f %f 0 0 1 ", pair.camera().fx(), pair.camera().cx(),
                pair.camera().fy(), pair.camera().cy());
    }

    private static String pose(Pose pose) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                text.append(pose.rotation()[3 * i + j]).append(' ');
            }
            text.append(pose.translation()[i]).append(' ');
        }
        return text.append("0 0 0 1\n").toString();
    }
}
