package org.tiepoint.model;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tiepoint.checkpoint.CheckpointException;
import org.tiepoint.checkpoint.ParameterStore;
import org.tiepoint.checkpoint.StoredTensor;
import org.tiepoint.checkpoint.TrainingCheckpoint;
import org.tiepoint.network.CompactNet;
import org.tiepoint.objective.StoredNames;
import org.tiepoint.onnx.OnnxExtractor;
import org.tiepoint.tensor.Device;
import org.tiepoint.train.TrainingFolder;

/** A trained {@link CompactNet}. It runs as a graph, in ONNX Runtime, which is what it is made for. */
final class CompactModel {
    /** The names of the network's tensors begin so. */
    static final String PREFIX = StoredNames.DESCRIPTOR + "at2.";

    private CompactModel() {}

    /**
     * The network of a checkpoint or of a training's folder, which the caller closes.
     *
     * @throws CheckpointException when it holds no such network
     */
    static CompactNet network(Path fileOrFolder) throws IOException {
        Path file = TrainingFolder.model(fileOrFolder);
        Map<String, StoredTensor> values = new LinkedHashMap<>();
        TrainingCheckpoint.read(file).model().forEach((name, tensor) -> {
            if (name.startsWith(StoredNames.DESCRIPTOR)) {
                values.put(name.substring(StoredNames.DESCRIPTOR.length()), tensor);
            }
        });
        CompactNet network = new CompactNet(options(values, file), 1, Device.CPU);
        try {
            ParameterStore.assign(network.parameters().all(), values, file);
            return network;
        } catch (CheckpointException | RuntimeException e) {
            network.close();
            throw e;
        }
    }

    private static CompactNet.Options options(Map<String, StoredTensor> values, Path file) throws CheckpointException {
        int width = (int) shape(values, "at2.0.conv.weight", file)[0];
        long[] descriptor = shape(values, "descriptor.weight", file);
        int depth = 0;
        while (values.containsKey("at8." + depth + ".conv.weight")) {
            depth++;
        }
        try {
            return new CompactNet.Options((int) descriptor[0], width, depth, descriptor[1] == 2L * width ? 4 : 8);
        } catch (IllegalArgumentException e) {
            throw new CheckpointException(file, "descriptor.weight", "makes a network that cannot be: "
                    + e.getMessage());
        }
    }

    private static long[] shape(Map<String, StoredTensor> values, String name, Path file) throws CheckpointException {
        StoredTensor tensor = values.get(name);
        if (tensor == null || tensor.shape().length != 4) {
            throw new CheckpointException(file, StoredNames.DESCRIPTOR + name, "is missing: this is no model of the"
                    + " backbone compact");
        }
        return tensor.shape();
    }

    /** Ready to use; the caller closes it. */
    static OnnxExtractor load(Path fileOrFolder, OnnxExtractor.Options options) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ModelExport.of(fileOrFolder, ModelExport.Statement.none()).write(bytes);
        return OnnxExtractor.load(bytes.toByteArray(), fileOrFolder, options);
    }
}
