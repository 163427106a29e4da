package org.tiepoint.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.tiepoint.model.ModelExport;
import org.tiepoint.onnx.ModelCard;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** A trained model as an ONNX file. */
@Command(name = "export", description = {
    "Write a trained model as an ONNX file, for matching without libtorch and for other programs.", ""},
        footer = {
            "",
            "Examples:",
            "  tiepoint export --model runs/small --out small.onnx",
            "  tiepoint export --model runs/small --out exported/ --licence CC-BY-4.0 \\",
            "      --training-data MegaDepth --matcher ratio=0.9",
            "",
            "The graph takes 'image', B x 3 x H x W, RGB from 0 to 1, of any batch, height and width, and gives",
            "'descriptors' (caps: 'coarse' and 'fine'), and 'scores' where the model detects. It holds standard",
            "operators only (opset 17) and normalises the image itself. H and W should be multiples of 16: pad",
            "the image on the right and at the bottom.",
            "",
            "The card, JSON, says how to run it (padding, scales, where a point lies on the maps, the matcher)",
            "and what it is (method, recipe, training data, licence). It is in the file's metadata",
            "('tiepoint') and beside it, with .json for .onnx. docs/formats.md explains its entries."})
final class ExportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = {"-m", "--model"}, required = true, paramLabel = "MODEL",
            description = "A trained model: the --out folder of 'tiepoint train', a checkpoint file, a released CAPS"
                    + " checkpoint (.pth), or SCFeat's released folder.")
    private Path model;

    @Option(names = {"-o", "--out"}, required = true, paramLabel = "FILE|DIR",
            description = "File to write, named .onnx; in a folder model.onnx and model.json. The folder is made"
                    + " where it is not there.")
    private Path out;

    @Option(names = "--licence", paramLabel = "TEXT", defaultValue = ModelExport.Statement.NOT_STATED,
            description = "Licence of the weights, for the card (default: ${DEFAULT-VALUE}).")
    private String licence;

    @Option(names = "--training-data", paramLabel = "TEXT", defaultValue = ModelExport.Statement.NOT_STATED,
            description = "What the model learned from, for the card (default: ${DEFAULT-VALUE}; how many scenes and"
                    + " pairs it were is in the card anyway).")
    private String trainingData;

    @Option(names = "--matcher", paramLabel = "MATCHER", converter = MatcherForm.class,
            defaultValue = ModelExport.Statement.MUTUAL,
            description = "The matcher that the card recommends, as 'tiepoint match' has it, with its options after"
                    + " commas: mutual, ratio=0.9, dual-softmax,temperature=0.05 (default: ${DEFAULT-VALUE}).")
    private MatcherChoice matcher;

    private List<Double> scales;

    @Option(names = "--scales", paramLabel = "S", split = ",", defaultValue = "1",
            description = "Scales of the image from which a model that detects takes key points, 0.1 to 1, with commas:"
                    + " 1,0.6 finds more between photos of unlike zoom (default: ${DEFAULT-VALUE}).")
    private void setScales(List<Double> given) {
        for (double scale : given) {
            if (!(scale >= 0.1 && scale <= 1)) {
                throw new ParameterException(spec.commandLine(), "--scales has " + scale + ": give 0.1 to 1");
            }
        }
        scales = given;
    }

    @Override
    public Integer call() throws IOException {
        requireModel();
        ExportTarget target = ExportTarget.of(out, spec);
        ModelExport export = ModelExport.of(model, new ModelExport.Statement(trainingData, licence,
                matcher.written(), scales));
        // the model first: one that does not load leaves no folder
        target.write(export);
        print(export.card(), target.onnx(), target.json());
        return 0;
    }

    /** Names that other commands take for methods get an answer of their own. */
    private void requireModel() {
        if (!Files.exists(model) && FeatureMethod.of(model.toString().replaceAll(":.*", "")).isPresent()) {
            throw new ParameterException(spec.commandLine(), "--model " + model
                    + " is no trained network of this project: name what 'tiepoint train' wrote");
        }
    }

    private void print(ModelCard card, Path onnx, Path json) throws IOException {
        PrintWriter print = spec.commandLine().getOut();
        print.printf(Locale.ROOT, "model: %s (%s), descriptors of %d numbers%s%n", card.method(), card.network(),
                card.descriptors().dimension(), card.detects() ? ", scores" : "");
        print.printf(Locale.ROOT, "graph: %s, %.1f MB%n", onnx, Files.size(onnx) / 1e6);
        print.printf(Locale.ROOT, "card: %s, training data %s, licence %s%n", json, card.training().data(),
                card.licence());
        print.flush();
    }

    /** Reads a matcher; complaints are usage errors. */
    static final class MatcherForm implements ITypeConverter<MatcherChoice> {
        @Override
        public MatcherChoice convert(String written) {
            try {
                return MatcherChoice.parse(written);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
