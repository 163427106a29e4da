package org.tiepoint.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tiepoint.tensor.Tensor;
import org.tiepoint.tensor.TensorScope;

class ParameterStoreTest {
    private static final Path FILE = Path.of("some.safetensors");

    @Test
    void whatWasStoredComesBack() throws CheckpointException {
        try (TensorScope scope = new TensorScope()) {
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            tensors.put("a", Tensor.of(new float[] {1, Float.NaN, -0f, 4, 5, 6}, 2, 3).requireGradient(true));
            tensors.put("b", Tensor.of(new float[] {7}, 1));
            Map<String, StoredTensor> stored = ParameterStore.store(tensors);
            Map<String, Tensor> others = Map.of("a", Tensor.zeros(2, 3).requireGradient(true), "b", Tensor.zeros(1));
            ParameterStore.assign(others, stored, FILE);
            assertArrayEquals(new float[] {1, Float.NaN, -0f, 4, 5, 6}, others.get("a").toFloats());
            assertArrayEquals(new float[] {7}, others.get("b").toFloats());
            tensors.get("b").scaleAndAdd(0, tensors.get("b"), 0);
            assertArrayEquals(new float[] {7}, stored.get("b").toFloats(), "a copy, not a view");
        }
    }

    @Test
    void doubleValuesAreConvertedAndOthersIgnored() throws CheckpointException {
        try (TensorScope scope = new TensorScope()) {
            Map<String, Tensor> tensors = Map.of("a", Tensor.zeros(2));
            ParameterStore.assign(tensors, Map.of("a", StoredTensor.ofDoubles(new long[] {2}, new double[] {0.5, 3}),
                    "unused", StoredTensor.ofFloats(new long[] {1}, new float[1])), FILE);
            assertArrayEquals(new float[] {0.5f, 3}, tensors.get("a").toFloats());
        }
    }

    @Test
    void aMissingOrMisshapenTensorIsNamedAndNothingSet() {
        try (TensorScope scope = new TensorScope()) {
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            tensors.put("a", Tensor.zeros(2));
            tensors.put("b", Tensor.zeros(2, 2));
            StoredTensor ones = StoredTensor.ofFloats(new long[] {2}, new float[] {1, 1});
            assertEquals("some.safetensors, b: is missing: the file belongs to another network; use the recipe that it"
                    + " was trained with", problem(tensors, Map.of("a", ones)));
            assertEquals("some.safetensors, b: has the shape [2], the network needs [2, 2]: use the recipe that it was"
                    + " trained with", problem(tensors, Map.of("a", ones, "b", ones)));
            assertArrayEquals(new float[] {0, 0}, tensors.get("a").toFloats());
        }
    }

    private static String problem(Map<String, Tensor> tensors, Map<String, StoredTensor> values) {
        return assertThrows(CheckpointException.class, () -> ParameterStore.assign(tensors, values, FILE))
                .getMessage();
    }
}
