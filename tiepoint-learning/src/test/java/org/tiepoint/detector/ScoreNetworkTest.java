package org.tiepoint.detector;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.tiepoint.network.FeatureMaps;
import org.tiepoint.tensor.Device;
import org.tiepoint.tensor.Tensor;
import org.tiepoint.tensor.TensorScope;

class ScoreNetworkTest {
    private static final ScoreNetwork.Options TINY = new ScoreNetwork.Options(5, 6, 4, 3, true);

    @Test
    void everyParameterLearnsAndTheMapsDoNot() {
        try (TensorScope scope = new TensorScope(); ScoreNetwork network = new ScoreNetwork(TINY, 1, Device.CPU)) {
            Tensor descriptors = noise(1, 2, 3, 4, 8).requireGradient(true);
            Tensor shallow = noise(2, 2, 2, 4, 8).requireGradient(true);
            Tensor scores = network.apply(new FeatureMaps(descriptors, shallow), noise(3, 2, 3, 16, 32));
            assertArrayEquals(new long[] {2, 1, 16, 32}, scores.shape());
            assertTrue(scores.isFinite());
            assertEquals(0, scores.lessThan(1e-9).sum().item());
            scores.mul(noise(4, 2, 1, 16, 32)).sum().backward();
            network.parameters().learned().forEach((name, tensor) -> assertTrue(tensor.gradient().isPresent(), name));
            assertTrue(descriptors.gradient().isEmpty() && shallow.gradient().isEmpty());
        }
    }

    @Test
    void withoutPeakinessTheSameWeightsScoreOtherwise() {
        ScoreNetwork.Options plain = new ScoreNetwork.Options(5, 6, 4, 3, false);
        try (TensorScope scope = new TensorScope();
                ScoreNetwork network = new ScoreNetwork(TINY, 1, Device.CPU);
                ScoreNetwork other = new ScoreNetwork(plain, 1, Device.CPU)) {
            FeatureMaps maps = new FeatureMaps(noise(1, 1, 3, 4, 4), noise(2, 1, 2, 4, 4));
            Tensor image = noise(3, 1, 3, 16, 16);
            float[] with = network.apply(maps, image).toFloats();
            float[] without = other.apply(maps, image).toFloats();
            assertFalse(Arrays.equals(with, without));
        }
    }

    @Test
    void mapsOfUnequalSizesAreRefused() {
        try (TensorScope scope = new TensorScope(); ScoreNetwork network = new ScoreNetwork(TINY, 1, Device.CPU)) {
            assertEquals("an image of 20x16 gives maps of unequal sizes, Tensor[1, 3, 4, 8] and Tensor[1, 2, 4, 5]: "
                    + "pad images to multiples of 16", assertThrows(IllegalArgumentException.class,
                            () -> network.apply(new FeatureMaps(noise(1, 1, 3, 4, 8), noise(2, 1, 2, 4, 5)),
                                    noise(3, 1, 3, 16, 20)))
                    .getMessage());
        }
    }

    @Test
    void optionsAreChecked() {
        assertEquals(new ScoreNetwork.Options(192, 192, 64, 128, true), ScoreNetwork.Options.defaults(192));
        assertEquals("jointWidth is 0: it must be 1 to 2048", assertThrows(IllegalArgumentException.class,
                () -> new ScoreNetwork.Options(5, 6, 4, 0, true)).getMessage());
    }

    private static Tensor noise(long seed, long... shape) {
        long count = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        return Tensor.of(new SplittableRandom(seed).doubles(count, -2, 2).toArray(), shape).like(Tensor.zeros(1));
    }
}
