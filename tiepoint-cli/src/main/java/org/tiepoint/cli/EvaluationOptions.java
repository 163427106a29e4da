package org.tiepoint.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.Loader;
import org.tiepoint.estimate.RobustEstimator;
import org.tiepoint.evaluation.Evaluation;
import org.tiepoint.evaluation.EvaluationResult;
import org.tiepoint.evaluation.EvaluationSet;
import org.tiepoint.evaluation.Protocol;
import org.tiepoint.evaluation.ResultFiles;
import org.tiepoint.evaluation.ResultTable;
import org.tiepoint.evaluation.report.EvaluationReport;
import org.tiepoint.evaluation.report.PublishedCurves;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What every protocol takes and says: features, where results go; a table, and the same as files. */
final class EvaluationOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = {"-f", "--features"}, paramLabel = "SPEC", converter = FeatureSpec.Converter.class,
            description = "Features to measure beside RootSIFT: rootsift, sift, orb, akaze, the --out folder of"
                    + " 'tiepoint train' or a checkpoint, h5:FILE, ... with options such as :max=4096 or :ratio=0.8."
                    + " NAME=SPEC says what to call them. Give several to set them side by side.")
    private List<FeatureSpec> features = List.of();

    @Option(names = {"-o", "--out"}, required = true, paramLabel = "DIR",
            description = "Folder for report.html, summary.json, summary.csv, pairs.csv and predictions. A second run"
                    + " with the same folder goes on where the first stopped, or only scores.")
    private Path out;

    private int maxKeypoints;

    @Option(names = "--max-keypoints", paramLabel = "N", defaultValue = "2048",
            description = "At most so many key points an image where SPEC has no max=, the strongest first (default:"
                    + " 2048).")
    private void setMaxKeypoints(int n) {
        if (n < 1) {
            throw new ParameterException(spec.commandLine(), "--max-keypoints is " + n + ": it must be at least 1");
        }
        maxKeypoints = n;
    }

    @Option(names = "--threshold", paramLabel = "PX",
            description = "Of the robust estimators, in pixels of the image files (default: 3 for homographies, 1 for"
                    + " poses).")
    private Optional<Double> threshold;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "0",
            description = "Of MAGSAC++'s random samples (default: 0).")
    private int seed;

    /** The estimator's options with the user's threshold and seed. */
    RobustEstimator.Options estimation(RobustEstimator.Options usual) {
        return Arguments.accept(spec, () -> new RobustEstimator.Options(threshold.orElse(usual.thresholdPixels()),
                usual.confidence(), usual.maxIterations(), seed));
    }

    /** Predicts and scores with progress, prints the tables and writes the files. */
    EvaluationResult run(List<EvaluationSet> sets, Protocol protocol) throws IOException {
        return run(sets, protocol, PublishedCurves.none());
    }

    /** The same, with curves that the report draws behind its own. */
    EvaluationResult run(List<EvaluationSet> sets, Protocol protocol, PublishedCurves published) throws IOException {
        EvaluationResult result;
        try (EvaluatedFeatures evaluated = EvaluatedFeatures.of(features, maxKeypoints, spec.commandLine());
                EvaluationProgress progress = new EvaluationProgress(spec.commandLine().getErr())) {
            result = new Evaluation(protocol, out).run(sets, evaluated.candidates(), versions(), progress);
        }
        ResultFiles.write(out, result);
        EvaluationReport.page(result, published, TypedCommand.of(spec)).write(out.resolve("report.html"));
        print(result);
        return result;
    }

    private void print(EvaluationResult result) {
        PrintWriter printer = spec.commandLine().getOut();
        printer.print(ResultTable.markdown(result));
        printer.println();
        printer.println("At most " + maxKeypoints + " key points an image unless the features say; estimators: "
                + result.settings().get("threshold") + ", " + result.settings().get("iterations")
                + " samples; 95 % intervals by bootstrap over pairs. Seconds an image and a pair on "
                + result.machine().cores() + " cores of " + result.machine().processor() + " ("
                + result.machine().system() + "), Tiepoint " + result.versions().get("tiepoint") + ", OpenCV "
                + result.versions().get("opencv") + ".");
        printer.println("results: " + out.resolve("summary.json"));
        printer.println("report: " + out.resolve("report.html"));
        printer.flush();
    }

    /** Of this program and its libraries, by name. */
    static Map<String, String> versions() throws IOException {
        Map<String, String> versions = new LinkedHashMap<>();
        versions.put("tiepoint", Version.ofBuild());
        versions.put("opencv", bytedeco("opencv"));
        versions.put("libtorch", bytedeco("pytorch"));
        versions.put("java", Runtime.version().toString());
        return versions;
    }

    /** The version of a native library, without JavaCPP's own after the hyphen. */
    private static String bytedeco(String artifact) throws IOException {
        String version = Loader.getVersion("org.bytedeco", artifact);
        return version == null ? "unknown" : version.replaceFirst("-.*", "");
    }
}
