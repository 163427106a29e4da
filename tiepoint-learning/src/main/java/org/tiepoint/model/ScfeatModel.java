package org.tiepoint.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.tiepoint.checkpoint.CheckpointException;
import org.tiepoint.checkpoint.ParameterStore;
import org.tiepoint.checkpoint.PyTorchCheckpoint;
import org.tiepoint.checkpoint.StoredTensor;
import org.tiepoint.checkpoint.TrainingCheckpoint;
import org.tiepoint.detector.ScoreNetwork;
import org.tiepoint.network.FeatureBackbone;
import org.tiepoint.network.FineBackbone;
import org.tiepoint.network.FusionNetwork;
import org.tiepoint.network.ResUNet;
import org.tiepoint.objective.StoredNames;
import org.tiepoint.recipe.Recipe;
import org.tiepoint.recipe.RecipeFile;
import org.tiepoint.recipe.ScfeatDetectorRecipe;
import org.tiepoint.tensor.Device;
import org.tiepoint.tensor.Tensor;
import org.tiepoint.train.TrainingFolder;

/**
 * A descriptor network and, once it is trained, the detector that belongs to it: SCFeat, or PoSFeat with CAPS's fine
 * map as backbone. In a checkpoint their tensors are named {@code descriptor.NAME} and {@code detector.NAME}.
 *
 * <p>Owns both networks until {@link #close()}. Not for use by several threads at once.
 */
public final class ScfeatModel implements AutoCloseable {
    static final String RELEASED_DESCRIPTOR = "backbone.pth";
    static final String RELEASED_DETECTOR = "localheader.pth";

    private final FeatureBackbone backbone;
    private final Optional<ScoreNetwork> detector;

    /** Takes over both networks and closes them in the end. */
    public ScfeatModel(FeatureBackbone backbone, Optional<ScoreNetwork> detector) {
        int channels = backbone.dimension() + FeatureBackbone.SHALLOW_CHANNELS;
        detector.map(d -> d.options().featureChannels()).filter(c -> c != channels).ifPresent(c -> {
            throw new IllegalArgumentException("the detector takes maps of " + c + " channels, the descriptor network"
                    + " gives " + channels);
        });
        this.backbone = backbone;
        this.detector = detector;
    }

    public FeatureBackbone backbone() {
        return backbone;
    }

    /** Empty after the first stage of training. */
    public Optional<ScoreNetwork> detector() {
        return detector;
    }

    /** All tensors under their names in a checkpoint. */
    public Map<String, Tensor> tensors() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        backbone.parameters().all().forEach((name, tensor) -> tensors.put(StoredNames.DESCRIPTOR + name, tensor));
        detector.ifPresent(d -> d.parameters().all()
                .forEach((name, tensor) -> tensors.put(StoredNames.DETECTOR + name, tensor)));
        return tensors;
    }

    /**
     * Loads a checkpoint, a training's folder (the best, else the last), or a folder of the released code with
     * {@code backbone.pth} and {@code localheader.pth}. What the networks are made of follows from names and shapes,
     * and whether the detector uses peakiness from the checkpoint's recipe.
     *
     * @throws CheckpointException when the file holds no such model
     */
    public static ScfeatModel load(Path fileOrFolder, Device device) throws IOException {
        Path released = fileOrFolder.resolve(RELEASED_DESCRIPTOR);
        if (Files.isRegularFile(released)) {
            Path head = fileOrFolder.resolve(RELEASED_DETECTOR);
            return of(PyTorchCheckpoint.read(released).stateDict(), released,
                    Files.exists(head) ? PyTorchCheckpoint.read(head).stateDict() : Map.of(), head, true, device);
        }
        Path file = TrainingFolder.model(fileOrFolder);
        TrainingCheckpoint checkpoint = TrainingCheckpoint.read(file);
        Map<String, StoredTensor> head = part(checkpoint.model(), StoredNames.DETECTOR);
        boolean peakiness = head.isEmpty() || usesPeakiness(
                RecipeFile.parse(checkpoint.recipe(), file + " (its recipe)"));
        return of(part(checkpoint.model(), StoredNames.DESCRIPTOR), file, head, file, peakiness, device);
    }

    private static boolean usesPeakiness(Recipe recipe) {
        return !(recipe instanceof ScfeatDetectorRecipe scfeat) || scfeat.detector().peakiness();
    }

    private static ScfeatModel of(Map<String, StoredTensor> descriptor, Path file, Map<String, StoredTensor> head,
            Path headFile, boolean peakiness, Device device) throws CheckpointException {
        FeatureBackbone backbone = backbone(descriptor, file, device);
        try {
            ParameterStore.assign(backbone.parameters().all(), descriptor, file);
            return new ScfeatModel(backbone, head.isEmpty() ? Optional.empty() : Optional.of(detector(head, headFile,
                    backbone.dimension() + FeatureBackbone.SHALLOW_CHANNELS, peakiness, device)));
        } catch (CheckpointException | RuntimeException e) {
            backbone.close();
            throw e;
        }
    }

    private static FeatureBackbone backbone(Map<String, StoredTensor> state, Path file, Device device)
            throws CheckpointException {
        boolean fusion = state.containsKey("fusion_conv.weight");
        int dimension = out(state, fusion ? "fusion_conv" : "conv_fine.conv", file);
        int width8 = out(state, "iconv3.conv", file);
        int width4 = out(state, "iconv2.conv", file);
        try {
            return fusion
                    ? new FusionNetwork(new FusionNetwork.Options(ModelFile.encoderOf(state, file), dimension, width8,
                            width4, true), 1, device)
                    : new FineBackbone(new ResUNet.Options(ModelFile.encoderOf(state, file),
                            out(state, "conv_coarse.conv", file), dimension, width8, width4, true), 1, device);
        } catch (IllegalArgumentException e) {
            throw new CheckpointException(file, "iconv3.conv.weight", "makes a network that cannot be: "
                    + e.getMessage());
        }
    }

    private static ScoreNetwork detector(Map<String, StoredTensor> state, Path file, int channels, boolean peakiness,
            Device device) throws CheckpointException {
        ScoreNetwork.Options options;
        try {
            options = new ScoreNetwork.Options(channels, out(state, "conv1", file), out(state, "convimg", file),
                    out(state, "conv2", file), peakiness);
        } catch (IllegalArgumentException e) {
            throw new CheckpointException(file, "conv1.weight", "makes a detector that cannot be: " + e.getMessage());
        }
        ScoreNetwork network = new ScoreNetwork(options, 1, device);
        try {
            ParameterStore.assign(network.parameters().all(), state, file);
            return network;
        } catch (CheckpointException | RuntimeException e) {
            network.close();
            throw e;
        }
    }

    private static int out(Map<String, StoredTensor> state, String layer, Path file) throws CheckpointException {
        StoredTensor weight = state.get(layer + ".weight");
        if (weight == null || weight.shape().length != 4) {
            throw new CheckpointException(file, layer + ".weight", "is missing: this is no SCFeat or PoSFeat model;"
                    + " give one of tiepoint train, or a folder with the released backbone.pth and localheader.pth");
        }
        return (int) weight.shape()[0];
    }

    private static Map<String, StoredTensor> part(Map<String, StoredTensor> model, String prefix) {
        Map<String, StoredTensor> part = new LinkedHashMap<>();
        model.forEach((name, tensor) -> {
            if (name.startsWith(prefix)) {
                part.put(name.substring(prefix.length()), tensor);
            }
        });
        return part;
    }

    @Override
    public void close() {
        backbone.close();
        detector.ifPresent(ScoreNetwork::close);
    }
}
