package org.tiepoint.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tiepoint.testing.SharedFiles;

/** The same small training checkpoint in PyTorch's two file formats, against the values PyTorch itself read. */
class CheckpointFixtureTest {
    @ParameterizedTest
    @ValueSource(strings = {"checkpoint_legacy.pth", "checkpoint_zip.pth"})
    void readsTheStateDict(String name) throws IOException {
        SafeTensors expected = SafeTensors.read(SharedFiles.fixture("checkpoint_expected.safetensors"));
        Map<String, StoredTensor> actual = PyTorchCheckpoint.read(SharedFiles.fixture(name)).stateDict();
        assertEquals(List.copyOf(expected.tensors().keySet()), List.copyOf(actual.keySet()));
        expected.tensors().forEach((key, tensor) -> {
            StoredTensor read = actual.get(key);
            assertArrayEquals(tensor.shape(), read.shape(), key);
            if (tensor.dtype().isFloating()) {
                assertArrayEquals(tensor.toFloats(), read.toFloats(), key);
            } else {
                assertArrayEquals(tensor.toLongs(), read.toLongs(), key);
            }
        });
        Map<String, StoredTensor> network = PyTorchCheckpoint.withoutPrefix(actual, "net.");
        assertFalse(network.keySet().stream().anyMatch(k -> k.startsWith("net.")));
        assertEquals(actual.size(), network.size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"checkpoint_legacy.pth", "checkpoint_zip.pth"})
    void readsStepOptimizerAndScheduler(String name) throws IOException {
        SafeTensors expected = SafeTensors.read(SharedFiles.fixture("checkpoint_expected.safetensors"));
        PyTorchCheckpoint actual = PyTorchCheckpoint.read(SharedFiles.fixture(name));
        assertEquals(Long.parseLong(expected.metadata().get("step")), actual.step().orElseThrow());
        assertEquals(Double.parseDouble(expected.metadata().get("optimizer_lr")),
                actual.at("optimizer", "param_groups", 0, "lr").orElseThrow());
        assertInstanceOf(Long.class, actual.at("scheduler", "last_epoch").orElseThrow());
        StoredTensor moment = (StoredTensor) actual.at("optimizer", "state", 0, "exp_avg").orElseThrow();
        StoredTensor weight = actual.stateDict().values().iterator().next();
        assertArrayEquals(weight.shape(), moment.shape());
    }
}
