package org.tiepoint.retrieval;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tiepoint.feature.Features;
import org.tiepoint.feature.Keypoints;

class VladTest {
    private static Features features(int dimension, float... descriptors) {
        return new Features(Keypoints.ofPositions(new float[2 * (descriptors.length / dimension)]), dimension,
                descriptors);
    }

    /** Descriptors near the corners of a cube; each image leans its own way from them. */
    private static Features image(int lean, long seed) {
        Random random = new Random(seed);
        Random direction = new Random(lean);
        float[][] away = new float[8][3];
        for (float[] offset : away) {
            for (int k = 0; k < 3; k++) {
                offset[k] = (float) direction.nextGaussian();
            }
        }
        float[] descriptors = new float[3 * 200];
        for (int i = 0; i < 200; i++) {
            int corner = random.nextInt(8);
            for (int k = 0; k < 3; k++) {
                descriptors[3 * i + k] = 10 * (corner >> k & 1) + away[corner][k] + 0.3f * (float) random.nextGaussian();
            }
        }
        return features(3, descriptors);
    }

    @Test
    void sumsDifferencesToTheNearestCentreScaledEachAndAll() {
        // the two centres are the two descriptors that training sees
        Vlad vlad = Vlad.train(List.of(features(2, 0, 0, 10, 0)), new Vlad.Options(2, 2, 5, 1));
        float[] got = vlad.aggregate(features(2, 3, 0, 1, 0, 10, -2));
        float half = (float) Math.sqrt(0.5);
        boolean zeroFirst = got[0] != 0;
        assertArrayEquals(zeroFirst ? new float[] {half, 0, 0, -half} : new float[] {0, -half, half, 0}, got, 1e-6f);
    }

    @Test
    void photosOfOnePlaceAreNearest() {
        List<Features> images = IntStream.range(0, 12).mapToObj(i -> image(i / 2, i)).toList();
        Vlad vlad = Vlad.train(images, new Vlad.Options(8, 2000, 10, 0));
        Map<String, float[]> all = new LinkedHashMap<>();
        for (int i = 0; i < 12; i++) {
            all.put("i" + i, vlad.aggregate(images.get(i)));
        }
        for (CosineIndex.Ranking ranking : new CosineIndex(all).rankings(2)) {
            int i = Integer.parseInt(ranking.name().substring(1));
            assertEquals("i" + i, ranking.hits().get(0).name());
            assertEquals("i" + (i ^ 1), ranking.hits().get(1).name());
        }
    }

    @Test
    void theSameSeedGivesTheSame() {
        List<Features> images = List.of(image(1, 1), image(2, 2));
        Vlad.Options options = new Vlad.Options(8, 100, 10, 4);
        assertArrayEquals(Vlad.train(images, options).aggregate(images.get(0)),
                Vlad.train(images, options).aggregate(images.get(0)));
    }

    @Test
    void noKeyPointsGiveZeros() {
        Vlad vlad = Vlad.train(List.of(image(1, 1)), new Vlad.Options(8, 100, 10, 4));
        assertArrayEquals(new float[24], vlad.aggregate(features(3)));
        assertEquals(24, vlad.dimension());
    }

    @Test
    void fewDescriptorsGiveFewCentres() {
        assertEquals(6, Vlad.train(List.of(features(3, 1, 2, 3, 4, 5, 6)), Vlad.Options.defaults()).dimension());
        assertThrows(IllegalArgumentException.class, () -> Vlad.train(List.of(), Vlad.Options.defaults()));
        assertThrows(IllegalArgumentException.class,
                () -> Vlad.train(List.of(features(2, 1, 2), features(1, 1)), Vlad.Options.defaults()));
    }
}
