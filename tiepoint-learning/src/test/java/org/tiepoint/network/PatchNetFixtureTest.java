package org.tiepoint.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tiepoint.tensor.Device;
import org.tiepoint.tensor.NoGradient;
import org.tiepoint.tensor.Tensor;
import org.tiepoint.tensor.TensorScope;
import org.tiepoint.testing.Fixture;
import org.tiepoint.testing.RuleParameters;
import org.tiepoint.testing.SharedFiles;

class PatchNetFixtureTest {
    @Test
    void reproducesTheDescriptorMap() throws IOException {
        Fixture fixture = Fixture.read("hndesc_patchnet.safetensors");
        int dimension = (int) fixture.stored("descriptor_map").shape()[1];
        try (TensorScope scope = new TensorScope();
                NoGradient noGradient = new NoGradient();
                PatchNet network = new PatchNet(new PatchNet.Options(dimension, 32), 1, Device.CPU)) {
            network.parameters().all().forEach((name, tensor) ->
                    tensor.assign(RuleParameters.of(name, tensor.shape())));
            Tensor map = network.describe(fixture.tensor("image"), false);
            fixture.assertReproduced("descriptor_map", map, Fixture.TOLERANCE);
        }
    }

    @Test
    void hasTheNamesAndShapesOfTheReleasedCheckpoints() throws IOException {
        JsonNode released = new ObjectMapper()
                .readTree(SharedFiles.fixture("hndesc_patchnet_parameters.json").toFile());
        List<String> names = new ArrayList<>();
        released.fieldNames().forEachRemaining(name -> {
            if (!name.endsWith("num_batches_tracked")) {
                names.add(name);
            }
        });
        try (TensorScope scope = new TensorScope();
                PatchNet network = new PatchNet(PatchNet.Options.defaults(), 1, Device.CPU)) {
            assertEquals(names, List.copyOf(network.parameters().all().keySet()));
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
