package org.tiepoint.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tiepoint.dataset.DatasetException;
import org.tiepoint.dataset.pairs.NamePair;
import org.tiepoint.feature.Keypoints;
import org.tiepoint.interop.colmap.ColmapDatabase;
import org.tiepoint.interop.colmap.DatabaseImage;
import org.tiepoint.interop.colmap.VerifiedPair;
import org.tiepoint.match.Matches;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The matches of a database as a file for hloc or for tables. */
final class MatchExportOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = {"-o", "--out"}, paramLabel = "FILE",
            description = "Also write the matches of these pairs to a file of their own.")
    private Optional<Path> out;

    @Option(names = "--format", paramLabel = "NAME", defaultValue = "h5",
            description = "Format of that file: h5 (hloc's: matches0, matching_scores0) or csv (default: h5).")
    private MatchFormat format;

    @Option(names = "--verified", description = "Write those matches only that agree with the geometry.")
    private boolean verified;

    /** Complains of options that go together with --out alone. */
    void check() {
        if (verified && out.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "--verified needs --out FILE");
        }
    }

    /** Writes the pairs that the file lacks, where one is asked for. */
    void export(ColmapDatabase database, List<NamePair> pairs) throws IOException {
        if (out.isEmpty()) {
            return;
        }
        Path file = out.get();
        Files.createDirectories(file.toAbsolutePath().getParent());
        Map<String, Integer> ids = new HashMap<>();
        for (DatabaseImage image : database.images()) {
            ids.put(image.name(), image.id());
        }
        PrintWriter err = spec.commandLine().getErr();
        int written = 0;
        try (MatchFormat.Sink sink = format.open(file);
                Progress progress = Progress.start("write", pairs.size(), "pairs", err)) {
            for (NamePair pair : pairs) {
                if (sink.contains(pair)) {
                    progress.skip(1);
                    continue;
                }
                int first = ids.get(pair.first());
                int second = ids.get(pair.second());
                Keypoints a = keypoints(database, pair.first(), first);
                Keypoints b = keypoints(database, pair.second(), second);
                sink.write(pair, a, b, checked(database, pair, a, b, matches(database, first, second)));
                written++;
                progress.step();
            }
            sink.finish();
        }
        PrintWriter print = spec.commandLine().getOut();
        print.printf(Locale.ROOT, "%s: %d pairs written, %d already there, in %s%n", format, written,
                pairs.size() - written, file);
        print.flush();
    }

    private Matches matches(ColmapDatabase database, int first, int second) throws IOException {
        if (!verified) {
            return database.matches(first, second).orElse(new Matches(new int[0], new float[0]));
        }
        int[] indices = database.verifiedPair(first, second).map(VerifiedPair::inliers).orElse(new int[0]);
        float[] ones = new float[indices.length / 2];
        Arrays.fill(ones, 1);
        return new Matches(indices, ones);
    }

    private static Keypoints keypoints(ColmapDatabase database, String name, int id) throws IOException {
        return database.keypoints(id).orElseThrow(() -> new DatasetException(database.file(), "image " + name,
                "has no key points: add them with tiepoint extract --database"));
    }

    /** What another program stored may name key points that are not there, or one several times. */
    private Matches checked(ColmapDatabase database, NamePair pair, Keypoints first, Keypoints second, Matches matches)
            throws IOException {
        Set<Integer> seen = new HashSet<>();
        for (int i = 0; i < matches.count(); i++) {
            boolean inside = matches.first(i) < first.count() && matches.second(i) < second.count();
            if (!inside || !seen.add(matches.first(i)) && format == MatchFormat.H5) {
                throw new DatasetException(database.file(), "pair " + pair.first() + " " + pair.second(), "match " + i
                        + " names key points " + matches.first(i) + " and " + matches.second(i) + (inside
                                ? ", the first of which has another match: write --format csv"
                                : ", which are not there: these matches belong to other key points"));
            }
        }
        return matches;
    }
}
