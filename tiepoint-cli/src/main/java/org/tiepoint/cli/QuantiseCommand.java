package org.tiepoint.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.tiepoint.dataset.ImageFolder;
import org.tiepoint.feature.Keypoints;
import org.tiepoint.image.Image;
import org.tiepoint.image.ImageReader;
import org.tiepoint.model.EightBitModel;
import org.tiepoint.onnx.OnnxExtractor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** An exported model that computes with 8 bits. */
@Command(name = "quantise", description = {
    "Round an exported compact network to 8 bits: a quarter of the file, and faster where the processor"
            + " multiplies 8 bits at once.", ""},
        footer = {
            "",
            "Examples:",
            "  tiepoint quantise --model adapted/model.onnx --images photos --out adapted-int8.onnx",
            "  tiepoint quantise --model compact-m --images photos --out int8/",
            "",
            "Photos of the kind that the model is for show how far the values inside the network go. Weights are",
            "rounded for each output channel. The result runs wherever the model does (QuantizeLinear and",
            "DequantizeLinear of opset 17) and is faster where the processor multiplies 8 bits at once: x86 with",
            "VNNI, ARM with its dot product. It cannot be adapted or rounded again: keep the model.",
            "",
            "At the end descriptors of both at the model's key points are compared."})
final class QuantiseCommand implements Callable<Integer> {
    /** Photos on which both are compared. */
    private static final int COMPARED = 8;
    private static final int MAX_KEYPOINTS = 1024;

    @Spec
    private CommandSpec spec;

    @Option(names = {"-m", "--model"}, required = true, paramLabel = "MODEL",
            description = "What 'tiepoint export' or 'tiepoint adapt' wrote (.onnx), or compact-s or compact-m.")
    private String model;

    @Option(names = {"-i", "--images"}, required = true, paramLabel = "DIR",
            description = "Folder of photos, in subfolders too.")
    private Path images;

    @Option(names = {"-o", "--out"}, required = true, paramLabel = "FILE|DIR",
            description = "File to write, named .onnx; in a folder model.onnx and model.json. The folder is made"
                    + " where it is not there.")
    private Path out;

    @Option(names = "--photos", paramLabel = "N", defaultValue = "64",
            description = "At most so many photos, evenly over the folder (default: ${DEFAULT-VALUE}).")
    private int photos;

    @Override
    public Integer call() throws IOException {
        if (photos < 1) {
            throw new ParameterException(spec.commandLine(), "--photos is " + photos + ": it must be at least 1");
        }
        ModelSource source = new ModelSource(model);
        if (!source.isExported()) {
            throw new ParameterException(spec.commandLine(), "--model " + model + " is not exported: name what"
                    + " 'tiepoint export' makes of it");
        }
        ExportTarget target = ExportTarget.of(out, spec);
        if (Files.exists(target.onnx()) && Files.exists(Path.of(model))
                && Files.isSameFile(target.onnx(), Path.of(model))) {
            throw new ParameterException(spec.commandLine(), "--out " + out + " is the model itself: name another file");
        }
        List<Path> chosen = ImageFolder.list(images).evenly(photos);
        int threads = Runtime.getRuntime().availableProcessors();
        EightBitModel rounded;
        try (Progress progress = Progress.start("quantise", chosen.size(), "photos", spec.commandLine().getErr())) {
            rounded = EightBitModel.of(source.content(), model, chosen, threads, progress::step);
        }
        target.write(rounded);
        PrintWriter print = spec.commandLine().getOut();
        print.printf(Locale.ROOT, "model: %s, by %d photos%n", rounded.card().network(), chosen.size());
        print.printf(Locale.ROOT, "graph: %s, %.1f MB%n", target.onnx(), Files.size(target.onnx()) / 1e6);
        print.printf(Locale.ROOT, "card: %s%n", target.json());
        OptionalDouble cosine = cosine(target.onnx(), source, chosen.subList(0, Math.min(COMPARED, chosen.size())));
        print.printf(Locale.ROOT, "descriptors at the model's key points: %s%n", cosine.isEmpty() ? "it finds none"
                : String.format(Locale.ROOT, "mean cosine with the model's own %.4f", cosine.getAsDouble()));
        print.flush();
        return 0;
    }

    private static OptionalDouble cosine(Path rounded, ModelSource source, List<Path> photos)
            throws IOException {
        double sum = 0;
        long count = 0;
        OnnxExtractor.Options options = OnnxExtractor.Options.of(MAX_KEYPOINTS);
        try (OnnxExtractor before = source.open(options); OnnxExtractor after = OnnxExtractor.load(rounded, options)) {
            for (Path photo : photos) {
                Image image = ImageReader.read(photo);
                Keypoints keypoints = before.detect(image, MAX_KEYPOINTS);
                // both of the photo as it is, whatever the card's scales
                float[] own = before.describe(image, keypoints).descriptors();
                float[] other = after.describe(image, keypoints).descriptors();
                for (int i = 0; i < other.length; i++) {
                    sum += (double) own[i] * other[i];
                }
                count += keypoints.count();
            }
        }
        return count == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / count);
    }
}
