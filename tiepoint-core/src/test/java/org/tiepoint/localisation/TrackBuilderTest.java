package org.tiepoint.localisation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class TrackBuilderTest {
    private static TrackBuilder.Member member(int image, int keypoint) {
        return new TrackBuilder.Member(image, keypoint);
    }

    @Test
    void chainsOfMatchesAreOneTrack() {
        TrackBuilder builder = new TrackBuilder(new int[] {2, 3, 1, 1});
        builder.add(2, 0, 1, 2, 1);
        builder.add(0, 1, 1, 2, 1);
        builder.add(2, 0, 3, 0, 1);
        builder.add(0, 0, 1, 0, 1);
        assertEquals(List.of(List.of(member(0, 0), member(1, 0)),
                List.of(member(0, 1), member(1, 2), member(2, 0), member(3, 0))), sorted(builder.tracks()));
    }

    @Test
    void theSurerMatchWinsWhereTwoKeyPointsOfAnImageMeet() {
        TrackBuilder builder = new TrackBuilder(new int[] {2, 1, 1});
        builder.add(0, 0, 1, 0, 0.2f);
        builder.add(0, 1, 2, 0, 0.9f);
        builder.add(1, 0, 2, 0, 0.5f);
        // 0.9 and 0.5 join key point 1 of image 0, and 0.2 would add key point 0
        assertEquals(List.of(List.of(member(0, 1), member(1, 0), member(2, 0))), builder.tracks());
    }

    @Test
    void noMatchesNoTracks() {
        assertEquals(List.of(), new TrackBuilder(new int[] {5, 0, 3}).tracks());
        assertEquals(List.of(), new TrackBuilder(new int[0]).tracks());
    }

    private static List<List<TrackBuilder.Member>> sorted(List<List<TrackBuilder.Member>> tracks) {
        return tracks.stream().sorted((a, b) -> Integer.compare(a.get(0).keypoint(), b.get(0).keypoint())).toList();
    }
}
