package org.tiepoint.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.tiepoint.dataset.PosedCollection;
import org.tiepoint.dataset.PosedCollections;
import org.tiepoint.dataset.PosedImage;
import org.tiepoint.evaluation.Machine;
import org.tiepoint.evaluation.localisation.HeldOut;
import org.tiepoint.evaluation.localisation.LocalisationFiles;
import org.tiepoint.evaluation.localisation.LocalisationResult;
import org.tiepoint.evaluation.localisation.QueryResult;
import org.tiepoint.feature.Extractor;
import org.tiepoint.localisation.Localisation;
import org.tiepoint.localisation.LocalisationLog;
import org.tiepoint.localisation.LocalisationRun;
import org.tiepoint.localisation.Localiser;
import org.tiepoint.localisation.MapFolder;
import org.tiepoint.localisation.Query;
import org.tiepoint.localisation.ReferenceMap;
import org.tiepoint.match.Matcher;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Accuracy of localisation in scenes with true poses. */
@Command(name = "localisation", aliases = "localization", description = {
    "Accuracy of localisation: photos of a scene are left out, and localised among the others.", ""},
        footer = {
            "",
            "Examples:",
            "  tiepoint evaluate localisation 7scenes/redkitchen --features runs/small --out results/kitchen",
            "  tiepoint evaluate localisation scenes --hold-out 10 --features orb --out results/localisation",
            "",
            "DIR: posed photos of any layout, a scene or a folder of scenes. RootSIFT is always measured:",
            "mutual nearest neighbours, and with ratio 0.8.",
            "",
            "median t: of the distances between true and found camera, in the scene's units (metres for 7-Scenes,",
            "TUM and KITTI); median R: of the angles, in degrees; then the share of photos within a distance",
            "and an angle. A photo without a pose counts as infinitely far off. inliers, matches: mean a photo;",
            "points: triangulated in the map. In brackets: 95 %% interval by bootstrap over photos."})
final class EvaluateLocalisationCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", arity = "1..*", description = "Scenes, or folders of scenes.")
    private List<Path> folders;

    @Option(names = "--hold-out", paramLabel = "N", defaultValue = "5",
            description = "Leave out one photo of N, at least 2 (default: 5).")
    private int holdOut;

    @Option(names = {"-f", "--features"}, paramLabel = "SPEC", converter = FeatureSpec.Converter.class,
            description = "Features to measure beside RootSIFT: see tiepoint localise --help. NAME=SPEC says what to call"
                    + " them. Give several to set them side by side.")
    private List<FeatureSpec> features = List.of();

    @Option(names = "--max-keypoints", paramLabel = "N", defaultValue = "2048",
            description = "At most so many key points an image where SPEC has no max= (default: 2048).")
    private int maxKeypoints;

    @Mixin
    private LocalisationOptions options;

    @Option(names = {"-o", "--out"}, required = true, paramLabel = "DIR",
            description = "Folder for maps, poses, summary.json, summary.csv and queries.csv. A second run with the same"
                    + " folder goes on where the first stopped, or only scores.")
    private Path out;

    @Override
    public Integer call() throws IOException {
        options.localiser();
        if (holdOut < 2 || maxKeypoints < 1) {
            throw new ParameterException(spec.commandLine(), holdOut < 2
                    ? "--hold-out is " + holdOut + ": it must be at least 2"
                    : "--max-keypoints is " + maxKeypoints + ": it must be at least 1");
        }
        List<FeatureSpec> specs = EvaluatedFeatures.specs(features, spec.commandLine());
        List<PosedCollection> scenes = new ArrayList<>();
        for (Path folder : folders) {
            scenes.addAll(PosedCollections.open(folder));
        }
        if (scenes.stream().map(PosedCollection::name).distinct().count() < scenes.size()) {
            throw new ParameterException(spec.commandLine(), "two scenes have the same name: rename a folder, or"
                    + " evaluate them one by one");
        }
        List<LocalisationResult.Scene> results = new ArrayList<>();
        for (PosedCollection scene : scenes) {
            HeldOut split = HeldOut.every(scene, holdOut);
            List<LocalisationResult.Feature> rows = new ArrayList<>();
            for (FeatureSpec method : specs) {
                rows.add(evaluate(split, method, out.resolve(plain(scene.name())).resolve(plain(method.name()))));
            }
            results.add(new LocalisationResult.Scene(scene.name(), split.references().images().size(),
                    split.queries().size(), rows));
        }
        Map<String, String> settings = new LinkedHashMap<>(options.settings());
        settings.put("holdOut", "1 of " + holdOut);
        LocalisationResult result = new LocalisationResult(settings, results, Machine.current(),
                EvaluationOptions.versions());
        LocalisationFiles.write(out, result);
        PrintWriter print = spec.commandLine().getOut();
        print.print(LocalisationFiles.markdown(result));
        print.println();
        print.println("results: " + out.resolve("summary.json"));
        print.flush();
        return 0;
    }

    private LocalisationResult.Feature evaluate(HeldOut split, FeatureSpec method, Path folder) throws IOException {
        Files.createDirectories(folder);
        MatcherChoice choice = method.matcher().orElse(MatcherChoice.MUTUAL);
        Map<String, String> made = EvaluatedFeatures.settings(method, maxKeypoints);
        made.put("matching", choice.text());
        Map<String, String> settings = new LinkedHashMap<>(made);
        settings.put("scene", MapFolder.fingerprint(split.references()));
        settings.putAll(options.settings());
        List<Query> queries = split.queries().stream()
                .map(image -> new Query(image.name(), image.file(), image.camera())).toList();
        Matcher matcher = choice.matcher();
        try (LocalisationLog log = LocalisationLog.open(folder.resolve("queries.jsonl"), settings);
                Extractor extractor = new LateExtractor(() -> method.open(maxKeypoints))) {
            ReferenceMap map = LocalisationOptions.map(split.references(), extractor, matcher,
                    Optional.of(folder.resolve("map")), made, spec.commandLine().getErr());
            localise(new LocalisationRun(new Localiser(map, matcher, options.localiser()), extractor), queries, log,
                    method.name());
            List<QueryResult> results = new ArrayList<>();
            for (PosedImage truth : split.queries()) {
                results.add(QueryResult.of(truth, log.done().get(truth.name())));
            }
            return new LocalisationResult.Feature(method.name(), made, map.points().count(), results);
        }
    }

    private void localise(LocalisationRun run, List<Query> queries, LocalisationLog log, String name)
            throws IOException {
        IOException[] problem = new IOException[1];
        try (Progress progress = Progress.start(name, queries.size(), "queries", spec.commandLine().getErr())) {
            progress.skip(queries.size() - LocalisationRun.left(queries, log).size());
            run.run(queries, log, new LocalisationRun.Listener() {
                @Override
                public void done(Query query, Localisation result) {
                    progress.step();
                }

                @Override
                public void failed(Query query, IOException thrown) {
                    problem[0] = thrown;
                }
            });
        }
        if (problem[0] != null) {
            throw problem[0];
        }
    }

    /** A name as that of a folder, on every system. */
    private static String plain(String name) {
        String plain = name.replaceAll("[^A-Za-z0-9.+=-]+", "_");
        return plain.equals(name) ? plain : plain + "-" + Integer.toHexString(name.hashCode());
    }
}
