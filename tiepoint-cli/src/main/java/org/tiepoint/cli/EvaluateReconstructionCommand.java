package org.tiepoint.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.tiepoint.dataset.DatasetException;
import org.tiepoint.dataset.ImageFolder;
import org.tiepoint.dataset.pairs.NamePair;
import org.tiepoint.evaluation.reconstruction.ColmapProgram;
import org.tiepoint.evaluation.reconstruction.ColmapSift;
import org.tiepoint.evaluation.reconstruction.FeatureSide;
import org.tiepoint.evaluation.reconstruction.OwnFeatures;
import org.tiepoint.evaluation.reconstruction.ReconstructionProtocol;
import org.tiepoint.evaluation.reconstruction.ReconstructionReport;
import org.tiepoint.evaluation.reconstruction.ReconstructionResult;
import org.tiepoint.geometry.CameraModel;
import org.tiepoint.interop.colmap.CameraSource;
import org.tiepoint.interop.colmap.CollectionMatcher;
import org.tiepoint.interop.colmap.ImageEnrolment.CameraSharing;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What COLMAP reconstructs from several kinds of features. */
@Command(name = "reconstruction", description = {
    "Have COLMAP reconstruct photos from several features, its own SIFT always among them.", ""},
        footer = {
            "",
            "Example:",
            "  tiepoint evaluate reconstruction --images photos --single-camera --features rootsift:ratio=0.8 \\",
            "      --features trained=runs/small --max-keypoints 2000 --out results/photos",
            "",
            "All match the same pairs (see tiepoint pairs --help). COLMAP (3.8 or later) runs on the CPU; its SIFT",
            "with its own matching and verification, the others with Tiepoint's. The mapper has its defaults.",
            "",
            "registered: images in the largest model. track length: images a point is seen in, mean. error: mean",
            "reprojection error of COLMAP. minutes: by the clock, all stages; CPU minutes: of all processors.",
            "Each row has a folder in --out: database, models in sparse, colmap.log. report.md and summary.json",
            "have the numbers. A run that failed stands in its row; the exit code is then 1. Rows that are done",
            "are kept: run again to go on."})
