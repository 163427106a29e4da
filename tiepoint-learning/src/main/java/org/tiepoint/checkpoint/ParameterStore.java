package org.tiepoint.checkpoint;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tiepoint.tensor.NoGradient;
import org.tiepoint.tensor.Tensor;
import org.tiepoint.tensor.TensorScope;

/** Moves named tensors between a network and the tensors of a file. */
public final class ParameterStore {
    private ParameterStore() {}

    /** Copies of the values, as float32. */
    public static Map<String, StoredTensor> store(Map<String, Tensor> tensors) {
        Map<String, StoredTensor> stored = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> stored.put(name, StoredTensor.ofFloats(tensor.shape(), tensor.toFloats())));
        return stored;
    }

    /**
     * Sets every tensor to the value of its name; values beyond them are ignored.
     *
     * @param file for messages
     * @throws CheckpointException when a name is missing or has another shape; nothing is set then
     */
    public static void assign(Map<String, Tensor> tensors, Map<String, StoredTensor> values, Path file)
            throws CheckpointException {
        for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
            StoredTensor value = values.get(entry.getKey());
            if (value == null) {
                throw new CheckpointException(file, entry.getKey(),
                        "is missing: the file belongs to another network; use the recipe that it was trained with");
            }
            long[] shape = entry.getValue().shape();
            if (!Arrays.equals(shape, value.shape())) {
                throw new CheckpointException(file, entry.getKey(), "has the shape " + Arrays.toString(value.shape())
                        + ", the network needs " + Arrays.toString(shape)
                        + ": use the recipe that it was trained with");
            }
        }
        try (TensorScope scope = new TensorScope(); NoGradient noGradient = new NoGradient()) {
            tensors.forEach((name, tensor) -> {
                StoredTensor value = values.get(name);
                tensor.assign(Tensor.of(value.toFloats(), value.shape()));
            });
        }
    }
}
