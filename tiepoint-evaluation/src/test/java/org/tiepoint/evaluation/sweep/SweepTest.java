package org.tiepoint.evaluation.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tiepoint.evaluation.Candidate;
import org.tiepoint.evaluation.EvaluationListener;
import org.tiepoint.image.ImageWriter;
import org.tiepoint.match.MutualNearestNeighborMatcher;

class SweepTest {
    private static final Sweep.Options BLUR = new Sweep.Options(List.of(SweepKind.BLUR), 128);

    @TempDir
    Path folder;

    private Photos photos;
    private Path out;

    @BeforeEach
    void writePhotos() throws IOException {
        Path there = Files.createDirectory(folder.resolve("photos"));
        ImageWriter.writePng(TestPhoto.town(), there.resolve("town.png"));
        ImageWriter.writePng(TestPhoto.ramp(100, 90), there.resolve("ramp.png"));
        photos = Photos.in(there);
        out = Files.createDirectory(folder.resolve("out"));
    }

    @Test
    void meansAreOverPhotosAndAllNumbersAreWritten() throws IOException {
        SweepResult result = run(BLUR, PixelFeatures.sift().candidate("sift, \"plain\""));
        SweepFiles.write(out, result);
        JsonNode root = new ObjectMapper().readTree(out.resolve("summary.json").toFile());
        assertEquals("sweep", root.at("/protocol").asText());
        JsonNode sharp = root.at("/sets/0/features/0/sweeps/blur/0");
        assertEquals(0, sharp.at("/level").asDouble());
        assertEquals(0.5, sharp.at("/mma/3").asDouble(), 1e-12, "the ramp has no key points, the town matches itself");
        assertEquals(2, sharp.at("/photos").asInt());
        assertEquals(0, sharp.at("/interval/mma/3/0").asDouble());
        assertEquals(1, sharp.at("/interval/mma/3/1").asDouble());
        assertTrue(sharp.at("/correct/3").asDouble() > 5 && sharp.at("/repeatability").asDouble() == 0.5,
                sharp.toString());
        assertEquals("[\"ramp.png\",\"town.png\"]", root.at("/sets/0/photos").toString());
        List<String> lines = Files.readAllLines(out.resolve("photos.csv"));
        assertEquals(1 + 2 * 8, lines.size());
        assertTrue(lines.get(1).startsWith("photos,\"sift, \"\"plain\"\"\",blur,0.0,ramp.png,0,0,0,0.0,0,"),
                lines.get(1));
        assertTrue(Files.readAllLines(out.resolve("summary.csv")).stream().anyMatch(line -> line.startsWith(
                "photos,\"sift, \"\"plain\"\"\",blur,0.0,mma,3,0.5,0.0,1.0")));
        assertTrue(SweepTable.markdown(result).contains("| sift, \"plain\" | MMA@3 "), SweepTable.markdown(result));
    }

    @Test
    void whatIsMeasuredIsNotMeasuredAgain() throws IOException {
        SweepResult first = run(BLUR, PixelFeatures.sift().candidate("sift"));
        PixelFeatures again = PixelFeatures.sift();
        SweepResult second = run(BLUR, again.candidate("sift"));
        assertEquals(0, again.opened() + again.made());
        assertEquals(first.features().get(0).sweeps(), second.features().get(0).sweeps());

        try (Stream<Path> files = Files.walk(out.resolve("outcomes"))) {
            Path town = files.filter(file -> file.getFileName().toString().startsWith("town")).findFirst()
                    .orElseThrow();
            Files.writeString(town, Files.readString(town).substring(0, 100));
        }
        int[] counts = new int[2];
        new Sweep(BLUR, out).run(photos, List.of(again.candidate("sift")), Map.of(), new EvaluationListener() {
            @Override
            public void start(String stage, long total, long done) {
                counts[0] = (int) (total - done);
            }

            @Override
            public void step() {
                counts[1]++;
            }
        });
        assertEquals(1 + 8, again.made(), "a damaged file is measured again, the other photo's is not");
        assertEquals(8, counts[0]);
        assertEquals(8, counts[1]);
    }

    @Test
    void otherSettingsAreMeasuredForThemselves() throws IOException {
        run(BLUR, PixelFeatures.sift().candidate("sift"));
        PixelFeatures other = PixelFeatures.sift();
        run(BLUR, other.candidate("sift", new MutualNearestNeighborMatcher(), Map.of("method", "other")));
        run(new Sweep.Options(BLUR.kinds(), 100), other.candidate("sift"));
        assertEquals(2 * 2 * (1 + 8), other.made());
        ImageWriter.writePng(TestPhoto.ramp(110, 90), photos.folder().resolve("ramp.png"));
        run(BLUR, other.candidate("sift"));
        assertEquals(2 * 2 * (1 + 8) + 9, other.made(), "a photo that changed");
    }

    @Test
    void refusesOptionsThatSayNothing() {
        assertThrows(IllegalArgumentException.class, () -> new Sweep.Options(List.of(), 100));
        assertThrows(IllegalArgumentException.class, () -> new Sweep.Options(List.of(SweepKind.BLUR, SweepKind.BLUR),
                100));
        assertThrows(IllegalArgumentException.class, () -> new Sweep.Options(List.of(SweepKind.BLUR), 63));
    }

    private SweepResult run(Sweep.Options options, Candidate candidate) throws IOException {
        return new Sweep(options, out).run(photos, List.of(candidate), Map.of("tiepoint", "test"),
                EvaluationListener.silent());
    }
}
