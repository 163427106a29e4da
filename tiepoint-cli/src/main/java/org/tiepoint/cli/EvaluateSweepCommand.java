package org.tiepoint.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.tiepoint.evaluation.report.SweepReport;
import org.tiepoint.evaluation.sweep.Photos;
import org.tiepoint.evaluation.sweep.Sweep;
import org.tiepoint.evaluation.sweep.SweepFiles;
import org.tiepoint.evaluation.sweep.SweepKind;
import org.tiepoint.evaluation.sweep.SweepResult;
import org.tiepoint.evaluation.sweep.SweepTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** How far features bear rotation, scale, exposure and blur. */
@Command(name = "sweep", description = {
    "How far features bear rotation, scale, exposure and blur: photos matched with changed copies.", ""},
        footer = {
            "",
            "Examples:",
            "  tiepoint evaluate sweep photos --features runs/small --out results/sweep",
            "  tiepoint evaluate sweep photos --features orb --kinds rotation,scale --photos 50 \\",
            "      --out results/turns",
            "",
            "rotation: 0 to 180 degrees in steps of 15; both images are the square in the photo's middle that",
            "stays full at every angle. scale: 1 to 4 times smaller. exposure: -4 to 4 stops, cut at white.",
            "blur: Gaussian, sigma 0 to 6 pixels. Every change is exact, so true places are known; key points",
            "that only one image shows are left out. MMA@k: share of a photo's matches within k px, in the",
            "changed image, of the true place; correct: matches within 3 px. RootSIFT is always measured.",
            "summary.json has all numbers with 95 %% intervals over photos, report.html the curves."})
final class EvaluateSweepCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "Folder of photos; those in its folders count, too.")
    private Path folder;

    @Option(names = {"-f", "--features"}, paramLabel = "SPEC", converter = FeatureSpec.Converter.class,
            description = "Features to measure beside RootSIFT, as in 'tiepoint evaluate homography'. Give several to"
                    + " set them side by side.")
    private List<FeatureSpec> features = List.of();

    @Option(names = {"-o", "--out"}, required = true, paramLabel = "DIR",
            description = "Folder for report.html, summary.json, summary.csv and photos.csv. A second run with the"
                    + " same folder goes on where the first stopped.")
    private Path out;

    @Option(names = "--kinds", paramLabel = "KIND", defaultValue = "rotation,scale,exposure,blur",
            split = ",", converter = KindConverter.class,
            description = "What to change: some of rotation,scale,exposure,blur (default: all).")
    private List<SweepKind> kinds;

    @Option(names = "--photos", paramLabel = "N", defaultValue = "20",
            description = "At most so many photos, chosen by the seed (default: 20).")
    private int photos;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "0", description = "Of the choice (default: 0).")
    private long seed;

    @Option(names = "--longest-side", paramLabel = "PX", defaultValue = "1024",
            description = "Photos with a longer side are made smaller first (default: 1024).")
    private int longestSide;

    @Option(names = "--max-keypoints", paramLabel = "N", defaultValue = "2048",
            description = "At most so many key points an image where SPEC has no max=, the strongest first (default:"
                    + " 2048).")
    private int maxKeypoints;

    @Override
    public Integer call() throws IOException {
        requirePositive("--photos", photos);
        requirePositive("--max-keypoints", maxKeypoints);
        for (FeatureSpec named : features) {
            if (named.method() == FeatureMethod.H5) {
                throw new ParameterException(spec.commandLine(), "--features " + named.text() + " holds the features of"
                        + " certain images, and a sweep makes new ones: name a method that extracts");
            }
        }
        Sweep.Options options = Arguments.accept(spec, () -> new Sweep.Options(kinds, longestSide));
        Photos chosen = Photos.in(folder).choose(photos, seed);
        SweepResult result;
        try (EvaluatedFeatures swept = EvaluatedFeatures.of(features, maxKeypoints, spec.commandLine());
                EvaluationProgress progress = new EvaluationProgress(spec.commandLine().getErr())) {
            result = new Sweep(options, out).run(chosen, swept.candidates(), EvaluationOptions.versions(), progress);
        }
        SweepFiles.write(out, result);
        SweepReport.page(result, TypedCommand.of(spec)).write(out.resolve("report.html"));
        PrintWriter printer = spec.commandLine().getOut();
        printer.print(SweepTable.markdown(result));
        printer.println();
        printer.println(chosen.names().size() + " photos; at most " + maxKeypoints + " key points an image unless the"
                + " features say.");
        printer.println("results: " + out.resolve("summary.json"));
        printer.println("report: " + out.resolve("report.html"));
        printer.flush();
        return 0;
    }

    private void requirePositive(String option, int value) {
        if (value < 1) {
            throw new ParameterException(spec.commandLine(), option + " is " + value + ": it must be at least 1");
        }
    }

    /** Reads a kind's name. */
    static final class KindConverter implements ITypeConverter<SweepKind> {
        @Override
        public SweepKind convert(String written) {
            List<String> names = Arrays.stream(SweepKind.values()).map(SweepKind::toString).toList();
            int place = names.indexOf(written.strip().toLowerCase(Locale.ROOT));
            if (place < 0) {
                throw new TypeConversionException("'" + written + "' is no kind of change"
                        + NearestName.of(written, names).map(near -> "; did you mean " + near + "?")
                                .orElse(": choose from " + String.join(", ", names)));
            }
            return SweepKind.values()[place];
        }
    }
}
