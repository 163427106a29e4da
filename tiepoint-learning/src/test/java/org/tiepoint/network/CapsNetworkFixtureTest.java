package org.tiepoint.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.tiepoint.tensor.Device;
import org.tiepoint.tensor.NoGradient;
import org.tiepoint.tensor.Tensor;
import org.tiepoint.tensor.TensorScope;
import org.tiepoint.testing.Fixture;
import org.tiepoint.testing.RuleParameters;
import org.tiepoint.testing.SharedFiles;

class CapsNetworkFixtureTest {
    @Test
    void reproducesBothModesAndTheRunningStatistics() throws IOException {
        Fixture fixture = Fixture.read("caps_resunet50.safetensors");
        Encoder encoder = Encoder.valueOf(fixture.metadata().get("encoder").toUpperCase(Locale.ROOT));
        ResUNet.Options options = new ResUNet.Options(encoder, 128, 128, 512, 256, false);
        try (TensorScope scope = new TensorScope();
                NoGradient noGradient = new NoGradient();
                ResUNet network = new ResUNet(options, 1, Device.CPU)) {
            network.parameters().all().forEach((name, tensor) ->
                    tensor.assign(RuleParameters.of(name, tensor.shape())));
            Tensor image = fixture.tensor("image");
            DescriptorMaps evaluated = network.apply(image, false);
            fixture.assertReproduced("coarse_eval", evaluated.coarse(), Fixture.TOLERANCE);
            fixture.assertReproduced("fine_eval", evaluated.fine(), Fixture.TOLERANCE);
            DescriptorMaps trained = network.apply(image, true);
            fixture.assertReproduced("bn1_running_mean_after_train",
                    network.parameters().buffers().get("firstbn.running_mean"), Fixture.TOLERANCE);
            fixture.assertReproduced("iconv2_running_var_after_train",
                    network.parameters().buffers().get("iconv2.bn.running_var"), Fixture.TOLERANCE);
            DescriptorMaps disturbed = network.apply(disturbedByRounding(image), true);
            assertWithinRounding(fixture, "coarse_train", trained.coarse(), disturbed.coarse());
            assertWithinRounding(fixture, "fine_train", trained.fine(), disturbed.fine());
        }
    }

    /** The image with every value moved by up to 3e-7 of itself: what float32 rounding does. */
    private static Tensor disturbedByRounding(Tensor image) {
        float[] values = image.toFloats();
        for (int i = 0; i < values.length; i++) {
            values[i] *= 1 + 1e-7f * (i % 7 - 3);
        }
        return Tensor.of(values, image.shape());
    }

    /**
     * With the rule's parameters the batch statistics of some channels are all but constant, and dividing by them
     * magnifies rounding: a disturbance of 1e-7 in the image moves the coarse map by up to 7 %, and libtorch with and
     * without oneDNN differs as much. So the mean departure may be three times that of the disturbance.
     */
    private static void assertWithinRounding(Fixture fixture, String name, Tensor actual, Tensor disturbed) {
        double[] expected = fixture.stored(name).toDoubles();
        double[] got = actual.toDoubles();
        double rounding = meanDistance(got, disturbed.toDoubles());
        double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
        double limit = Math.max(Fixture.TOLERANCE * largest, 3 * rounding);
        assertTrue(limit < 0.03 * largest, name + ": rounding alone moves the map by " + rounding);
        assertTrue(meanDistance(expected, got) < limit, name + ": " + meanDistance(expected, got) + " over " + limit);
    }

    private static double meanDistance(double[] a, double[] b) {
        assertEquals(a.length, b.length);
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += Math.abs(a[i] - b[i]);
        }
        return sum / a.length;
    }

    @Test
    void hasTheNamesAndShapesOfTheReleasedCheckpoints() throws IOException {
        JsonNode released = new ObjectMapper()
                .readTree(SharedFiles.fixture("caps_resunet50_parameters.json").toFile());
        List<String> names = new ArrayList<>();
        released.fieldNames().forEachRemaining(name -> {
            if (!name.endsWith("num_batches_tracked")) {
                names.add(name);
            }
        });
        try (TensorScope scope = new TensorScope();
                ResUNet network = new ResUNet(ResUNet.Options.defaults(), 1, Device.CPU)) {
            assertEquals(names.stream().sorted().toList(),
                    network.parameters().all().keySet().stream().sorted().toList());
            network.parameters().all().forEach((name, tensor) -> {
                long[] shape = new long[released.get(name).size()];
                for (int i = 0; i < shape.length; i++) {
                    shape[i] = released.get(name).get(i).asLong();
                }
                assertArrayEquals(shape, tensor.shape(), name);
            });
        }
    }
}
