package org.tiepoint.interop.hloc;

import java.util.Map;
import org.tiepoint.interop.numpy.NumpyArray;

/**
 * An array with a name, and numbers attached to it.
 *
 * @param attributes float64 scalars by name
 */
record Hdf5Dataset(String name, NumpyArray array, Map<String, Double> attributes) {
    Hdf5Dataset(String name, NumpyArray array) {
        this(name, array, Map.of());
    }
}
