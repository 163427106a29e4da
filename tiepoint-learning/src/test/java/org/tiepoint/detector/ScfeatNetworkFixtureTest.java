package org.tiepoint.detector;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tiepoint.feature.KeypointSelection;
import org.tiepoint.feature.Keypoints;
import org.tiepoint.feature.ScoreMap;
import org.tiepoint.network.Encoder;
import org.tiepoint.network.FeatureBackbone;
import org.tiepoint.network.FeatureMaps;
import org.tiepoint.network.FusionMaps;
import org.tiepoint.network.FusionNetwork;
import org.tiepoint.tensor.Device;
import org.tiepoint.tensor.NoGradient;
import org.tiepoint.tensor.Tensor;
import org.tiepoint.tensor.TensorScope;
import org.tiepoint.testing.Fixture;
import org.tiepoint.testing.RuleParameters;
import org.tiepoint.testing.SharedFiles;

class ScfeatNetworkFixtureTest {
    @Test
    void reproducesEveryMapAndTheScores() throws IOException {
        Fixture fixture = Fixture.read("scfeat_network.safetensors");
        Encoder encoder = Encoder.valueOf(fixture.metadata().get("encoder").toUpperCase(Locale.ROOT));
        int dimension = (int) fixture.stored("local_map").shape()[1];
        int channels = dimension + FeatureBackbone.SHALLOW_CHANNELS;
        try (TensorScope scope = new TensorScope();
                NoGradient noGradient = new NoGradient();
                FusionNetwork network = new FusionNetwork(
                        new FusionNetwork.Options(encoder, dimension, 512, 256, false), 1, Device.CPU);
                ScoreNetwork detector = new ScoreNetwork(ScoreNetwork.Options.defaults(channels), 1, Device.CPU)) {
            assign(network.parameters().all(), fixture);
            assign(detector.parameters().all(), fixture);
            Tensor image = fixture.tensor("image");
            FusionMaps maps = network.apply(image, false);
            fixture.assertReproduced("global_map", maps.deep(), Fixture.TOLERANCE);
            fixture.assertReproduced("local_map_first", maps.shallow(), Fixture.TOLERANCE);
            fixture.assertReproduced("desc_map", maps.fused(), Fixture.TOLERANCE);
            fixture.assertReproduced("local_map", maps.descriptors(), Fixture.TOLERANCE);
            fixture.assertReproduced("peakiness_features",
                    Peakiness.of(Tensor.concatenate(1, maps.descriptors(), maps.shallow())), Fixture.TOLERANCE);
            fixture.assertReproduced("peakiness_image", Peakiness.of(image), Fixture.TOLERANCE);
            fixture.assertReproduced("score_map", detector.apply(new FeatureMaps(maps.descriptors(), maps.shallow()),
                    image), Fixture.TOLERANCE);
        }
    }

    /** From the fixture's own scores, so that rounding changes no order. */
    @Test
    void reproducesTheKeypoints() throws IOException {
        Fixture fixture = Fixture.read("scfeat_network.safetensors");
        long[] shape = fixture.stored("score_map").shape();
        int height = (int) shape[2];
        int width = (int) shape[3];
        int count = (int) fixture.stored("keypoint_scores").shape()[1];
        KeypointSelection.Options options = new KeypointSelection.Options(fixture.integer("nms_radius"),
                KeypointSelection.Options.defaults().minimumScore());
        try (TensorScope scope = new TensorScope()) {
            for (int image = 0; image < shape[0]; image++) {
                float[] scores = fixture.tensor("score_map").select(0, image).toFloats();
                Keypoints found = KeypointSelection.select(new ScoreMap(width, height, scores), count, options);
                assertTrue(found.count() > 0 && found.count() <= count);
                // the released code fills up a list of fewer than 128 local maxima with other places
                double[] expected = fixture.tensor("keypoints_normalized").select(0, image)
                        .narrow(0, 0, found.count()).toDoubles();
                double[] xy = new double[expected.length];
                for (int i = 0; i < xy.length; i++) {
                    xy[i] = 2 * found.xy()[i] / ((i % 2 == 0 ? width : height) - 1.0) - 1;
                }
                Fixture.assertClose("keypoints", expected, xy, Fixture.TOLERANCE);
                float[] expectedScores = fixture.tensor("keypoint_scores").select(0, image)
                        .narrow(0, 0, found.count()).toFloats();
                assertArrayEquals(expectedScores, found.scores(), 1e-6f);
                assertTrue(found.count() == count || count == 128, "128 are filled up, got " + found.count());
            }
        }
    }

    @Test
    void hasTheNamesAndShapesOfTheReleasedNetworks() throws IOException {
        JsonNode released = new ObjectMapper().readTree(SharedFiles.fixture("scfeat_parameters.json").toFile());
        try (TensorScope scope = new TensorScope();
                FusionNetwork network = new FusionNetwork(FusionNetwork.Options.defaults(), 1, Device.CPU);
                ScoreNetwork detector = new ScoreNetwork(ScoreNetwork.Options.defaults(192), 1, Device.CPU)) {
            assertNames(released.get("descriptor"), network.parameters().all());
            assertNames(released.get("detector"), detector.parameters().all());
        }
    }

    private static void assertNames(JsonNode released, Map<String, Tensor> tensors) {
        List<String> names = new ArrayList<>();
        released.fieldNames().forEachRemaining(name -> {
            if (!name.endsWith("num_batches_tracked")) {
                names.add(name);
            }
        });
        assertEquals(names.stream().sorted().toList(), tensors.keySet().stream().sorted().toList());
        tensors.forEach((name, tensor) -> {
            long[] shape = new long[released.get(name).size()];
            for (int i = 0; i < shape.length; i++) {
                shape[i] = released.get(name).get(i).asLong();
            }
            assertArrayEquals(shape, tensor.shape(), name);
        });
    }

    /** The rule's values, but for the numbers that the fixture's metadata give. */
    private static void assign(Map<String, Tensor> tensors, Fixture fixture) {
        String[] shares = fixture.metadata().get("fuse_weights").split(" ")[0].split(",");
        tensors.forEach((name, tensor) -> {
            Tensor value = switch (name) {
                case "fuse_weight_fusion_1" -> Tensor.full(Double.parseDouble(shares[0]), 1);
                case "fuse_weight_fusion_2" -> Tensor.full(Double.parseDouble(shares[1]), 1);
                case "relu.weight" -> Tensor.full(fixture.number("prelu"), 1);
                default -> RuleParameters.of(name, tensor.shape());
            };
            tensor.assign(value);
        });
    }
}
