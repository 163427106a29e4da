package org.tiepoint.model;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.tiepoint.checkpoint.TrainingCheckpoint;
import org.tiepoint.file.AtomicFile;
import org.tiepoint.graph.Dimension;
import org.tiepoint.graph.Graph;
import org.tiepoint.graph.Value;
import org.tiepoint.network.CompactNet;
import org.tiepoint.network.FeatureBackbone;
import org.tiepoint.network.FeatureValues;
import org.tiepoint.network.FineBackbone;
import org.tiepoint.network.FusionNetwork;
import org.tiepoint.network.ImageNormalisation;
import org.tiepoint.network.MapValues;
import org.tiepoint.network.PatchNet;
import org.tiepoint.network.ResUNet;
import org.tiepoint.network.ScoringBackbone;
import org.tiepoint.onnx.ModelCard;
import org.tiepoint.onnx.ModelCard.MapOutput;
import org.tiepoint.onnx.OnnxExtractor;
import org.tiepoint.recipe.CapsRecipe;
import org.tiepoint.recipe.RecipeFile;
import org.tiepoint.tensor.Device;
import org.tiepoint.tensor.NativeWork;
import org.tiepoint.tensor.TensorScope;
import org.tiepoint.train.TrainingFolder;

/**
 * A trained network as a graph of ONNX's standard operators, with its {@link ModelCard}. The graph takes
 * {@value #INPUT}, B x 3 x H x W of RGB from 0 to 1, with any batch, height and width, and normalises it itself; batch
 * normalisation is folded into the convolutions. Its outputs are {@code coarse} and {@code fine} for CAPS, else
 * {@code descriptors}, and {@code scores} where there is a detector: what the networks give for the image, before any
 * sampling. Sides that are no multiples of 16 give the maps that the networks give for them; with a detector they fail.
 *
 * @param graph what is computed
 * @param card  what it is
 */
public record ModelExport(Graph graph, ModelCard card) {
    private static final String INPUT = "image";
    private static final Dimension BATCH = Dimension.named("batch");
    private static final Dimension HEIGHT = Dimension.named("height");
    private static final Dimension WIDTH = Dimension.named("width");
    private static final int MULTIPLE = 16;

    /**
     * What an exporter says of a model, for people who get the file.
     *
     * @param trainingData what it learned from
     * @param licence      of the weights
     * @param matcher      as in {@link ModelCard#matcher()}
     * @param scales       as in {@link ModelCard#scales()}
     */
    public record Statement(String trainingData, String licence, String matcher, List<Double> scales) {
        /** Of what nobody said. */
        public static final String NOT_STATED = "not stated";
        /** What all methods are published with. */
        public static final String MUTUAL = "mutual";

        /** Says nothing. */
        public static Statement none() {
            return new Statement(NOT_STATED, NOT_STATED, MUTUAL, List.of(1.0));
        }
    }

    /** How a network came about; counts and recipe as in {@link ModelCard.Training}. */
    record Origin(String method, long steps, String counts, String recipe, Statement statement) {
        /** Of what its authors released. */
        static Origin released(String method, Statement statement) {
            return new Origin(method, 0, "", "", statement);
        }

        static Origin of(TrainingCheckpoint checkpoint, Path file, Statement statement) throws IOException {
            String method = RecipeFile.method(checkpoint.recipe(), file + " (its recipe)").orElse(CapsRecipe.METHOD);
            return new Origin(method, checkpoint.step(), checkpoint.state().getOrDefault("data", ""),
                    checkpoint.recipe(), statement);
        }
    }

