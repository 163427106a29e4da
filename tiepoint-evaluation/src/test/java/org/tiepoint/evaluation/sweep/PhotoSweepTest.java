package org.tiepoint.evaluation.sweep;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tiepoint.evaluation.Candidate;
import org.tiepoint.feature.Features;
import org.tiepoint.feature.Keypoints;
import org.tiepoint.image.Image;
import org.tiepoint.match.RatioTestMatcher;

class PhotoSweepTest {
    @Test
    void anUnchangedPhotoMatchesItselfEverywhere() throws IOException {
        PhotoSweep sweep = new PhotoSweep("town", TestPhoto.town());
        List<Candidate> candidates = List.of(PixelFeatures.sift().candidate("sift"));
        for (SweepKind kind : SweepKind.values()) {
            SweepOutcome outcome = at(sweep.run(kind, candidates, () -> {}), kind == SweepKind.SCALE ? 1 : 0);
            assertTrue(outcome.matches() > 50, outcome.toString());
            assertEquals(1, outcome.accuracy(1), 1e-12);
            assertEquals(1, outcome.repeatability(), 1e-12);
        }
    }

    @Test
    void siftFollowsTurnsAndReductions() throws IOException {
        PhotoSweep sweep = new PhotoSweep("town", TestPhoto.town());
        List<Candidate> candidates = List.of(PixelFeatures.sift().candidate("sift", new RatioTestMatcher(0.8),
                Map.of()));
        List<SweepOutcome> turns = sweep.run(SweepKind.ROTATION, candidates, () -> {});
        assertTrue(at(turns, 90).accuracy(1) > 0.95, turns.toString());
        assertTrue(at(turns, 45).accuracy(3) > 0.9, turns.toString());
        List<SweepOutcome> scales = sweep.run(SweepKind.SCALE, candidates, () -> {});
        assertTrue(at(scales, 2).accuracy(3) > 0.8, scales.toString());
    }

    @Test
    void featuresAreMadeOnceAnImage() throws IOException {
        PixelFeatures none = new PixelFeatures(image -> new Features(Keypoints.ofPositions(new float[0]), 4,
                new float[0]));
        List<Candidate> two = List.of(none.candidate("mutual"), none.candidate("ratio", new RatioTestMatcher(0.8),
                Map.of()));
        PhotoSweep sweep = new PhotoSweep("ramp", TestPhoto.ramp(80, 70));
        int[] calls = new int[1];
        List<SweepOutcome> outcomes = new ArrayList<>(sweep.run(SweepKind.EXPOSURE, two, () -> calls[0]++));
        outcomes.addAll(sweep.run(SweepKind.BLUR, two, () -> calls[0]++));
        assertEquals(1 + 9 + 8, none.made(), "the photo, and each changed copy");
        assertEquals(2 * (9 + 8), calls[0]);
        assertTrue(outcomes.stream().allMatch(o -> o.accuracy(3) == 0 && o.repeatability() == 0));
    }

    /** Three points: one stays, one is 2 pixels off in the half-size image, one lies outside the other image. */
    @Test
    void countsWithinPixelsOfTheSecondImage() throws IOException {
        PixelFeatures points = new PixelFeatures(PhotoSweepTest::threePoints);
        SweepOutcome outcome = at(new PhotoSweep("ramp", TestPhoto.ramp(80, 64)).run(SweepKind.SCALE,
                List.of(points.candidate("three")), () -> {}), 2);
        assertEquals(3, outcome.firstPoints());
        assertEquals(2, outcome.secondPoints());
        assertEquals(2, outcome.matches());
        assertArrayEquals(new int[] {1, 2, 2, 2, 2, 2, 2, 2, 2, 2}, outcome.within());
    }

    private static Features threePoints(Image image) {
        float[] xy = image.width() == 40 ? new float[] {9.75f, 4.75f, 16.75f, 24.75f, 45, 10}
                : new float[] {20, 10, 30, 50, 79, 5};
        float[] unit = new float[9];
        IntStream.range(0, 3).forEach(i -> unit[4 * i] = 1);
        return new Features(Keypoints.ofPositions(xy), 3, unit);
    }

    private static SweepOutcome at(List<SweepOutcome> outcomes, double level) {
        return outcomes.stream().filter(o -> o.level() == level).findFirst().orElseThrow();
    }
}
