package org.tiepoint.objective;

import java.util.LinkedHashMap;
import java.util.Map;
import org.tiepoint.tensor.Tensor;

/** What the names of tensors in a checkpoint begin with: it holds a descriptor network and perhaps its detector. */
public final class StoredNames {
    /** Before the names of the descriptor network's tensors. */
    public static final String DESCRIPTOR = "descriptor.";
    /** Before the names of the detector's tensors. */
    public static final String DETECTOR = "detector.";

    private StoredNames() {}

    /** The tensors with a prefix before their names. */
    public static Map<String, Tensor> with(String prefix, Map<String, Tensor> tensors) {
        Map<String, Tensor> named = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> named.put(prefix + name, tensor));
        return named;
    }
}
