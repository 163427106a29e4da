package org.tiepoint.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.tiepoint.dataset.DatasetException;
import org.tiepoint.dataset.ImageFolder;
import org.tiepoint.evaluation.retrieval.RetrievalListener;
import org.tiepoint.evaluation.retrieval.RetrievalReport;
import org.tiepoint.evaluation.retrieval.RetrievalRun;
import org.tiepoint.evaluation.retrieval.RetrievalScores;
import org.tiepoint.evaluation.retrieval.RetrievalSet;
import org.tiepoint.evaluation.retrieval.RevisitedTruth;
import org.tiepoint.feature.Extractor;
import org.tiepoint.file.AtomicFile;
import org.tiepoint.retrieval.GlobalDescriptor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Image retrieval with and without local matches. */
@Command(name = "retrieval", description = {
    "Image retrieval on Revisited Oxford and Paris: a global descriptor, then local matches.", ""},
        footer = {
            "",
            "Examples:",
            "  tiepoint evaluate retrieval roxford5k --features runs/small --out results/roxford5k",
            "  tiepoint evaluate retrieval rparis6k --global runs/small --features trained=runs/small \\",
            "      --features rootsift --short-list 50 --out results/rparis6k",
            "",
            "DIR: the photos in jpg/, the truth beside it in gnd_roxford5k.pkl or gnd_rparis6k.pkl (Radenovic",
            "et al., CVPR 2018). Queries are cut from their photos. A first row ranks by the global descriptor",
            "alone; for each --features, the best of that are ordered again by the matches that agree with",
            "one homography. mAP: mean average precision, mP@k: mean precision of the first k, in percent,",
            "for easy, medium (easy and hard) and hard images; junk images are left out.",
            "",
            "--out keeps features and inliers: a run that was cut off goes on, another --features adds a row."})
final class EvaluateRetrievalCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "Folder with jpg/ and gnd_*.pkl.")
    private Path folder;

    private List<FeatureSpec> features;

    @Option(names = {"-f", "--features"}, required = true, paramLabel = "SPEC",
            converter = FeatureSpec.Converter.class,
            description = "Local features: rootsift, sift, orb, akaze, or a trained model's folder or file, with"
                    + " options as in NAME=SPEC:max=1000,ratio=0.8. Give several to compare them.")
    private void setFeatures(List<FeatureSpec> given) {
        if (given.stream().map(FeatureSpec::name).distinct().count() < given.size()) {
            throw new ParameterException(spec.commandLine(), "--features has the same name twice: write"
                    + " --features NAME=SPEC with different names");
        }
        features = given;
    }

    @Option(names = "--global", paramLabel = "SPEC", defaultValue = ModelOption.BASELINE,
            converter = FeatureSpec.Converter.class,
            description = "Global descriptor. 'rootsift': VLAD of RootSIFT, its centres learned from these photos; or a"
                    + " trained model's folder or file: GeM of its encoder (default: rootsift).")
    private FeatureSpec global;

    @Option(names = "--short-list", paramLabel = "N", defaultValue = "100",
            description = "Images for each query that are matched (default: 100).")
    private int shortList;

    @Option(names = "--max-keypoints", paramLabel = "N", defaultValue = "2048",
            description = "At most so many key points an image, the strongest first (default: 2048).")
    private int maxKeypoints;

    @Option(names = {"-o", "--out"}, required = true, paramLabel = "DIR",
            description = "Folder for what was computed, and summary.json with the results.")
    private Path out;

    @Override
    public Integer call() throws IOException {
        RetrievalRun.Options options = Arguments.accept(spec,
                () -> new RetrievalRun.Options(shortList, RetrievalRun.Options.defaults().thresholdPixels()));
        if (maxKeypoints < 1) {
            throw new ParameterException(spec.commandLine(), "--max-keypoints is " + maxKeypoints
                    + ": it must be at least 1");
        }
        RetrievalSet set = RevisitedTruth.read(folder);
        Files.createDirectories(out);
        claim(out.resolve("settings.txt"), folder + " --global " + global.text() + " --short-list " + shortList);
        List<RetrievalScores> scores = new ArrayList<>();
        try (Stages stages = new Stages(spec.commandLine().getErr())) {
            RetrievalRun run = new RetrievalRun(set, out, options, stages);
            List<int[]> rankings;
            try (GlobalDescriptor descriptor = GlobalIndex.descriptor(ImageFolder.list(set.images()), global)) {
                rankings = run.global(descriptor);
            }
            scores.add(RetrievalScores.of("global: " + global.text(), set, rankings));
            for (FeatureSpec method : features) {
                String name = method.name().replaceAll("[^\\w.+-]", "_");
                claim(out.resolve(name + ".txt"), method.text() + " --max-keypoints "
                        + method.maxKeypoints(maxKeypoints));
                try (Extractor extractor = method.open(maxKeypoints)) {
                    List<int[]> again = run.reranked(rankings, name, extractor,
                            method.matcher().orElse(MatcherChoice.MUTUAL).matcher());
                    scores.add(RetrievalScores.of("+ " + method.name(), set, again));
                }
            }
        }
        print(set, scores);
        return 0;
    }

    private void print(RetrievalSet set, List<RetrievalScores> scores) throws IOException {
        PrintWriter print = spec.commandLine().getOut();
        print.print(RetrievalReport.table(scores));
        print.println();
        print.println(set.queries().size() + " queries in " + set.database().size() + " images; the first " + shortList
                + " ordered again. Tiepoint " + Version.ofBuild() + ".");
        Path file = out.resolve("summary.json");
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode root = mapper.createObjectNode().put("protocol", "retrieval").put("data", folder.toString())
                .put("global", global.text()).put("shortList", shortList).put("maxKeypoints", maxKeypoints);
        root.set("results", RetrievalReport.json(set, scores));
        byte[] json = mapper.writerWithDefaultPrettyPrinter().writeValueAsBytes(root);
        AtomicFile.write(file, stream -> stream.write(json));
        print.println("json: " + file);
        print.flush();
    }

    /** Marks what lies in the folder with how it was made, or checks that. */
    private static void claim(Path file, String how) throws IOException {
        if (!Files.exists(file)) {
            AtomicFile.write(file, stream -> stream.write(how.getBytes(StandardCharsets.UTF_8)));
        } else if (!Files.readString(file).equals(how)) {
            throw new DatasetException(file, "", "what lies here was made by " + Files.readString(file).strip()
                    + ", not by " + how + ": give the same, or another --out");
        }
    }

    /** A progress bar a stage. */
    private static final class Stages implements RetrievalListener, AutoCloseable {
        private final PrintWriter err;
        private Progress progress;

        Stages(PrintWriter err) {
            this.err = err;
        }

        @Override
        public void begin(String stage, int steps, int done) {
            close();
            progress = Progress.start(stage, steps, stage.equals("match") ? "queries" : "images", err);
            progress.skip(done);
        }

        @Override
        public void step() {
            progress.step();
        }

        @Override
        public void close() {
            if (progress != null) {
                progress.close();
            }
        }
    }
}
