package org.tiepoint.model;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tiepoint.checkpoint.ParameterStore;
import org.tiepoint.checkpoint.StoredTensor;
import org.tiepoint.graph.GraphFile;
import org.tiepoint.network.BatchNormalisation;
import org.tiepoint.network.CompactNet;
import org.tiepoint.objective.StoredNames;
import org.tiepoint.onnx.EmbeddedModel;
import org.tiepoint.onnx.ModelCard;
import org.tiepoint.onnx.OnnxExtractor;
import org.tiepoint.recipe.CompactNetwork;
import org.tiepoint.tensor.Device;
import org.tiepoint.tensor.NativeWork;

/**
 * A compact network on its way back from its ONNX file to a training. The file's convolutions hold the batch
 * normalisation that was folded into them, so it is the identity from here on: mean 0, variance 1, the deviation as its
 * weight, the convolution's bias as its own. It must go on by running statistics. Immutable.
 *
 * @param card    what the model says of itself
 * @param network its shape
 * @param weights by name, as a training's checkpoint has them
 */
public record AdaptableModel(ModelCard card, CompactNetwork network, Map<String, StoredTensor> weights) {
    /**
     * Takes a model that {@code tiepoint export} wrote, or a training of the backbone compact.
     *
     * @throws IOException when it is none
     */
    public static AdaptableModel load(Path fileOrFolder) throws IOException {
        if (OnnxExtractor.isExported(fileOrFolder)) {
            return read(Files.readAllBytes(fileOrFolder), fileOrFolder);
        }
        return read(bytes(ModelExport.of(fileOrFolder, ModelExport.Statement.none())), fileOrFolder);
    }

    /** A model that is part of the library. */
    public static AdaptableModel load(EmbeddedModel model) throws IOException {
        return read(model.content(), Path.of(model.word()));
    }

    private static AdaptableModel read(byte[] onnx, Path name) throws IOException {
        GraphFile file = GraphFile.read(onnx, name.toString());
        ModelCard card = ModelCard.of(file.metadata(), name.toString());
        try {
            CompactNetwork network = shape(file.convolutions());
            return new AdaptableModel(card, network, weights(file.convolutions(), network));
        } catch (IllegalArgumentException e) {
            throw new IOException(name + ": is " + card.network() + ": only compact networks are adapted; others go on"
                    + " learning with 'tiepoint train --initial'", e);
        }
    }

    private static CompactNetwork shape(List<GraphFile.Convolution> convolutions) {
        int others = convolutions(new CompactNetwork(CompactNetwork.Backbone.COMPACT, 8, 4, 1, 8)).size() - 1;
        if (convolutions.size() <= others) {
            throw new IllegalArgumentException("too few convolutions");
        }
        int width = (int) convolutions.get(0).shape()[0];
        long[] descriptor = convolutions.get(convolutions.size() - 2).shape();
        return new CompactNetwork(CompactNetwork.Backbone.COMPACT, (int) descriptor[0], width,
                convolutions.size() - others, descriptor[1] == 2L * width ? 4 : 8);
    }

    /** The shapes of a network's convolutions by the names of their weights, in the order of the computation. */
    private static Map<String, long[]> convolutions(CompactNetwork network) {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        try (CompactNet untrained = network.create(1, Device.CPU)) {
            untrained.parameters().learned().forEach((name, tensor) -> {
                if (name.endsWith(".weight") && !name.endsWith(".bn.weight")) {
                    shapes.put(name, tensor.shape());
                }
            });
        }
        return shapes;
    }

    private static Map<String, StoredTensor> weights(List<GraphFile.Convolution> convolutions,
            CompactNetwork network) {
        Map<String, StoredTensor> values = new LinkedHashMap<>();
        Iterator<GraphFile.Convolution> next = convolutions.iterator();
        convolutions(network).forEach((name, shape) -> {
            GraphFile.Convolution convolution = next.next();
            if (!Arrays.equals(shape, convolution.shape())) {
                throw new IllegalArgumentException(name + " has another shape");
            }
            values.put(StoredNames.DESCRIPTOR + name, StoredTensor.ofFloats(shape, convolution.weight()));
            putBias(StoredNames.DESCRIPTOR + name, convolution.bias(), values);
        });
        return values;
    }

    private static void putBias(String weight, float[] bias, Map<String, StoredTensor> values) {
        long[] shape = {bias.length};
        if (!weight.endsWith(".conv.weight")) {
            values.put(weight.replaceAll("weight$", "bias"), StoredTensor.ofFloats(shape, bias));
            return;
        }
        String name = weight.replaceAll("conv\\.weight$", "bn.");
        values.put(name + "weight", full(bias.length, (float) Math.sqrt(1 + BatchNormalisation.EPSILON)));
        values.put(name + "bias", StoredTensor.ofFloats(shape, bias));
        values.put(name + "running_mean", full(bias.length, 0));
        values.put(name + "running_var", full(bias.length, 1));
    }

    private static StoredTensor full(int channels, float value) {
        float[] values = new float[channels];
        Arrays.fill(values, value);
        return StoredTensor.ofFloats(new long[] {channels}, values);
    }

    /**
     * The export of a network of this shape with this model's card, but for what it learned from.
     *
     * @param trained this model's weights or what they became
     */
    public ModelExport export(CompactNet trained, ModelCard.Training training) {
        return new ModelExport(ModelExport.of(trained, ModelExport.Origin.released(card.method(),
                ModelExport.Statement.none())).graph(), card.withTraining(training));
    }

    /**
     * The export of a network on the way from this model to what its weights became: less of what was learned, and less
     * forgotten (Wortsman et al., Robust fine-tuning of zero-shot models, CVPR 2022).
     *
     * @param trained this model's weights or what they became
     * @param share   of the way, 0 to 1
     */
    public ModelExport exportBetween(CompactNet trained, double share, ModelCard.Training training)
            throws IOException {
        Map<String, StoredTensor> there = ParameterStore.store(StoredNames.with(StoredNames.DESCRIPTOR,
                trained.parameters().all()));
        Map<String, StoredTensor> between = new LinkedHashMap<>();
        weights.forEach((name, value) -> {
            float[] values = value.toFloats();
            float[] others = there.get(name).toFloats();
            for (int i = 0; i < values.length; i++) {
                values[i] += (float) (share * (others[i] - values[i]));
            }
            between.put(name, StoredTensor.ofFloats(value.shape(), values));
        });
        return export(between, training);
    }

    /** The export of the model as it is. */
    public ModelExport export() throws IOException {
        return export(weights, card.training());
    }

    private ModelExport export(Map<String, StoredTensor> values, ModelCard.Training training) throws IOException {
        try (NativeWork work = new NativeWork(); CompactNet filled = network.create(1, Device.CPU)) {
            ParameterStore.assign(StoredNames.with(StoredNames.DESCRIPTOR, filled.parameters().all()), values,
                    Path.of(card.method()));
            return export(filled, training);
        }
    }

    /** Ready to use; the caller closes it. */
    public static OnnxExtractor extractor(ModelExport export, Path name, int maxKeypoints) throws IOException {
        return OnnxExtractor.load(bytes(export), name, OnnxExtractor.Options.of(maxKeypoints));
    }

    private static byte[] bytes(ModelExport export) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        export.write(bytes);
        return bytes.toByteArray();
    }
}
