package org.tiepoint.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tiepoint.checkpoint.CheckpointException;
import org.tiepoint.checkpoint.ParameterStore;
import org.tiepoint.checkpoint.StoredTensor;
import org.tiepoint.checkpoint.TrainingCheckpoint;
import org.tiepoint.feature.Describer;
import org.tiepoint.feature.Features;
import org.tiepoint.feature.Keypoints;
import org.tiepoint.image.Image;
import org.tiepoint.matching.DifferentiableMatching;
import org.tiepoint.network.PatchNet;
import org.tiepoint.objective.StoredNames;
import org.tiepoint.tensor.Device;
import org.tiepoint.tensor.NativeWork;
import org.tiepoint.tensor.NoGradient;
import org.tiepoint.tensor.Tensor;
import org.tiepoint.tensor.TensorScope;
import org.tiepoint.train.TrainingFolder;

/**
 * Describes key points by a {@link PatchNet} that {@code tiepoint train} made. Descriptors have length 1; match them by
 * Euclidean distance and mutual nearest neighbours. Images with a longer side above a limit are taken at that size.
 * Safe for use by several threads, which take turns.
 */
public final class PatchDescriber implements Describer {
    /** The network works at full resolution and needs about 1 KB a pixel. */
    static final int MAX_SIDE = 1024;
    /** The names of the network's tensors begin so. */
    static final String PREFIX = StoredNames.DESCRIPTOR + "ops.";

    private final PatchNet network;
    private boolean closed;

    private PatchDescriber(PatchNet network) {
        this.network = network;
    }

    /**
     * Loads a checkpoint, or the best, else the last of a training's folder, on the CPU.
     *
     * @throws CheckpointException when the file holds no such network
     */
    public static PatchDescriber load(Path fileOrFolder) throws IOException {
        return new PatchDescriber(network(fileOrFolder));
    }

    /** The network alone, which the caller closes. */
    static PatchNet network(Path fileOrFolder) throws IOException {
        Path file = TrainingFolder.model(fileOrFolder);
        Map<String, StoredTensor> values = new LinkedHashMap<>();
        TrainingCheckpoint.read(file).model().forEach((name, tensor) -> {
            if (name.startsWith(StoredNames.DESCRIPTOR)) {
                values.put(name.substring(StoredNames.DESCRIPTOR.length()), tensor);
            }
        });
        List<StoredTensor> weights = values.entrySet().stream().filter(entry -> entry.getKey().endsWith(".weight"))
                .map(Map.Entry::getValue).toList();
        if (weights.isEmpty() || weights.stream().anyMatch(weight -> weight.shape().length != 4)) {
            throw new CheckpointException(file, PREFIX + "0.weight", "is missing: this is no model of the backbone patch");
        }
        PatchNet network = new PatchNet(new PatchNet.Options(
                (int) weights.get(weights.size() - 1).shape()[0], (int) weights.get(0).shape()[0]), 1, Device.CPU);
        try {
            ParameterStore.assign(network.parameters().all(), values, file);
            return network;
        } catch (CheckpointException | RuntimeException e) {
            network.close();
            throw e;
        }
    }

    @Override
    public int dimension() {
        return network.dimension();
    }

    @Override
    public synchronized Features describe(Image image, Keypoints keypoints) {
        if (closed) {
            throw new IllegalStateException("the describer is closed");
        }
        if (keypoints.count() == 0) {
            return new Features(keypoints, dimension(), new float[0]);
        }
        try (NativeWork work = new NativeWork();
                TensorScope scope = new TensorScope();
                NoGradient noGradient = new NoGradient()) {
            PaddedImage frame = PaddedImage.of(image, MAX_SIDE);
            Tensor map = network.describe(frame.input(), false);
            return new Features(keypoints, dimension(), DifferentiableMatching.sample(map,
                    frame.positions(keypoints.xy()).like(map), network.cornersAligned()).normalised(2).toFloats());
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        network.close();
    }
}
