package org.tiepoint.checkpoint;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * The contents of a .safetensors file (https://huggingface.co/docs/safetensors): an 8-byte little-endian header length,
 * a JSON header, raw little-endian data.
 *
 * @param tensors  by name, in the order of the header; unmodifiable
 * @param metadata the strings of {@code __metadata__}; empty where there is none; unmodifiable
 */
public record SafeTensors(Map<String, StoredTensor> tensors, Map<String, String> metadata) {
    public SafeTensors {
        tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }

    /**
     * Reads a whole file. Everything in the header is checked before any tensor is allocated, so the memory used is
     * bounded by the file's own size.
     *
     * @throws CheckpointException naming the file, the tensor and what is wrong with it
     */
    public static SafeTensors read(Path file) throws CheckpointException {
        return SafeTensorsReader.read(file);
    }

    /**
     * Writes a file, whole or not at all. The data lie in the order of falling element size, so every tensor is
     * aligned; the header keeps the order of the map.
     *
     * @throws IOException naming the file and the cause; a file that was there before is unchanged
     */
    public void write(Path file) throws IOException {
        SafeTensorsWriter.write(this, file);
    }

    /**
     * One tensor.
     *
     * @throws NoSuchElementException naming the tensor
     */
    public StoredTensor tensor(String name) {
        StoredTensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new NoSuchElementException("no tensor '" + name + "'; there are " + tensors.keySet());
        }
        return tensor;
    }
}
