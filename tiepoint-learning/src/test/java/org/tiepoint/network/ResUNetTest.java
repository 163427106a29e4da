package org.tiepoint.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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

class ResUNetTest {
    private static final ResUNet.Options TINY = new ResUNet.Options(Encoder.RESNET18, 16, 8, 12, 10, false);

    /** torchvision's published parameter counts, less those of layer 4 and of the classifier. */
    @ParameterizedTest
    @CsvSource({
        "RESNET18, 11689512, 8393728, 513000",
        "RESNET34, 21797672, 13114368, 513000",
        "RESNET50, 25557032, 14964736, 2049000",
        "RESNET101, 44549160, 14964736, 2049000",
        "RESNET152, 60192808, 14964736, 2049000"
    })
    void encodersHaveTheParametersOfTheResNets(Encoder encoder, long all, long layer4, long classifier) {
        try (ResUNet network = new ResUNet(new ResUNet.Options(encoder, 16, 8, 12, 10, false), 1, Device.CPU)) {
            long count = network.parameters().learned().entrySet().stream().filter(e -> ResUNet.isEncoder(e.getKey()))
                    .mapToLong(e -> e.getValue().count()).sum();
            assertEquals(all - layer4 - classifier, count);
        }
    }

    @Test
    void decoderHasTheWidthsOfTheOptions() {
        try (TensorScope scope = new TensorScope(); ResUNet network = new ResUNet(TINY, 1, Device.CPU)) {
            Map<String, Tensor> learned = network.parameters().learned();
            assertArrayEquals(new long[] {16, 256, 1, 1}, learned.get("conv_coarse.conv.weight").shape());
            assertArrayEquals(new long[] {12, 256, 3, 3}, learned.get("upconv3.conv.conv.weight").shape());
            assertArrayEquals(new long[] {12, 128 + 12, 3, 3}, learned.get("iconv3.conv.weight").shape());
            assertArrayEquals(new long[] {10, 12, 3, 3}, learned.get("upconv2.conv.conv.weight").shape());
            assertArrayEquals(new long[] {10, 64 + 10, 3, 3}, learned.get("iconv2.conv.weight").shape());
            assertArrayEquals(new long[] {8, 10, 1, 1}, learned.get("conv_fine.conv.weight").shape());
            assertEquals(24, network.dimension());
        }
    }

    @ParameterizedTest
    @CsvSource({"16, 16", "17, 31", "33, 50", "64, 49", "95, 16"})
    void anySizeFromSixteenOnGivesMaps(int width, int height) {
        try (TensorScope scope = new TensorScope();
                NoGradient noGradient = new NoGradient();
                ResUNet network = new ResUNet(TINY, 1, Device.CPU)) {
            DescriptorMaps maps = network.apply(noise(2, height, width, 5), false);
            long rows = (height + 15) / 16;
            long columns = (width + 15) / 16;
            assertArrayEquals(new long[] {2, 16, rows, columns}, maps.coarse().shape());
            assertArrayEquals(new long[] {2, 8, 4 * rows, 4 * columns}, maps.fine().shape());
            assertTrue(maps.coarse().isFinite() && maps.fine().isFinite());
        }
    }

    /** In evaluation the other pictures of a batch change nothing, in training they do. */
    @Test
    void onlyTrainingLooksAtTheBatch() {
        try (TensorScope scope = new TensorScope();
                NoGradient noGradient = new NoGradient();
                ResUNet network = new ResUNet(TINY, 1, Device.CPU)) {
            Tensor one = noise(1, 32, 32, 5);
            Tensor two = Tensor.concatenate(0, one, noise(1, 32, 32, 6));
            float[] alone = network.apply(one, false).fine().toFloats();
            assertArrayEquals(alone, network.apply(two, false).fine().narrow(0, 0, 1).toFloats(), 1e-4f);
            float[] mean = network.parameters().buffers().get("firstbn.running_mean").toFloats();
            float[] together = network.apply(two, true).fine().narrow(0, 0, 1).toFloats();
            double departure = 0;
            for (int i = 0; i < alone.length; i++) {
                departure = Math.max(departure, Math.abs(together[i] - alone[i]));
            }
            assertTrue(departure > 0.01);
            assertFalse(Arrays.equals(mean,
                    network.parameters().buffers().get("firstbn.running_mean").toFloats()));
        }
    }

    @Test
    void frozenEncoderStatisticsStay() {
        ResUNet.Options frozen = new ResUNet.Options(Encoder.RESNET18, 16, 8, 12, 10, true);
        try (TensorScope scope = new TensorScope();
                NoGradient noGradient = new NoGradient();
                ResUNet network = new ResUNet(frozen, 1, Device.CPU)) {
            network.apply(noise(2, 32, 32, 5), true);
            network.parameters().buffers().forEach((name, buffer) -> {
                double initial = name.endsWith("running_var") ? 1 : 0;
                boolean moved = buffer.add(-initial).abs().sum().item() > 0;
                assertEquals(!ResUNet.isEncoder(name), moved, name);
            });
        }
    }

    @Test
    void initialValuesFollowTheSeed() {
        try (TensorScope scope = new TensorScope();
                ResUNet network = new ResUNet(TINY, 7, Device.CPU);
                ResUNet same = new ResUNet(TINY, 7, Device.CPU);
                ResUNet other = new ResUNet(TINY, 8, Device.CPU)) {
            network.parameters().learned().forEach((name, tensor) -> {
                assertArrayEquals(tensor.toFloats(), same.parameters().learned().get(name).toFloats(), name);
                boolean drawn = name.contains("conv") && !name.contains(".bn.") || name.contains("downsample.0");
                boolean equal = tensor.sub(other.parameters().learned().get(name)).abs().sum().item() == 0;
                assertEquals(!drawn, equal, name);
            });
            // normal, by fan-out
            Tensor encoder = network.parameters().learned().get("layer3.1.conv2.weight");
            double variance = encoder.square().mean().item();
            assertEquals(2.0 / (256 * 9), variance, 0.02 * variance);
            assertEquals(0, encoder.mean().item(), 0.01 * Math.sqrt(variance));
            // even, by fan-in
            Tensor decoder = network.parameters().learned().get("upconv3.conv.conv.weight");
            double bound = 1 / Math.sqrt(256 * 9);
            assertEquals(bound * bound / 3, decoder.square().mean().item(), 0.02 * bound * bound / 3);
            assertEquals(0, decoder.abs().add(-bound).relu().sum().item(), 1e-6);
        }
    }

    @Test
    void optionsAreChecked() {
        assertEquals("decoderWidth8 is 0: it must be 1 to 1024", assertThrows(IllegalArgumentException.class,
                () -> new ResUNet.Options(Encoder.RESNET18, 16, 8, 0, 10, false)).getMessage());
        assertThrows(IllegalArgumentException.class,
                () -> new ResUNet.Options(Encoder.RESNET18, 2000, 8, 12, 10, false));
        assertEquals(256, ResUNet.Options.defaults().coarseDimension() + ResUNet.Options.defaults().fineDimension());
    }

    private static Tensor noise(int batch, int height, int width, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[batch * 3 * height * width];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (4 * random.nextDouble() - 2);
        }
        return Tensor.of(values, batch, 3, height, width);
    }
}
