package org.tiepoint.testing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import org.tiepoint.checkpoint.SafeTensors;
import org.tiepoint.checkpoint.StoredTensor;
import org.tiepoint.tensor.Tensor;

/** The authors' numbers for one stage. */
public record Fixture(Map<String, StoredTensor> tensors, Map<String, String> metadata) {
    /** Relative to a tensor's largest absolute value. */
    public static final double TOLERANCE = 1e-4;
    public static final double GRADIENT_TOLERANCE = 1e-3;

    public static Fixture read(String name) throws IOException {
        SafeTensors file = SafeTensors.read(SharedFiles.fixture(name));
        return new Fixture(file.tensors(), file.metadata());
    }

    /** A tensor of the file in float32 (float64 stays). */
    public Tensor tensor(String name) {
        StoredTensor stored = stored(name);
        return stored.dtype().name().equals("F64")
                ? Tensor.of(stored.toDoubles(), stored.shape())
                : Tensor.of(stored.toFloats(), stored.shape());
    }

    public StoredTensor stored(String name) {
        StoredTensor stored = tensors.get(name);
        if (stored == null) {
            throw new IllegalArgumentException("the fixture has no " + name + " but " + tensors.keySet());
        }
        return stored;
    }

    public int integer(String key) {
        return Integer.parseInt(metadata.get(key));
    }

    public double number(String key) {
        return Double.parseDouble(metadata.get(key));
    }

    /** Fails when the tensor departs from the fixture's by more than the tolerance. */
    public void assertReproduced(String name, Tensor actual, double tolerance) {
        StoredTensor expected = stored(name);
        assertArrayEquals(expected.shape(), actual.shape(), name + ": shape");
        assertClose(name, expected.toDoubles(), actual.toDoubles(), tolerance);
    }

    /** Fails when a value departs by more than the tolerance times the largest absolute expected value. */
    public static void assertClose(String name, double[] expected, double[] actual, double tolerance) {
        assertEquals(expected.length, actual.length, name + ": count");
        double largest = Arrays.stream(expected).map(Math::abs).max().orElse(0);
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], actual[i], tolerance * largest + 1e-12, name + "[" + i + "]");
        }
    }
}
