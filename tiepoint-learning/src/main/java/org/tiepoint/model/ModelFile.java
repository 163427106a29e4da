package org.tiepoint.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.tiepoint.checkpoint.CheckpointException;
import org.tiepoint.checkpoint.ParameterStore;
import org.tiepoint.checkpoint.PyTorchCheckpoint;
import org.tiepoint.checkpoint.StoredTensor;
import org.tiepoint.checkpoint.TrainingCheckpoint;
import org.tiepoint.network.Encoder;
import org.tiepoint.network.ResUNet;
import org.tiepoint.recipe.CapsRecipe;
import org.tiepoint.recipe.RecipeFile;
import org.tiepoint.tensor.Device;
import org.tiepoint.train.TrainingFolder;

/** Loads trained networks: own checkpoints, a training's folder, and the released CAPS checkpoints. */
final class ModelFile {
    private ModelFile() {}

    /** A network with the file's weights, in native memory that the caller frees by closing it. */
    static ResUNet load(Path fileOrFolder, Device device) throws IOException {
        Path file = TrainingFolder.model(fileOrFolder);
        if (file.toString().toLowerCase(Locale.ROOT).endsWith(".safetensors")) {
            TrainingCheckpoint checkpoint = TrainingCheckpoint.read(file);
            String method = RecipeFile.method(checkpoint.recipe(), file + " (its recipe)").orElse(CapsRecipe.METHOD);
            if (!method.equals(CapsRecipe.METHOD)) {
                throw new CheckpointException(file, "method", "is " + method + ": only a model of "
                        + CapsRecipe.METHOD + " will do here");
            }
            ResUNet.Options options = RecipeFile.network(checkpoint.recipe(), file + " (its recipe)");
            return network(options, checkpoint.model(), file, device);
        }
        Map<String, StoredTensor> state = PyTorchCheckpoint.withoutPrefix(PyTorchCheckpoint.read(file).stateDict(),
                "net.");
        return network(shapeOf(state, file), state, file, device);
    }

    private static ResUNet network(ResUNet.Options options, Map<String, StoredTensor> values, Path file,
            Device device) throws CheckpointException {
        ResUNet network = new ResUNet(options, 1, device);
        try {
            ParameterStore.assign(network.parameters().all(), values, file);
            return network;
        } catch (CheckpointException | RuntimeException e) {
            network.close();
            throw e;
        }
    }

    /** The network that a state_dict belongs to, by its names and shapes. */
    private static ResUNet.Options shapeOf(Map<String, StoredTensor> state, Path file) throws CheckpointException {
        for (String name : new String[] {"conv_coarse.conv.weight", "conv_fine.conv.weight", "iconv3.conv.weight",
            "iconv2.conv.weight"}) {
            if (!state.containsKey(name) || state.get(name).shape().length != 4) {
                throw new CheckpointException(file, name, "is missing: this is no CAPS checkpoint; give one of CAPS's "
                        + "released files or a model of tiepoint train");
            }
        }
        return new ResUNet.Options(encoderOf(state, file), out(state, "conv_coarse"), out(state, "conv_fine"),
                out(state, "iconv3"), out(state, "iconv2"), false);
    }

    /** The ResNet that a state_dict's blocks belong to. */
    static Encoder encoderOf(Map<String, StoredTensor> state, Path file) throws CheckpointException {
        boolean bottleneck = state.containsKey("layer1.0.conv3.weight");
        for (Encoder encoder : Encoder.values()) {
            boolean last = state.containsKey("layer3." + (encoder.blocks(3) - 1) + ".conv1.weight")
                    && !state.containsKey("layer3." + encoder.blocks(3) + ".conv1.weight");
            boolean lastOf2 = state.containsKey("layer2." + (encoder.blocks(2) - 1) + ".conv1.weight");
            if (bottleneck == encoder.bottleneck() && last && lastOf2) {
                return encoder;
            }
        }
        throw new CheckpointException(file, "layer3", "has blocks of no known ResNet (18, 34, 50, 101 or 152)");
    }

    private static int out(Map<String, StoredTensor> state, String block) {
        return (int) state.get(block + ".conv.weight").shape()[0];
    }
}
