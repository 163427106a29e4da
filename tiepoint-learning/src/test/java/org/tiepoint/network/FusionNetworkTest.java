package org.tiepoint.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tiepoint.tensor.Device;
import org.tiepoint.tensor.NoGradient;
import org.tiepoint.tensor.Tensor;
import org.tiepoint.tensor.TensorScope;

class FusionNetworkTest {
    private static final FusionNetwork.Options TINY = new FusionNetwork.Options(Encoder.RESNET18, 32, 64, 32, false);

    @Test
    void theSmallerEncoderFitsToo() {
        try (TensorScope scope = new TensorScope(); FusionNetwork network = new FusionNetwork(TINY, 1, Device.CPU)) {
            Map<String, Tensor> learned = network.parameters().learned();
            assertArrayEquals(new long[] {64, 256, 3, 3}, learned.get("upconv3.conv.conv.weight").shape());
            assertArrayEquals(new long[] {32, 256, 3, 3}, learned.get("side3.conv.conv.weight").shape());
            assertArrayEquals(new long[] {32, 96, 1, 1}, learned.get("fusion_conv.weight").shape());
            assertEquals(0.7, learned.get("fuse_weight_fusion_1").item(), 1e-7);
            FusionMaps maps = network.apply(noise(2, 48, 64), true);
            assertArrayEquals(new long[] {2, 32, 12, 16}, maps.descriptors().shape());
            assertArrayEquals(new long[] {2, 32, 12, 16}, maps.fused().shape());
            assertArrayEquals(new long[] {2, 256, 3, 4}, maps.deep().shape());
            assertArrayEquals(new long[] {2, 64, 12, 16}, maps.shallow().shape());
            maps.descriptors().square().mean().backward();
            learned.forEach((name, tensor) -> assertTrue(
                    tensor.gradient().isPresent() && tensor.gradient().get().isFinite(), name));
        }
    }

    @ParameterizedTest
    @CsvSource({"16, 16", "17, 31", "33, 50", "95, 16"})
    void anySizeFromSixteenOnGivesMaps(int width, int height) {
        try (TensorScope scope = new TensorScope();
                NoGradient noGradient = new NoGradient();
                FusionNetwork network = new FusionNetwork(TINY, 1, Device.CPU)) {
            Tensor map = network.apply(noise(1, height, width), false).descriptors();
            assertArrayEquals(new long[] {1, 32, (height + 15) / 16 * 4, (width + 15) / 16 * 4}, map.shape());
            assertTrue(map.isFinite());
        }
    }

    /** Only the encoder has running statistics; frozen, training changes none and the maps do not depend on the batch. */
    @Test
    void frozenStatisticsMakeTrainingIndependentOfTheBatch() {
        FusionNetwork.Options frozen = new FusionNetwork.Options(Encoder.RESNET18, 32, 64, 32, true);
        try (TensorScope scope = new TensorScope();
                NoGradient noGradient = new NoGradient();
                FusionNetwork network = new FusionNetwork(frozen, 1, Device.CPU)) {
            assertTrue(network.parameters().buffers().keySet().stream().allMatch(ResUNet::isEncoder));
            Tensor two = noise(2, 32, 32);
            float[] together = network.apply(two, true).descriptors().narrow(0, 0, 1).toFloats();
            float[] alone = network.apply(two.narrow(0, 0, 1), false).descriptors().toFloats();
            assertArrayEquals(alone, together, 1e-3f);
            network.parameters().buffers().forEach((name, buffer) -> assertEquals(0,
                    buffer.add(name.endsWith("running_var") ? -1 : 0).abs().sum().item(), name));
        }
    }

    /** a P(x) + b C(x), worked out by hand. */
    @Test
    void theBridgeMixesBothNormalisations() {
        SplittableRandom random = new SplittableRandom(3);
        int channels = 4;
        int size = 6;
        double[] x = random.doubles((long) channels * size).toArray();
        try (TensorScope scope = new TensorScope();
                NoGradient noGradient = new NoGradient();
                Parameters parameters = new Parameters(1, Device.CPU)) {
            CouplingBridge bridge = new CouplingBridge(parameters);
            Map<String, Tensor> learned = parameters.learned();
            learned.get("fuse_weight_fusion_1").assign(Tensor.full(1, 1));
            learned.get("fuse_weight_fusion_2").assign(Tensor.full(3, 1));
            // scale 2 and shift 0.5 wherever the mean is anything
            learned.get("fusion_pn.conv1.weight").assign(Tensor.zeros(1, 1, 7, 7));
            learned.get("fusion_pn.conv1.bias").assign(Tensor.full(2, 1));
            learned.get("fusion_pn.conv2.weight").assign(Tensor.zeros(1, 1, 7, 7));
            learned.get("fusion_pn.conv2.bias").assign(Tensor.full(0.5, 1));
            float[] actual = bridge.apply(Tensor.of(x, 1, channels, 2, 3).like(Tensor.zeros(1))).toFloats();
            for (int c = 0; c < channels; c++) {
                for (int i = 0; i < size; i++) {
                    double[] column = new double[channels];
                    for (int k = 0; k < channels; k++) {
                        column[k] = x[k * size + i];
                    }
                    double[] row = Arrays.copyOfRange(x, c * size, (c + 1) * size);
                    double value = x[c * size + i];
                    double overChannels = 2 * (value - mean(column))
                            / Math.sqrt(squares(column) / (channels - 1) + 1e-5) + 0.5;
                    double overPositions = (value - mean(row)) / Math.sqrt(squares(row) / size + 1e-5);
                    assertEquals(0.25 * overChannels + 0.75 * overPositions, actual[c * size + i], 1e-5);
                }
            }
        }
    }

    @Test
    void optionsAreChecked() {
        assertEquals("dimension is 100: it must be a multiple of 32, 32 to 1024", assertThrows(
                IllegalArgumentException.class,
                () -> new FusionNetwork.Options(Encoder.RESNET18, 100, 64, 32, false)).getMessage());
        assertThrows(IllegalArgumentException.class,
                () -> new FusionNetwork.Options(Encoder.RESNET18, 32, 0, 32, false));
        assertThrows(IllegalArgumentException.class,
                () -> new FusionNetwork.Options(Encoder.RESNET18, 32, 64, 2048, false));
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    /** The sum of squared departures from the mean. */
    private static double squares(double[] values) {
        double mean = mean(values);
        return Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    }

    private static Tensor noise(int batch, int height, int width) {
        double[] values = new SplittableRandom(5).doubles((long) batch * 3 * height * width, -2, 2).toArray();
        return Tensor.of(values, batch, 3, height, width).like(Tensor.zeros(1));
    }
}
