package org.tiepoint.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tiepoint.tensor.Device;
import org.tiepoint.tensor.NoGradient;
import org.tiepoint.tensor.Tensor;
import org.tiepoint.tensor.TensorScope;

/** What every backbone of one map keeps to. */
class LocalBackboneTest {
    static Stream<LocalBackbone> backbones() {
        return Stream.of(new PatchNet(new PatchNet.Options(16, 4), 1, Device.CPU),
                new FineBackbone(new ResUNet.Options(Encoder.RESNET18, 4, 16, 12, 10, false), 1, Device.CPU),
                new FusionNetwork(new FusionNetwork.Options(Encoder.RESNET18, 32, 32, 32, false), 1, Device.CPU));
    }

    private static Tensor noise(long... shape) {
        float[] values = new float[(int) (shape[0] * shape[1] * shape[2] * shape[3])];
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (random.nextDouble() * 4 - 2);
        }
        return Tensor.of(values, shape);
    }

    @ParameterizedTest
    @MethodSource("backbones")
    void theMapHasTheDimensionAndTheStride(LocalBackbone backbone) {
        try (backbone; TensorScope scope = new TensorScope(); NoGradient noGradient = new NoGradient()) {
            Tensor map = backbone.describe(noise(2, 3, 48, 64), false);
            assertArrayEquals(new long[] {2, backbone.dimension(), 48 / backbone.stride(), 64 / backbone.stride()},
                    map.shape());
            assertTrue(map.isFinite());
        }
    }

    @ParameterizedTest
    @MethodSource("backbones")
    void trainingReachesEveryParameterButTheCoarseHead(LocalBackbone backbone) {
        try (backbone; TensorScope scope = new TensorScope()) {
            backbone.describe(noise(2, 3, 32, 48), true).mul(noise(2, backbone.dimension(), 32 / backbone.stride(),
                    48 / backbone.stride())).sum().backward();
            backbone.parameters().learned().forEach((name, tensor) ->
                    assertEquals(!name.startsWith("conv_coarse"), tensor.gradient().isPresent(), name));
        }
    }

    @ParameterizedTest
    @MethodSource("backbones")
    void evaluationLeavesTheStatisticsAndTrainingMovesThem(LocalBackbone backbone) {
        try (backbone; TensorScope scope = new TensorScope(); NoGradient noGradient = new NoGradient()) {
            String name = backbone.parameters().buffers().keySet().iterator().next();
            float[] before = backbone.parameters().buffers().get(name).toFloats();
            backbone.describe(noise(2, 3, 32, 48), false);
            assertArrayEquals(before, backbone.parameters().buffers().get(name).toFloats());
            backbone.describe(noise(2, 3, 32, 48), true);
            assertFalse(Arrays.equals(before, backbone.parameters().buffers().get(name).toFloats()));
        }
    }

    /** Dilation keeps the map in place: a dot in the image changes descriptors evenly to all sides. */
    @Test
    void thePatchNetSeesEvenlyAroundAPixel() {
        try (TensorScope scope = new TensorScope();
                NoGradient noGradient = new NoGradient();
                PatchNet network = new PatchNet(new PatchNet.Options(16, 4), 1, Device.CPU)) {
            int size = 101;
            float[] dot = new float[3 * size * size];
            Arrays.fill(dot, 50 * size + 50, 50 * size + 51, 5);
            float[] change = network.describe(Tensor.of(dot, 1, 3, size, size), false)
                    .sub(network.describe(Tensor.zeros(1, 3, size, size), false)).norm(1).toFloats();
            int left = size;
            int right = 0;
            for (int i = 0; i < change.length; i++) {
                if (change[i] > 0) {
                    left = Math.min(left, i % size);
                    right = Math.max(right, i % size);
                }
            }
            assertEquals(50 - left, right - 50, "reaches from " + left + " to " + right);
            assertTrue(right - left > 30, "reaches from " + left + " to " + right);
        }
    }

    @Test
    void impossibleWidthsAreRefused() {
        assertEquals("dimension is 0: it must be 1 to 1024",
                assertThrows(IllegalArgumentException.class, () -> new PatchNet.Options(0, 32)).getMessage());
        assertThrows(IllegalArgumentException.class, () -> new PatchNet.Options(128, 257));
    }
}
