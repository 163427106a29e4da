package org.tiepoint.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.tiepoint.dataset.PosedCollection;
import org.tiepoint.feature.Extractor;
import org.tiepoint.localisation.AbsolutePoseEstimator;
import org.tiepoint.localisation.FeatureStore;
import org.tiepoint.localisation.Localiser;
import org.tiepoint.localisation.MapBuilder;
import org.tiepoint.localisation.MapFolder;
import org.tiepoint.localisation.ReferenceMap;
import org.tiepoint.match.Matcher;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How queries are localised: shared by localise and its evaluation. */
final class LocalisationOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--short-list", paramLabel = "KIND", defaultValue = "retrieval",
            description = "Which map images a query is matched with: those by retrieval most like it, or by covisibility"
                    + " a few of those and the ones that share most points with them (default: retrieval).")
    private Localiser.ShortList shortList;

    @Option(names = "--top", paramLabel = "N", defaultValue = "10",
            description = "Map images a query is matched with at most (default: 10).")
    private int top;

    @Option(names = "--threshold", paramLabel = "PX", defaultValue = "8",
            description = "Farthest that an inlier's point falls from its key point, in pixels (default: 8).")
    private double threshold;

    @Option(names = "--min-inliers", paramLabel = "N", defaultValue = "12",
            description = "With fewer inliers a query has no pose (default: 12).")
    private int minInliers;

    @Option(names = "--seed", paramLabel = "S", defaultValue = "0", description = "Of the random samples (default: 0).")
    private int seed;

    /** Checked options. */
    Localiser.Options localiser() {
        AbsolutePoseEstimator.Options usual = AbsolutePoseEstimator.Options.defaults();
        return Arguments.accept(spec, () -> new Localiser.Options(shortList, top, minInliers,
                new AbsolutePoseEstimator.Options(threshold, usual.confidence(), usual.maxIterations(), seed)));
    }

    /** The options by name, for results. */
    Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("shortList", shortList.toString());
        settings.put("references", Integer.toString(top));
        settings.put("threshold", threshold + " px");
        settings.put("minInliers", Integer.toString(minInliers));
        settings.put("seed", Integer.toString(seed));
        return settings;
    }

    /**
     * The map of a collection: from the folder where it is kept there, else built, and kept where there is a folder.
     *
     * @param settings that the features and matches follow from
     */
    static ReferenceMap map(PosedCollection collection, Extractor extractor, Matcher matcher, Optional<Path> folder,
            Map<String, String> settings, PrintWriter err) throws IOException {
        MapBuilder builder = new MapBuilder(extractor, matcher, MapBuilder.Options.defaults());
        try (MapProgress progress = new MapProgress(err)) {
            if (folder.isEmpty()) {
                return builder.build(collection, FeatureStore.inMemory(), progress);
            }
            Map<String, String> all = new LinkedHashMap<>(settings);
            all.put("scene", MapFolder.fingerprint(collection));
            MapFolder kept = MapFolder.open(folder.get(), all);
            Optional<ReferenceMap> there = kept.load();
            if (there.isPresent()) {
                return there.get();
            }
            ReferenceMap built = builder.build(collection, kept.features(), progress);
            kept.save(built);
            return built;
        }
    }
}
