package org.tiepoint.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.Loader;
import org.tiepoint.evaluation.FeatureSource;
import org.tiepoint.evaluation.Machine;
import org.tiepoint.feature.SiftDetector;
import org.tiepoint.file.AtomicFile;
import org.tiepoint.match.Matcher;
import org.tiepoint.match.MutualNearestNeighborMatcher;
import org.tiepoint.match.RatioTestMatcher;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What every protocol takes and says: data, descriptors, key points, matching; a table, and the same as JSON. */
final class EvaluationOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--data", required = true, paramLabel = "DIR", description = "Images with their true geometry.")
    private Path data;

    private List<ModelSpec> models;

    @Option(names = {"-m", "--model"}, required = true, paramLabel = "SPEC",
            converter = ModelSpec.Converter.class,
            description = "A descriptor: 'rootsift', the --out folder of 'tiepoint train', a checkpoint file, or a"
                    + " network before training: untrained:RECIPE, or encoder:RECIPE:FILE with its encoder from a file."
                    + " NAME=SPEC says what to call it. Give several to compare them on the same SIFT key points.")
    private void setModels(List<ModelSpec> given) {
        if (given.stream().map(ModelSpec::name).distinct().count() < given.size()) {
            throw new ParameterException(spec.commandLine(), "--model has the same name twice: write"
                    + " --model NAME=SPEC with different names");
        }
        models = given;
    }

    private int maxKeypoints;

    @Option(names = "--max-keypoints", paramLabel = "N", defaultValue = "2000",
            description = "At most so many key points an image, the strongest first (default: 2000).")
    private void setMaxKeypoints(int n) {
        if (n < 1) {
            throw new ParameterException(spec.commandLine(), "--max-keypoints is " + n + ": it must be at least 1");
        }
        maxKeypoints = n;
    }

    @Option(names = "--ratio", paramLabel = "R",
            description = "Keep mutual nearest neighbours that also pass Lowe's ratio test, above 0 to 1.")
    private Optional<Double> ratio;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the same numbers, and those of every pair.")
    private Optional<Path> json;

    Path data() {
        return data;
    }

    /** The descriptors; the caller closes them. */
    LoadedModels load() throws IOException {
        return LoadedModels.load(models);
    }

    FeatureSource source(LoadedModels loaded) {
        return new FeatureSource(new SiftDetector(), maxKeypoints, loaded.describers());
    }

    Matcher matcher() {
        return ratio.<Matcher>map(r -> Arguments.accept(spec, () -> new RatioTestMatcher(r)))
                .orElseGet(MutualNearestNeighborMatcher::new);
    }

    /** Prints the table with a line on how it came about, and writes the JSON file where one is asked for. */
    void print(String protocol, String table, ArrayNode results) throws IOException {
        Machine machine = Machine.current();
        String matching = "mutual nearest neighbours" + ratio.map(r -> " with ratio " + r).orElse("");
        PrintWriter out = spec.commandLine().getOut();
        out.print(table);
        out.println();
        out.println("At most " + maxKeypoints + " SIFT key points an image, the same for every descriptor; " + matching
                + ". Seconds an image and a pair on " + machine.cores() + " cores of " + machine.processor() + " ("
                + machine.system() + "). Tiepoint " + Version.ofBuild() + ", OpenCV " + bytedeco("opencv")
                + ", libtorch " + bytedeco("pytorch") + ".");
        if (json.isPresent()) {
            write(json.get(), protocol, matching, machine, results);
            out.println("json: " + json.get());
        }
        out.flush();
    }

    private void write(Path file, String protocol, String matching, Machine machine, ArrayNode results)
            throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode root = mapper.createObjectNode().put("protocol", protocol).put("data", data.toString());
        ObjectNode names = root.putObject("descriptors");
        models.forEach(model -> names.put(model.name(), model.text()));
        root.put("detector", "sift").put("maxKeypoints", maxKeypoints).put("matching", matching);
        root.set("machine", mapper.valueToTree(machine));
        root.set("versions", mapper.valueToTree(Map.of("tiepoint", Version.ofBuild(), "opencv", bytedeco("opencv"),
                "libtorch", bytedeco("pytorch"), "java", Runtime.version().toString())));
        root.set("results", results);
        byte[] text = mapper.writerWithDefaultPrettyPrinter().writeValueAsBytes(root);
        AtomicFile.write(file, out -> out.write(text));
    }

    /** The version of a native library, without JavaCPP's own after the hyphen. */
    private static String bytedeco(String artifact) throws IOException {
        String version = Loader.getVersion("org.bytedeco", artifact);
        return version == null ? "unknown" : version.replaceFirst("-.*", "");
    }
}
