package org.tiepoint.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tiepoint.feature.Extractor;
import org.tiepoint.feature.ExtractorContractTest;
import org.tiepoint.feature.Features;
import org.tiepoint.feature.Keypoints;
import org.tiepoint.feature.MatchingScore;
import org.tiepoint.feature.PixelScorer;
import org.tiepoint.feature.ScoreMap;
import org.tiepoint.image.Image;
import org.tiepoint.testing.SharedFiles;

class XFeatTest extends ExtractorContractTest {
    @Override
    protected Extractor extractor(int maxKeypoints) {
        try {
            return XFeat.load(SharedFiles.data("peers/xfeat.onnx"), XFeat.Options.of(maxKeypoints));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void descriptorsHaveLengthOne() {
        try (Extractor extractor = extractor(20)) {
            Features found = extractor.extract(image);
            for (int i = 0; i < found.keypoints().count(); i++) {
                double squares = 0;
                for (int k = 0; k < 64; k++) {
                    squares += Math.pow(found.descriptors()[64 * i + k], 2);
                }
                assertEquals(1, squares, 1e-5);
            }
        }
    }

    /** A shift by whole cells leaves the network's maps as they are, away from the border. */
    @Test
    void shiftedImagesMatchAtTheShift() {
        Image large = MatchingScore.photo();
        try (Extractor extractor = extractor(500)) {
            double share = MatchingScore.ofShift(extractor, large, 416, 320, 8, 16);
            assertTrue(share > 0.9, share + " of the matches");
        }
    }

    @Test
    void scoresAreHighWhereItsKeypointsAre() {
        try (Extractor extractor = extractor(20)) {
            ScoreMap map = ((PixelScorer) extractor).scores(image);
            Keypoints points = extractor.extract(image).keypoints();
            assertTrue(points.count() > 0);
            for (int i = 0; i < points.count(); i++) {
                int x = (int) Math.round((points.x(i) + 0.5) * map.width() / image.width() - 0.5);
                int y = (int) Math.round((points.y(i) + 0.5) * map.height() / image.height() - 0.5);
                assertTrue(map.values()[y * map.width() + x] > 0.05, "score at " + x + ", " + y);
            }
        }
    }

    @Test
    void refusesOtherFiles(@TempDir Path folder) throws IOException {
        Path text = Files.writeString(folder.resolve("x.onnx"), "no network");
        IOException thrown = assertThrows(IOException.class, () -> XFeat.load(text, XFeat.Options.of(10)));
        assertTrue(thrown.getMessage().contains(text.toString()), thrown.getMessage());
        Path missing = folder.resolve("missing.onnx");
        assertThrows(IOException.class, () -> XFeat.load(missing, XFeat.Options.of(10)));
        assertThrows(IllegalArgumentException.class, () -> XFeat.Options.of(0));
    }
}
