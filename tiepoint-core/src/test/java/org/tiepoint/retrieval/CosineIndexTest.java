package org.tiepoint.retrieval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CosineIndexTest {
    private static Map<String, float[]> random(int n, int dimension) {
        Random random = new Random(3);
        Map<String, float[]> all = new LinkedHashMap<>();
        for (int i = 0; i < n; i++) {
            float[] row = new float[dimension];
            for (int k = 0; k < dimension; k++) {
                row[k] = (float) random.nextGaussian();
            }
            all.put("i" + i, row);
        }
        return all;
    }

    private static double cosine(float[] a, float[] b) {
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int k = 0; k < a.length; k++) {
            ab += (double) a[k] * b[k];
            aa += (double) a[k] * a[k];
            bb += (double) b[k] * b[k];
        }
        return ab / Math.sqrt(aa * bb);
    }

    @Test
    void everyImageFindsItselfFirst() {
        CosineIndex index = new CosineIndex(random(600, 16));
        for (CosineIndex.Ranking ranking : index.rankings(3)) {
            assertEquals(ranking.name(), ranking.hits().get(0).name());
            assertEquals(1, ranking.hits().get(0).score(), 1e-6);
            assertEquals(3, ranking.hits().size());
        }
    }

    @Test
    void theOrderIsThatOfTheCosines() {
        // more images than a block holds
        Map<String, float[]> all = random(5000, 8);
        CosineIndex index = new CosineIndex(all);
        float[] query = {1, 2, -3, 0.5f, 0, 4, 1, -1};
        List<String> expected = IntStream.range(0, 5000).boxed()
                .sorted((a, b) -> Double.compare(cosine(query, all.get("i" + b)), cosine(query, all.get("i" + a))))
                .limit(20).map(i -> "i" + i).toList();
        List<CosineIndex.Hit> hits = index.search(query, 20);
        assertEquals(expected, hits.stream().map(CosineIndex.Hit::name).toList());
        for (CosineIndex.Hit hit : hits) {
            assertEquals(cosine(query, all.get(hit.name())), hit.score(), 1e-6);
            assertEquals("i" + hit.place(), hit.name());
        }
    }

    @Test
    void ofEqualCosinesTheFirstAddedComesFirst() {
        Map<String, float[]> all = new LinkedHashMap<>();
        for (String name : List.of("d", "b", "c", "a")) {
            all.put(name, new float[] {0, 2});
        }
        CosineIndex index = new CosineIndex(all);
        assertEquals(List.of("d", "b", "c"), index.search(new float[] {0, 1}, 3).stream()
                .map(CosineIndex.Hit::name).toList());
    }

    @Test
    void aBlackImageHasCosineZeroWithAll() {
        CosineIndex index = new CosineIndex(Map.of("black", new float[2]));
        assertEquals(0, index.search(new float[] {1, 1}, 1).get(0).score());
    }

    @Test
    void anEmptyIndexFindsNothing() {
        CosineIndex index = new CosineIndex(Map.of());
        assertEquals(List.of(), index.search(new float[] {1}, 5));
        assertEquals(List.of(), index.rankings(5));
        assertEquals(0, index.size());
    }

    @Test
    void wrongInputIsNamed() {
        Map<String, float[]> uneven = new LinkedHashMap<>();
        uneven.put("a", new float[3]);
        uneven.put("b", new float[2]);
        assertTrue(assertThrows(IllegalArgumentException.class, () -> new CosineIndex(uneven)).getMessage()
                .contains("of b has 2 numbers"));
        assertThrows(IllegalArgumentException.class, () -> new CosineIndex(Map.of("a", new float[] {Float.NaN})));
        CosineIndex index = new CosineIndex(random(3, 4));
        assertThrows(IllegalArgumentException.class, () -> index.search(new float[3], 1));
        assertThrows(IllegalArgumentException.class, () -> index.search(new float[4], 0));
        assertThrows(IllegalArgumentException.class, () -> index.descriptor("x"));
    }
}