    /**
     * Exports what {@link TrainedModel#load} loads.
     *
     * @throws IOException when there is no such model
     */
    public static ModelExport of(Path fileOrFolder, Statement statement) throws IOException {
        if (Files.exists(fileOrFolder.resolve(ScfeatModel.RELEASED_DESCRIPTOR))) {
            return local(fileOrFolder, Origin.released("scfeat", statement));
        }
        Path file = TrainingFolder.model(fileOrFolder);
        if (OnnxExtractor.isExported(file)) {
            throw new IOException(file + ": is exported already: name the checkpoint that it came from");
        }
        if (!file.toString().toLowerCase(Locale.ROOT).endsWith(".safetensors")) {
            return caps(file, Origin.released(CapsRecipe.METHOD, statement));
        }
        TrainingCheckpoint checkpoint = TrainingCheckpoint.read(file);
        Origin origin = Origin.of(checkpoint, file, statement);
        if (TrainedModel.isPatch(checkpoint)) {
            try (NativeWork work = new NativeWork(); PatchNet network = PatchDescriber.network(file)) {
                return of(network, origin);
            }
        }
        if (TrainedModel.isCompact(checkpoint)) {
            try (NativeWork work = new NativeWork(); CompactNet network = CompactModel.network(file)) {
                return of(network, origin);
            }
        }
        return TrainedModel.isScfeat(checkpoint) ? local(file, origin) : caps(file, origin);
    }

