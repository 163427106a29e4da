package org.tiepoint.evaluation.retrieval;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Numbers computed by hand from the definition: trapezoids of precision over recall. */
class RankingScoreTest {
    private static final int[] RANKING = {4, 0, 5, 1, 2, 3};

    @Test
    void averagePrecisionByHand() {
        // positives at ranks 0 and 3 of two: (1 + 1) / 2 / 2, then (1/3 + 2/4) / 2 / 2
        RankingScore score = score(RANKING, Set.of(4, 1), Set.of());
        assertEquals(0.5 + (1 / 3.0 + 0.5) / 4, score.averagePrecision(), 1e-12);
        // first: 1; of the first 4 (the last positive comes there): 2; the same for 10
        assertArrayEquals(new double[] {1, 0.5, 0.5}, score.precisionAt(), 1e-12);
        // one positive at rank 1: (0 + 1/2) / 2
        assertEquals(0.25, score(RANKING, Set.of(0), Set.of()).averagePrecision(), 1e-12);
        assertEquals(1, score(RANKING, Set.of(4, 0, 5), Set.of()).averagePrecision(), 1e-12);
    }

    @Test
    void ignoredImagesAreTakenOut() {
        assertEquals(1, score(RANKING, Set.of(5, 1), Set.of(4, 0)).averagePrecision(), 1e-12);
        // 4 is junk: positives 0 and 2 stand at ranks 0 and 3
        assertEquals(0.5 + (1 / 3.0 + 0.5) / 4, score(RANKING, Set.of(0, 2), Set.of(4)).averagePrecision(), 1e-12);
    }

    @Test
    void precisionAtTenLooksNoFurtherThanTheLastPositive() {
        int[] long20 = new int[20];
        Arrays.setAll(long20, i -> i);
        assertArrayEquals(new double[] {0, 1 / 5.0, 2 / 10.0},
                score(long20, Set.of(2, 9, 15), Set.of()).precisionAt(), 1e-12);
        assertArrayEquals(new double[] {0, 1 / 3.0, 1 / 3.0}, score(long20, Set.of(2), Set.of()).precisionAt(), 1e-12);
    }

    @Test
    void nothingToFindAndNothingFound() {
        assertTrue(RankingScore.of(RANKING, Set.of(), Set.of(1)).isEmpty());
        RankingScore none = score(RANKING, Set.of(77), Set.of());
        assertEquals(0, none.averagePrecision());
        assertArrayEquals(new double[3], none.precisionAt());
    }

    @Test
    void difficultiesDivideThePositives() {
        RetrievalQuery query = new RetrievalQuery("q.jpg", new double[] {0, 0, 1, 1}, new int[] {0}, new int[] {1},
                new int[] {4});
        assertEquals(Set.of(0), Difficulty.EASY.positives(query));
        assertEquals(Set.of(1, 4), Difficulty.EASY.ignored(query));
        assertEquals(Set.of(0, 1), Difficulty.MEDIUM.positives(query));
        assertEquals(Set.of(4), Difficulty.MEDIUM.ignored(query));
        assertEquals(Set.of(1), Difficulty.HARD.positives(query));
        assertEquals(Set.of(0, 4), Difficulty.HARD.ignored(query));
        RetrievalSet set = new RetrievalSet(Path.of("jpg"), List.of("a", "b", "c", "d", "e", "f"), List.of(query));
        RetrievalScores scores = RetrievalScores.of("m", set, List.of(RANKING));
        // easy: 0 first; hard: 1 behind 5; medium: 0 at 0, 1 at 2
        assertEquals(1, ap(scores, Difficulty.EASY), 1e-12);
        assertEquals(0.25, ap(scores, Difficulty.HARD), 1e-12);
        assertEquals(0.5 + (1 / 2.0 + 2 / 3.0) / 4, ap(scores, Difficulty.MEDIUM), 1e-12);
    }

    @Test
    void ordersTheShortListByInliersAndLeavesTheRest() {
        assertArrayEquals(new int[] {5, 4, 0, 1, 2, 3},
                RetrievalRun.ordered(RANKING, new int[] {4, 0, 5}, new int[] {7, 7, 9}));
        assertArrayEquals(RANKING, RetrievalRun.ordered(RANKING, new int[0], new int[0]));
    }

    private static double ap(RetrievalScores scores, Difficulty difficulty) {
        return scores.means().get(difficulty).orElseThrow().averagePrecision();
    }

    private static RankingScore score(int[] ranking, Set<Integer> positives, Set<Integer> ignored) {
        return RankingScore.of(ranking, positives, ignored).orElseThrow();
    }
}
