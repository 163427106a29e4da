package org.tiepoint.checkpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes tensors as torch.save did before 1.6: {@code {'step': n, 'state_dict': {prefix + name: tensor}}}. */
public final class LegacyStateDict {
    private LegacyStateDict() {}

    /** Writes float32 tensors. */
    public static Path write(Path file, String prefix, Map<String, StoredTensor> tensors) throws IOException {
        PickleBytes object = new PickleBytes().op("}(").text("step").integer(5).text("state_dict")
                .global("collections", "OrderedDict").op(")R(");
        List<String> keys = new ArrayList<>();
        List<float[]> storages = new ArrayList<>();
        tensors.forEach((name, tensor) -> {
            String key = Integer.toString(keys.size());
            int[] shape = new int[tensor.shape().length];
            int[] strides = new int[shape.length];
            int stride = 1;
            for (int i = shape.length - 1; i >= 0; i--) {
                shape[i] = (int) tensor.shape()[i];
                strides[i] = stride;
                stride *= shape[i];
            }
            object.text(prefix + name).tensor("FloatStorage", key, stride, 0, shape, strides);
            keys.add(key);
            storages.add(tensor.toFloats());
        });
        object.op("uu");
        return Files.write(file, PickleBytes.legacy(object.bytes(), keys.toArray(String[]::new),
                storages.toArray(float[][]::new)));
    }
}