    /**
     * Writes the ONNX file and the card, each whole or not at all.
     *
     * @param onnx    the graph, with the card inside
     * @param json    the card alone
     * @param version of the program
     */
    public void write(Path onnx, Path json, String version) throws IOException {
        String text = card.toJson();
        AtomicFile.write(onnx, out -> graph.write(out, version, Map.of(ModelCard.METADATA_KEY, text)));
        AtomicFile.write(json, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Writes the graph with the card inside.
     *
     * @param out not closed
     */
    void write(OutputStream out) throws IOException {
        graph.write(out, "", Map.of(ModelCard.METADATA_KEY, card.toJson()));
    }

    private static ModelExport caps(Path file, Origin origin) throws IOException {
        try (NativeWork work = new NativeWork(); ResUNet network = ModelFile.load(file, Device.CPU)) {
            return of(network, origin);
        }
    }

    private static ModelExport local(Path fileOrFolder, Origin origin) throws IOException {
        try (NativeWork work = new NativeWork(); ScfeatModel model = ScfeatModel.load(fileOrFolder, Device.CPU)) {
            return of(model, origin);
        }
    }

    static ModelExport of(ResUNet network, Origin origin) {
        Graph graph = new Graph(origin.method());
        MapValues maps;
        try (TensorScope scope = new TensorScope()) {
            maps = network.apply(ImageNormalisation.of(input(graph)));
        }
        List<MapOutput> outputs = List.of(new MapOutput("coarse", network.options().coarseDimension(), 16),
                new MapOutput("fine", network.options().fineDimension(), 4));
        output(graph, maps.coarse(), outputs.get(0));
        output(graph, maps.fine(), outputs.get(1));
        // as CapsDescriber takes images
        ModelCard.Input input = input(8 * MULTIPLE, ModelCard.Padding.MEAN_COLOUR);
        return new ModelExport(graph, card(origin, name(network) + ", coarse and fine map", input,
                new ModelCard.Descriptors(outputs, ModelCard.Sampling.CORNERS_ALIGNED), false,
                CapsDescriber.DEFAULT_MAX_SIDE));
    }

    static ModelExport of(PatchNet network, Origin origin) {
        Graph graph = new Graph(origin.method());
        Value map;
        try (TensorScope scope = new TensorScope()) {
            map = network.describe(ImageNormalisation.of(input(graph)));
        }
        MapOutput output = new MapOutput("descriptors", network.dimension(), network.stride());
        graph.output(output.name(), map, BATCH, Dimension.of(output.channels()), HEIGHT, WIDTH);
        return new ModelExport(graph, card(origin, "PatchNet of width " + network.options().width(),
                input(MULTIPLE, ModelCard.Padding.BORDER),
                new ModelCard.Descriptors(List.of(output), sampling(network.cornersAligned())), false,
                PatchDescriber.MAX_SIDE));
    }

    static ModelExport of(CompactNet network, Origin origin) {
        Graph graph = new Graph(origin.method());
        MapOutput output = new MapOutput("descriptors", network.dimension(), network.stride());
        try (TensorScope scope = new TensorScope()) {
            ScoringBackbone.Values values = network.apply(ImageNormalisation.of(input(graph)));
            output(graph, values.descriptors(), output);
            graph.output(ModelCard.SCORES, values.scores(), BATCH, Dimension.of(1), HEIGHT, WIDTH);
        }
        CompactNet.Options options = network.options();
        return new ModelExport(graph, card(origin, "compact network of width " + options.width() + " and depth "
                + options.depth(), input(CompactNet.MULTIPLE, CompactNet.MULTIPLE, ModelCard.Padding.BORDER),
                new ModelCard.Descriptors(List.of(output), sampling(network.cornersAligned())), true,
                ScfeatExtractor.MAX_SIDE));
    }

    static ModelExport of(ScfeatModel model, Origin origin) {
        Graph graph = new Graph(origin.method());
        FeatureBackbone backbone = model.backbone();
        MapOutput output = new MapOutput("descriptors", backbone.dimension(), backbone.stride());
        try (TensorScope scope = new TensorScope()) {
            Value images = ImageNormalisation.of(input(graph));
            FeatureValues maps = backbone.features(images);
            output(graph, maps.descriptors(), output);
            model.detector().ifPresent(detector -> graph.output(ModelCard.SCORES, detector.apply(maps, images), BATCH,
                    Dimension.of(1), HEIGHT, WIDTH));
        }
        String detector = model.detector().map(d -> ", detector" + (d.options().peakiness() ? " with" : " without")
                + " peakiness").orElse("");
        return new ModelExport(graph, card(origin, name(backbone) + detector,
                input(MULTIPLE, ModelCard.Padding.BORDER),
                new ModelCard.Descriptors(List.of(output), sampling(backbone.cornersAligned())),
                model.detector().isPresent(), ScfeatExtractor.MAX_SIDE));
    }

    private static Value input(Graph graph) {
        return graph.input(INPUT, BATCH, Dimension.of(3), HEIGHT, WIDTH);
    }

    private static void output(Graph graph, Value map, MapOutput output) {
        graph.output(output.name(), map, BATCH, Dimension.of(output.channels()),
                Dimension.named("height/" + output.stride()), Dimension.named("width/" + output.stride()));
    }

    private static ModelCard.Input input(int minimumSide, ModelCard.Padding padding) {
        return input(MULTIPLE, minimumSide, padding);
    }

    private static ModelCard.Input input(int multiple, int minimumSide, ModelCard.Padding padding) {
        return new ModelCard.Input(INPUT, ModelCard.Input.RGB, ModelCard.Input.INSIDE, multiple, minimumSide, padding);
    }

    private static ModelCard card(Origin origin, String network, ModelCard.Input input,
            ModelCard.Descriptors descriptors, boolean detects, int maxSide) {
        Statement statement = origin.statement();
        return new ModelCard(ModelCard.FORMAT, origin.method(), network, input, descriptors, detects, maxSide,
                statement.scales(), statement.matcher(), new ModelCard.Training(statement.trainingData(),
                        origin.counts(), origin.steps(), origin.recipe()), statement.licence());
    }

    private static ModelCard.Sampling sampling(boolean cornersAligned) {
        return cornersAligned ? ModelCard.Sampling.CORNERS_ALIGNED : ModelCard.Sampling.EDGES_ALIGNED;
    }

    private static String name(ResUNet network) {
        ResUNet.Options options = network.options();
        return "U-Net on " + options.encoder().name().toLowerCase(Locale.ROOT) + ", widths " + options.decoderWidth8()
                + " and " + options.decoderWidth4();
    }

    private static String name(FeatureBackbone backbone) {
        if (backbone instanceof FineBackbone fine) {
            return name(fine.network()) + ", fine map";
        }
        FusionNetwork.Options options = ((FusionNetwork) backbone).options();
        return "fusion network on " + options.encoder().name().toLowerCase(Locale.ROOT) + ", widths "
                + options.decoderWidth8() + " and " + options.decoderWidth4();
    }
}
