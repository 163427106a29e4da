package org.tiepoint.model;

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
import org.tiepoint.feature.Keypoints;
import org.tiepoint.feature.MatchingScore;
import org.tiepoint.feature.PixelScorer;
import org.tiepoint.feature.ScoreMap;
import org.tiepoint.testing.SharedFiles;

class AlikeTest extends ExtractorContractTest {
    @Override
    protected Extractor extractor(int maxKeypoints) {
        try {
            return Alike.load(SharedFiles.data("peers/alike-t.pt"), Alike.Options.of(maxKeypoints));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void shiftedImagesMatchAtTheShift() {
        try (Extractor extractor = extractor(500)) {
            assertEquals(64, extractor.dimension());
            double share = MatchingScore.ofShift(extractor, MatchingScore.photo(), 410, 310, 4, 0);
            assertTrue(share > 0.95, share + " of the matches");
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
                assertTrue(map.values()[y * map.width() + x] > 0.1, "score at " + x + ", " + y);
            }
        }
    }

    @Test
    void refusesOtherFiles(@TempDir Path folder) throws IOException {
        Path text = Files.writeString(folder.resolve("x.pt"), "no network");
        IOException thrown = assertThrows(IOException.class, () -> Alike.load(text, Alike.Options.of(10)));
        assertTrue(thrown.getMessage().contains(text.toString()), thrown.getMessage());
        assertThrows(IOException.class, () -> Alike.load(folder.resolve("missing.pt"), Alike.Options.of(10)));
        assertThrows(IllegalArgumentException.class, () -> Alike.Options.of(0));
    }
}
