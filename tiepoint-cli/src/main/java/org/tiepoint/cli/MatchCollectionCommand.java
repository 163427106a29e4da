package org.tiepoint.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.tiepoint.dataset.DatasetException;
import org.tiepoint.dataset.ImageFolder;
import org.tiepoint.dataset.pairs.NamePair;
import org.tiepoint.feature.Extractor;
import org.tiepoint.interop.colmap.CollectionMatcher;
import org.tiepoint.interop.colmap.ColmapDatabase;
import org.tiepoint.interop.colmap.TwoViewVerifier;
import org.tiepoint.interop.colmap.VerifiedPair;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Matches of a folder of images in a COLMAP database. */
@Command(name = "match-collection", description = {
    "Match the images of a folder in pairs, verify the matches, and store them in a COLMAP database.", ""},
        footer = {
            "",
            "Example: a model of the photos, by COLMAP from Tiepoint's features:",
            "  tiepoint match-collection --images photos --model runs/small --database scene.db",
            "  mkdir sparse",
            "  colmap mapper --image_path photos --database_path scene.db --output_path sparse",
            "",
            "The same matches for hloc: --out matches.h5; as a table: --format csv --out matches.csv.",
            "",
            "Features of an earlier tiepoint extract will do instead of --model; images that the database",
            "lacks are added. Pairs: exhaustive, sequential, retrieval, poses or list (see tiepoint pairs --help).",
            "Each pair is stored at once: run again after a stop to go on, or after adding photos.",
            "Nothing in an existing database is overwritten. Descriptors are not stored."})
final class MatchCollectionCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = {"-i", "--images"}, required = true, paramLabel = "DIR", description = "Folder of images.")
    private Path images;

    @Option(names = {"-d", "--database"}, required = true, paramLabel = "FILE",
            description = "The COLMAP database, of COLMAP 3.8 or 4; created where there is none.")
    private Path file;

    @Option(names = "--features", paramLabel = "PATH",
            description = "The features: a folder, or a file in hloc's layout (default: the database's name with"
                    + " .features).")
    private Optional<Path> features;

    @Option(names = {"-m", "--model"}, paramLabel = "MODEL", converter = FeatureSpec.Converter.class,
            description = "Extract the features that are missing in that folder by this method: see tiepoint extract"
                    + " --help.")
    private Optional<FeatureSpec> model;

    @Mixin
    private KeypointOptions keypoints;

    @Option(names = "--pairs", paramLabel = "KIND", defaultValue = "exhaustive",
            description = "Which pairs: exhaustive, sequential, retrieval, poses or list (default: exhaustive).")
    private PairKind kind;

    @Mixin
    private PairOptions pairs;

    @Mixin
    private MatcherOptions matching;

    @Option(names = "--max-error", paramLabel = "PX", defaultValue = "4",
            description = "Matches farther than this from the geometry are outliers, in pixels (default: 4).")
    private double maxError;

    @Option(names = "--min-inliers", paramLabel = "N", defaultValue = "15",
            description = "Fewer agreeing matches are no geometry (default: 15).")
    private int minInliers;

    @Option(names = "--threads", paramLabel = "N", description = "Pairs at a time (default: one a processor).")
    private Optional<Integer> threads;

    @Mixin
    private CameraOptions cameras;

    @Mixin
    private MatchExportOptions export;

    @Override
    public Integer call() throws IOException {
        export.check();
        TwoViewVerifier verifier = new TwoViewVerifier(Arguments.accept(spec,
                () -> TwoViewVerifier.Options.defaults().with(maxError, minInliers)));
        CollectionMatcher.Options defaults = CollectionMatcher.Options.defaults();
        CollectionMatcher.Options options = Arguments.accept(spec,
                () -> new CollectionMatcher.Options(threads.orElse(defaults.threads()), defaults.featureBytes()));
        Optional<MatcherChoice> recommended = model.isPresent() ? model.get().matcher() : Optional.empty();
        MatcherChoice choice = matching.choice(recommended);
        Path place = features.orElseGet(() -> FeatureFiles.beside(file));
        List<String> all = ImageFolder.list(images).names();
        if (model.isPresent()) {
            extract(all, place, model.get());
        }
        try (FeatureFiles store = FeatureFiles.open(place)) {
            List<String> names = all.stream().filter(store::has).toList();
            if (names.isEmpty()) {
                throw new DatasetException(place, "", "has no features of the images in " + images
                        + ": make them with tiepoint extract --images " + images + " --out " + place);
            }
            try (ColmapDatabase database = cameras.open(file)) {
                cameras.enrol(database, images, names, store);
                List<NamePair> chosen = pairs.generator(kind, new ImageFolder(images, names)).pairs(names);
                print(match(database, store, chosen, new CollectionMatcher(choice.matcher(), verifier, options)),
                        all.size() - names.size());
                export.export(database, chosen);
            }
            return names.size() == all.size() ? 0 : 1;
        }
    }

    private void extract(List<String> names, Path place, FeatureSpec method) throws IOException {
        try (Extractor extractor = keypoints.openForFolder(method);
                FeatureSink sink = FeatureFormat.NPZ.open(place, false, ExtractionSettings.of(method, keypoints));
                Progress progress = Progress.start("extract", names.size(), "images", spec.commandLine().getErr())) {
            FolderExtraction.run(images, names, sink, extractor, progress, spec.commandLine());
            sink.finish();
        }
    }

    private CollectionMatcher.Summary match(ColmapDatabase database, FeatureFiles store, List<NamePair> chosen,
            CollectionMatcher matcher) throws IOException {
        try (Progress progress = Progress.start("match", chosen.size(), "pairs", spec.commandLine().getErr())) {
            return matcher.match(database, store, chosen, new CollectionMatcher.Listener() {
                @Override
                public void stored(NamePair pair, int matches, VerifiedPair verified) {
                    progress.step();
                }

                @Override
                public void skipped(int count) {
                    progress.skip(count);
                }
            });
        }
    }

    private void print(CollectionMatcher.Summary summary, int without) {
        PrintWriter out = spec.commandLine().getOut();
        if (without > 0) {
            spec.commandLine().getErr().println("tiepoint: " + without + " images in " + images + " have no features and"
                    + " are left out");
        }
        out.printf(Locale.ROOT, "pairs: %d matched, %d already there; %d verified with %d of %d matches, in %s%n",
                summary.pairs(), summary.skipped(), summary.verified(), summary.inliers(), summary.matches(), file);
        out.flush();
    }
}
