package org.tiepoint.checkpoint;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.tiepoint.network.BatchNormalisation;
import org.tiepoint.network.Parameters;
import org.tiepoint.network.ResUNet;
import org.tiepoint.tensor.Tensor;

/**
 * Initialises a network's encoder from an image classifier's file, as CAPS does from ImageNet. Reads torchvision's
 * published ResNets ({@code .pth}, or the same names in {@code .safetensors}), and files whose batch normalisation is
 * folded into convolution weights and biases; these need frozen encoder statistics.
 */
public final class EncoderWeights {
    private EncoderWeights() {}

    /**
     * Sets the encoder of a CAPS network.
     *
     * @throws CheckpointException when the file is damaged or holds another ResNet
     */
    public static void load(Path file, ResUNet network) throws CheckpointException {
        load(file, network.parameters(), network.options().freezeEncoderStatistics());
    }

    /**
     * Sets the encoder among the parameters of a network: those whose names {@link ResUNet#isEncoder} knows.
     *
     * @param frozenStatistics whether the encoder normalises by its running statistics in training too
     * @throws CheckpointException when the file is damaged or holds another ResNet
     */
    public static void load(Path file, Parameters parameters, boolean frozenStatistics) throws CheckpointException {
        Map<String, StoredTensor> values = file.toString().toLowerCase(Locale.ROOT).endsWith(".safetensors")
                ? SafeTensors.read(file).tensors()
                : PyTorchCheckpoint.read(file).stateDict();
        boolean folded = values.containsKey("conv1.bias");
        if (folded && !frozenStatistics) {
            throw new CheckpointException(file, "conv1.bias", "the batch normalisation is folded into the convolutions, "
                    + "so batch statistics would undo it: set network.freezeEncoderStatistics to true in the recipe");
        }
        Map<String, Tensor> targets = new LinkedHashMap<>();
        Map<String, StoredTensor> renamed = new LinkedHashMap<>();
        parameters.all().forEach((name, tensor) -> {
            if (ResUNet.isEncoder(name)) {
                targets.put(name, tensor);
                StoredTensor value = folded ? folded(values, name, tensor) : values.get(published(name));
                if (value != null) {
                    renamed.put(name, value);
                }
            }
        });
        ParameterStore.assign(targets, renamed, file);
    }

    /** The name in torchvision's files. */
    private static String published(String name) {
        return name.replace("firstconv.", "conv1.").replace("firstbn.", "bn1.");
    }

    /** The value that makes the normalisation, with frozen statistics, add the folded bias and nothing else. */
    private static StoredTensor folded(Map<String, StoredTensor> values, String name, Tensor tensor) {
        String published = published(name);
        if (published.contains("conv") && published.endsWith(".weight") || published.contains("downsample.0")) {
            return values.get(published);
        }
        if (published.endsWith(".bias")) {
            return values.get(published.replace("bn", "conv").replace("downsample.1", "downsample.0"));
        }
        float constant = 0;
        if (published.endsWith(".weight")) {
            constant = 1;
        } else if (published.endsWith(".running_var")) {
            constant = (float) (1 - BatchNormalisation.EPSILON);
        }
        float[] filled = new float[Math.toIntExact(tensor.count())];
        Arrays.fill(filled, constant);
        return StoredTensor.ofFloats(tensor.shape(), filled);
    }
}
