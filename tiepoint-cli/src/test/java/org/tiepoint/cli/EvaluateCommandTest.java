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
        Path out = folder.resolve("results");
        CommandRun run = CommandRun.of("evaluate", "homography", folder.resolve("planes"), "--features",
                "start=untrained:caps-small", "--max-keypoints", 100, "--out", out);
        assertEquals(0, run.exitCode(), run.err());
        String[] lines = run.out().split("\n");
        assertTrue(lines[4].matches("\\| rootsift +\\| all +\\| 1.000 \\| 1.000 .*"), run.out());
        assertTrue(lines[5].matches("\\| rootsift ratio 0.8 +\\| all +\\| 1.000 \\| 1.000 .*"), run.out());
        assertTrue(lines[6].matches("\\| start +\\| all +\\| 1.000 \\| 1.000 .*"), run.out());
        JsonNode root = new ObjectMapper().readTree(out.resolve("summary.json").toFile());
        JsonNode start = root.at("/sets/0/features/2");
        assertEquals("start", start.at("/name").asText());
        assertEquals("caps-small", start.at("/settings/source").asText());
        assertEquals(1, start.at("/mma/3").asDouble());
        assertEquals(1, start.at("/interval/mma/3/0").asDouble());
        assertEquals(1, start.at("/homographyAccuracy/1").asDouble());
        assertEquals(1, start.at("/repeatability").asDouble());
        assertEquals(100, start.at("/keypoints").asDouble());
        String report = Files.readString(out.resolve("report.html"));
        assertTrue(report.contains("tiepoint evaluate homography " + folder.resolve("planes") + " --features"), report);
        assertTrue(run.out().endsWith("report: " + out.resolve("report.html") + "\n"), run.out());
        assertTrue(root.at("/machine/cores").asInt() > 0 && root.at("/versions/opencv").asText().startsWith("4."));
    }

    @Test
    void thePoseOfARenderedPairIsFound() throws IOException {
        Path out = folder.resolve("results");
        CommandRun run = CommandRun.of("evaluate", "pose", folder, "--out", out);
        assertEquals(0, run.exitCode(), run.err());
        JsonNode root = new ObjectMapper().readTree(out.resolve("summary.json").toFile());
        assertEquals("town", root.at("/sets/0/name").asText());
        JsonNode ratio = root.at("/sets/0/features/1");
        assertTrue(ratio.at("/auc/5").asDouble() > 0.5 && ratio.at("/auc/5").asDouble() <= 1, root.toString());
        assertTrue(ratio.at("/precision").asDouble() > 0.8, root.toString());
        assertTrue(run.out().contains("### town (1 pairs)"), run.out());
    }

    @Test
    void otherSettingsAreNotMixed() {
        Path out = folder.resolve("results");
        Object[] command = {"evaluate", "homography", folder.resolve("planes"), "--out", out, "--max-keypoints", 50};
        assertEquals(0, CommandRun.of(command).exitCode());
        command[6] = 60;
        CommandRun run = CommandRun.of(command);
        assertEquals(1, run.exitCode());
        Path settings = out.resolve("predictions/rootsift/planes/settings.json");
        assertEquals("tiepoint: " + settings + ", maxKeypoints: the predictions in this folder were made with '50', now"
                + " it is '60': give another --out, or remove the folder " + settings.getParent() + "\n", run.err());
    }

    @Test
    void wrongUsageIsOneLine() {
        assertUsage("missing protocol: homography, pose, sweep, retrieval, localisation or reconstruction (see tiepoint"
                + " evaluate --help)", "evaluate");
        assertUsage("missing required option: '--out=DIR'", "evaluate", "pose", folder);
        assertUsage("--features has the name 'a' twice", "evaluate", "pose", folder, "--out", folder, "--features",
                "a=orb", "--features", "a=akaze");
        assertUsage("write encoder:RECIPE:FILE", "evaluate", "pose", folder, "--out", folder, "--features",
                "encoder:caps-small");
        assertUsage("thresholdPixels is -1.0: it must be above 0", "evaluate", "homography", folder.resolve("planes"),
                "--out", folder, "--threshold", "-1");
    }

    @Test
    void damagedDataIsOneLine() throws IOException {
        Path homography = Files.writeString(folder.resolve("planes/v_same/H_1_2"), "1 0 0\n0 1 0\n0 zero 1\n");
        CommandRun run = CommandRun.of("evaluate", "homography", folder.resolve("planes"), "--out",
                folder.resolve("results"));
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
