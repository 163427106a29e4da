package org.tiepoint.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tiepoint.estimate.PoseError;
import org.tiepoint.geometry.Epipolar;
import org.tiepoint.geometry.Pose;
import org.tiepoint.image.ImageReader;
import org.tiepoint.image.ImageSize;

class MatchCommandTest {
    @TempDir
    static Path folder;

    private static RenderedPair pair;

    @BeforeAll
    static void render() throws IOException {
        pair = RenderedPair.write(folder);
    }

    @Test
    void inliersLieOnTheTrueEpipolarLines() throws IOException {
        JsonNode json = match();
        assertEquals("fundamental", json.at("/geometry/kind").asText());
        assertEquals(320, json.at("/left/width").asInt());
        assertEquals(240, json.at("/right/height").asInt());
        Pose origin = new Pose(new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1}, new double[3]);
        double[] f = Epipolar.fundamental(pair.camera(), origin, pair.camera(), pair.relative());
        int inliers = 0;
        int right = 0;
        for (JsonNode row : json.get("matches")) {
            if (row.get(5).asInt() == 1) {
                inliers++;
                right += Epipolar.distance(f, row.get(0).asDouble(), row.get(1).asDouble(), row.get(2).asDouble(),
                        row.get(3).asDouble()) < 2 ? 1 : 0;
            }
        }
        assertEquals(json.at("/geometry/inliers").asInt(), inliers);
        assertTrue(inliers >= 50, inliers + " inliers");
        assertTrue(right > 0.8 * inliers, right + " of " + inliers + " within 2 px of the true lines");
    }

    @Test
    void intrinsicsGiveTheRelativePose() throws IOException {
        JsonNode json = match("--intrinsics", pair.intrinsics());
        assertEquals("essential", json.at("/geometry/kind").asText());
        Pose estimated = new Pose(numbers(json.at("/pose/rotation")), numbers(json.at("/pose/translation")));
        assertTrue(PoseError.of(estimated, pair.relative()).rotationDegrees() < 2, json.at("/pose").toString());
    }

    @Test
    void keyPointsComeFromTheChosenDetector() throws IOException {
        JsonNode json = match("--detector", "grid", "--max-keypoints", "300");
        assertEquals("grid", json.get("detector").asText());
        assertEquals(300, json.at("/left/keypoints").asInt());
    }

    @ParameterizedTest
    @ValueSource(strings = {"orb", "akaze:max=300", "sift"})
    void everyMethodMatches(String method) throws IOException {
        Path file = folder.resolve("method.json");
        CommandRun run = CommandRun.of("match", pair.left(), pair.right(), "--model", method, "--json", file);
        assertEquals(0, run.exitCode(), run.err());
        JsonNode json = new ObjectMapper().readTree(file.toFile());
        assertEquals(method.replaceAll(":.*", ""), json.get("detector").asText());
        assertTrue(json.at("/geometry/inliers").asInt() >= 15, json.at("/geometry").toString());
    }

    @Test
    void theEmbeddedModelMatchesWhereNoneIsNamed() throws IOException {
        Path file = folder.resolve("embedded.json");
        CommandRun run = CommandRun.of("match", pair.left(), pair.right(), "--json", file);
        assertEquals(0, run.exitCode(), run.err());
        JsonNode json = new ObjectMapper().readTree(file.toFile());
        assertEquals("compact-s", json.get("model").asText());
        assertEquals("the model's own", json.get("detector").asText());
        assertTrue(json.at("/geometry/inliers").asInt() >= 50, json.at("/geometry").toString());
    }

    @Test
    void theRatioTestKeepsFewerMatches() throws IOException {
        assertTrue(match("--ratio", "0.7").get("matches").size() < match().get("matches").size());
        CommandRun run = CommandRun.of("match", pair.left(), pair.right(), "--model", "rootsift:ratio=0.7");
        assertTrue(run.out().contains("mutual nearest neighbours with ratio 0.7: "), run.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"mutual", "ratio", "dual-softmax", "distance"})
    void everyMatcherMatches(String matcher) throws IOException {
        JsonNode json = match("--matcher", matcher);
        assertTrue(json.at("/geometry/inliers").asInt() >= 30, json.at("/geometry").toString());
    }

    @Test
    void aMethodWithKeyPointsOfItsOwnTakesNoDetector() {
        CommandRun run = CommandRun.of("match", pair.left(), pair.right(), "--model", "orb", "--detector", "grid");
        assertEquals(2, run.exitCode());
        assertTrue(run.err().contains("leave out --detector"), run.err());
    }

    @Test
    void theTextSaysHowManyMatchedAndHowLongItTook() {
        CommandRun run = CommandRun.of("match", pair.left(), pair.right(), "--model", "rootsift");
        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.out().matches("(?s)key points: \\d+ and \\d+ \\(sift\\)\n"
                + "mutual nearest neighbours: \\d+ \\(rootsift\\)\n"
                + "inliers: \\d+ \\(\\d+ %\\) of the fundamental matrix, within 1.0 px\n"
                + "time: \\d+\\.\\d\\d s \\(read .*\\)\n"), run.out());
        assertEquals("", run.err());
    }

    @Test
    void thePictureShowsBothImages() throws IOException {
        Path picture = folder.resolve("matches.png");
        CommandRun run = CommandRun.of("match", pair.left(), pair.right(), "--model", "rootsift", "--out", picture);
        assertEquals(0, run.exitCode(), run.err());
        ImageSize size = ImageReader.size(picture);
        assertTrue(size.width() >= 640 && size.height() >= 240, size.toString());
    }

    private static JsonNode match(Object... more) throws IOException {
        Path file = folder.resolve("matches.json");
        Object[] arguments = new Object[more.length + 7];
        System.arraycopy(new Object[] {"match", pair.left(), pair.right(), "--model", "rootsift", "--json", file}, 0,
                arguments, 0, 7);
        System.arraycopy(more, 0, arguments, 7, more.length);
        CommandRun run = CommandRun.of(arguments);
        assertEquals(0, run.exitCode(), run.err());
        return new ObjectMapper().readTree(file.toFile());
    }

    private static double[] numbers(JsonNode array) {
        double[] numbers = new double[array.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = array.get(i).asDouble();
        }
        return numbers;
    }
}