final class EvaluateReconstructionCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = {"-i", "--images"}, required = true, paramLabel = "DIR", description = "Folder of photos.")
    private Path images;

    @Option(names = {"-f", "--features"}, paramLabel = "SPEC", converter = FeatureSpec.Converter.class,
            description = "Features to set beside COLMAP's SIFT, such as rootsift:ratio=0.8, the --out folder of"
                    + " 'tiepoint train', or h5:FILE. NAME=SPEC says what to call them. Give several.")
    private List<FeatureSpec> features = List.of();

    @Option(names = {"-o", "--out"}, required = true, paramLabel = "DIR", description = "Folder for the results.")
    private Path out;

    @Option(names = "--colmap", paramLabel = "PATH", description = "The COLMAP program (default: on the PATH).")
    private Optional<Path> colmap;

    @Option(names = "--max-keypoints", paramLabel = "N", defaultValue = "2048",
            description = "At most so many key points an image where SPEC has no max= (default: 2048).")
    private int maxKeypoints;

    @Option(names = "--single-camera", description = "All photos were taken by one camera.")
    private boolean singleCamera;

    @Option(names = "--pairs", paramLabel = "KIND", defaultValue = "exhaustive",
            description = "Which pairs: exhaustive, sequential, retrieval, poses or list (default: exhaustive).")
    private PairKind kind;

    @Mixin
    private PairOptions pairs;

    @Option(names = "--threads", paramLabel = "N", description = "Pairs at a time (default: one a processor).")
    private Optional<Integer> threads;

    @Option(names = "--timeout", paramLabel = "MINUTES", defaultValue = "120",
            description = "End a command of COLMAP that takes longer (default: 120).")
    private int timeout;

    @Override
    public Integer call() throws IOException {
        if (maxKeypoints < 1 || timeout < 1) {
            throw new ParameterException(spec.commandLine(), (maxKeypoints < 1 ? "--max-keypoints is " + maxKeypoints
                    : "--timeout is " + timeout) + ": it must be at least 1");
        }
        Path executable = colmap.or(ColmapProgram::find).orElseThrow(() -> new DatasetException(Path.of("colmap"), "",
                "is not on the PATH: install COLMAP, or name the program with --colmap"));
        ColmapProgram program = new ColmapProgram(executable, Duration.ofMinutes(timeout));
        Map<String, String> versions = new LinkedHashMap<>();
        versions.put("tiepoint", Version.ofBuild());
        versions.put("colmap", program.version());
        ImageFolder folder = ImageFolder.list(images);
        List<NamePair> chosen = pairs.generator(kind, folder).pairs(folder.names());
        List<FeatureSide> sides = sides(program);
        Files.createDirectories(out);
        ReconstructionProtocol protocol = new ReconstructionProtocol(program, folder, chosen, out);
        List<ReconstructionResult> results = new ArrayList<>();
        PrintWriter err = spec.commandLine().getErr();
        for (FeatureSide side : sides) {
            err.println("tiepoint: reconstructing from " + side.name());
            err.flush();
            results.add(protocol.run(side));
            new ReconstructionReport(images, chosen.size(), kind.toString(), versions, results).write(out);
        }
        PrintWriter print = spec.commandLine().getOut();
        print.print(new ReconstructionReport(images, chosen.size(), kind.toString(), versions, results).markdown());
        print.println();
        print.println(folder.names().size() + " images, " + chosen.size() + " pairs (" + kind + "), at most "
                + maxKeypoints + " key points an image; COLMAP " + versions.get("colmap") + ". In " + out);
        print.flush();
        return results.stream().allMatch(ReconstructionResult::succeeded) ? 0 : 1;
    }

    private List<FeatureSide> sides(ColmapProgram program) throws IOException {
        CollectionMatcher.Options usual = CollectionMatcher.Options.defaults();
        CollectionMatcher.Options options = Arguments.accept(spec,
                () -> new CollectionMatcher.Options(threads.orElse(usual.threads()), usual.featureBytes()));
        List<FeatureSide> sides = new ArrayList<>();
        sides.add(new ColmapSift(program, maxKeypoints, singleCamera));
        for (FeatureSpec feature : features) {
            if (sides.stream().anyMatch(side -> side.name().equals(feature.name()))) {
                throw new ParameterException(spec.commandLine(), "--features has the name '" + feature.name()
                        + "' twice: write --features NAME=SPEC with different names");
            }
            MatcherChoice matching = feature.matcher().orElse(MatcherChoice.MUTUAL);
            String settings = feature.text() + ", at most " + feature.maxKeypoints(maxKeypoints) + " key points, "
                    + matching.text() + (feature.method().takesArgument() ? "; " + EvaluatedFeatures.checksums(feature)
                            : "") + detectorFile(feature);
            sides.add(new OwnFeatures(feature.name(), settings, () -> feature.openForImages(maxKeypoints),
                    matching.matcher(), CameraSource.exif(CameraModel.SIMPLE_RADIAL),
                    singleCamera ? CameraSharing.ALL : CameraSharing.NONE, options,
                    new Bar(spec.commandLine().getErr())));
        }
        return sides;
    }

    private static String detectorFile(FeatureSpec feature) throws IOException {
        String sums = EvaluatedFeatures.detectorChecksums(feature);
        return sums.isEmpty() ? "" : "; detector " + sums;
    }

    /** Shows how far the work is. */
    private static final class Bar implements OwnFeatures.Steps {
        private final PrintWriter err;
        private Progress progress;

        Bar(PrintWriter err) {
            this.err = err;
        }

        @Override
        public void begin(String task, int steps, String unit) {
            progress = Progress.start(task, steps, unit, err);
        }

        @Override
        public void step() {
            progress.step();
        }

        @Override
        public void end() {
            progress.close();
        }
    }
}
