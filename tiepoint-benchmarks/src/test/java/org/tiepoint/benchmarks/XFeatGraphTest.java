package org.tiepoint.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tiepoint.dataset.synthetic.SceneOptions;
import org.tiepoint.dataset.synthetic.SyntheticScene;
import org.tiepoint.feature.Features;
import org.tiepoint.feature.ScoreMap;
import org.tiepoint.image.Image;
import org.tiepoint.onnx.OnnxExtractor;
import org.tiepoint.onnx.XFeat;
import org.tiepoint.testing.SharedFiles;

class XFeatGraphTest {
    private static final Image IMAGE = SyntheticScene.create(SceneOptions.defaults().withViews(1).withSize(160, 128))
            .render(0).image();

    @TempDir
    private Path folder;

    @Test
    void scoresAreProbabilitiesTimesReliabilityAtThePixelsOfXFeat() throws IOException {
        Path file = SharedFiles.data("peers/xfeat.onnx");
        try (OnnxExtractor ours = OnnxExtractor.load(XFeatGraph.withCard(file), file, OnnxExtractor.Options.of(200));
                XFeat theirs = XFeat.load(file, XFeat.Options.of(200))) {
            ScoreMap scores = ours.scores(IMAGE);
            ScoreMap probabilities = theirs.scores(IMAGE);
            assertEquals(probabilities.values().length, scores.values().length);
            for (int cell = 0; cell < 20 * 16; cell++) {
                int corner = cell / 20 * 8 * 160 + cell % 20 * 8;
                double reliability = reliability(scores, probabilities, corner);
                assertTrue(reliability > 0 && reliability < 1.001, "reliability " + reliability);
                for (int i = 0; i < 64; i++) {
                    int place = corner + i / 8 * 160 + i % 8;
                    assertEquals(reliability * probabilities.values()[place], scores.values()[place], 1e-4);
                }
            }
            Features features = ours.extract(IMAGE);
            assertEquals(64, features.dimension());
            assertEquals(200, features.keypoints().count());
        }
    }

    /** At the cell's likeliest pixel, where rounding matters least. */
    private static double reliability(ScoreMap scores, ScoreMap probabilities, int corner) {
        int best = corner;
        for (int i = 0; i < 64; i++) {
            int place = corner + i / 8 * 160 + i % 8;
            best = probabilities.values()[place] > probabilities.values()[best] ? place : best;
        }
        return (double) scores.values()[best] / probabilities.values()[best];
    }

    @Test
    void otherFilesAreRefused() throws IOException {
        Path file = folder.resolve("a.onnx");
        Files.write(file, new byte[] {8, 1});
        assertTrue(assertThrows(IOException.class, () -> XFeatGraph.withCard(file)).getMessage()
                .contains("is no ONNX file"));
    }
}
