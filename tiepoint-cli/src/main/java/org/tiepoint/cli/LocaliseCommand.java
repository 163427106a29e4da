package org.tiepoint.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.tiepoint.dataset.PoseList;
import org.tiepoint.dataset.PosedCollection;
import org.tiepoint.feature.Extractor;
import org.tiepoint.geometry.Pose;
import org.tiepoint.localisation.Localisation;
import org.tiepoint.localisation.LocalisationLog;
import org.tiepoint.localisation.LocalisationRun;
import org.tiepoint.localisation.Localiser;
import org.tiepoint.localisation.MapFolder;
import org.tiepoint.localisation.Query;
import org.tiepoint.localisation.ReferenceMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Poses of photos in a scene whose photos have poses. */
@Command(name = "localise", aliases = "localize", description = {
    "Find where photos were taken, in a scene of posed photos such as a COLMAP model.", ""},
        footer = {
            "",
            "Examples:",
            "  tiepoint localise --scene building --queries phone --intrinsics 1500,1500,960,540 --out poses.txt",
            "  tiepoint localise -s aachen/db -q day.txt -i aachen/upright -f runs/small --map db.map -o day.poses",
            "",
            "The scene's own points choose which photos to match; the features are Tiepoint's, triangulated",
            "from the known poses. --map keeps them, so that later queries start at once.",
            "",
            "The result has a line a photo, 'name qw qx qy qz tx ty tz', world to camera, as the Aachen",
            "benchmark takes it. A photo without a pose is reported and left out. Matches, inliers and the",
            "map images used stand in FILE.queries.jsonl, from which a run that was cut off goes on.",
            "A photo that cannot be read is reported too; the exit code is then 1."})
final class LocaliseCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = {"-s", "--scene", "--model-dir"}, required = true, paramLabel = "DIR",
            description = "Photos with their poses: a COLMAP model, or any layout of tiepoint prepare.")
    private Path scene;

    @Mixin
    private QueryOptions queries;

    @Option(names = {"-f", "--features"}, paramLabel = "SPEC", defaultValue = "rootsift",
            converter = FeatureSpec.Converter.class,
            description = "Features: rootsift, sift, orb, akaze, the --out folder of 'tiepoint train' or a checkpoint,"
                    + " with options such as :max=4096 or :ratio=0.8 (default: rootsift).")
    private FeatureSpec features;

    @Option(names = "--max-keypoints", paramLabel = "N", defaultValue = "2048",
            description = "At most so many key points an image where SPEC has no max= (default: 2048).")
    private int maxKeypoints;

    @Mixin
    private MatcherOptions matching;

    @Mixin
    private LocalisationOptions options;

    @Option(names = "--map", paramLabel = "DIR", description = "Folder to keep the map in, or that has it.")
    private Optional<Path> map;

    @Option(names = {"-o", "--out"}, required = true, paramLabel = "FILE", description = "File for the poses.")
    private Path out;

    @Override
    public Integer call() throws IOException {
        Localiser.Options localiserOptions = options.localiser();
        if (maxKeypoints < 1) {
            throw new ParameterException(spec.commandLine(), "--max-keypoints is " + maxKeypoints
                    + ": it must be at least 1");
        }
        MatcherChoice matcher = matching.choice(features.matcher());
        List<Query> all = queries.read();
        PosedCollection collection = PairOptions.oneScene(scene, spec);
        Map<String, String> made = EvaluatedFeatures.settings(features, maxKeypoints);
        made.put("matching", matcher.text());
        Map<String, String> settings = new LinkedHashMap<>(made);
        settings.put("scene", MapFolder.fingerprint(collection));
        settings.putAll(options.settings());
        int failed = 0;
        try (LocalisationLog log = LocalisationLog.open(out.resolveSibling(out.getFileName() + ".queries.jsonl"),
                settings)) {
            int before = all.size() - LocalisationRun.left(all, log).size();
            if (before < all.size()) {
                try (Extractor extractor = features.open(maxKeypoints)) {
                    ReferenceMap built = LocalisationOptions.map(collection, extractor, matcher.matcher(), map, made,
                            spec.commandLine().getErr());
                    Localiser localiser = new Localiser(built, matcher.matcher(), localiserOptions);
                    failed = localise(new LocalisationRun(localiser, extractor), all, log, before);
                }
            }
            write(all, log, failed);
        }
        return failed == 0 ? 0 : 1;
    }

    private int localise(LocalisationRun run, List<Query> all, LocalisationLog log, int before) throws IOException {
        int[] failed = {0};
        try (Progress progress = Progress.start("localise", all.size(), "queries", spec.commandLine().getErr())) {
            progress.skip(before);
            run.run(all, log, new LocalisationRun.Listener() {
                @Override
                public void done(Query query, Localisation result) {
                    progress.step();
                }

                @Override
                public void failed(Query query, IOException problem) {
                    failed[0]++;
                    progress.note("tiepoint: " + new Failure(problem, spec.commandLine()).line());
                    progress.step();
                }
            });
        }
        return failed[0];
    }

    private void write(List<Query> all, LocalisationLog log, int failed) throws IOException {
        PrintWriter print = spec.commandLine().getOut();
        Map<String, Pose> poses = new LinkedHashMap<>();
        long inliers = 0;
        for (Query query : all) {
            Localisation result = log.done().get(query.name());
            if (result != null && result.pose().isPresent()) {
                poses.put(query.name(), result.pose().get());
                inliers += result.inliers();
            } else if (result != null) {
                print.println("no pose: " + query.name() + " (" + result.inliers() + " inliers of " + result.matches()
                        + " matches)");
            }
        }
        PoseList.write(out, poses);
        print.printf(Locale.ROOT, "queries: %d localised with %d inliers on average, %d without a pose, %d unreadable,"
                + " in %s%n", poses.size(), poses.isEmpty() ? 0 : inliers / poses.size(),
                all.size() - poses.size() - failed, failed, out);
        print.flush();
    }
}
