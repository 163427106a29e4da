package org.tiepoint.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.tiepoint.dataset.PairSelector;
import org.tiepoint.dataset.preparation.Preparation;
import org.tiepoint.dataset.preparation.Preparation.PhotoFormat;
import org.tiepoint.dataset.preparation.SceneReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Undistorts photos and chooses training pairs. */
@Command(name = "prepare", description = {
    "Turn posed photos of any layout into training data: undistorted, with pairs chosen and checked.", ""},
        footer = {
            "",
            "Examples:",
            "  tiepoint prepare --data colmap/building --out prepared",
            "  tiepoint prepare --data scans --out prepared --verify --max-pairs 400 --max-side 640",
            "",
            "Scenes come out in the CAPS layout. A run that was broken off goes on where it stopped."})
final class PrepareCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private PosedDataOption data;

    @Option(names = {"-o", "--out"}, required = true, paramLabel = "DIR",
            description = "Folder for the result, outside the data.")
    private Path out;

    @Option(names = "--verify", description = "Drop pairs whose own SIFT matches contradict the given poses.")
    private boolean verify;

    @Option(names = "--max-pairs", paramLabel = "N", defaultValue = "1000",
            description = "Pairs a scene at most, balanced over rotation (default: 1000).")
    private int maxPairs;

    @Option(names = "--min-rotation", paramLabel = "DEG", defaultValue = "0",
            description = "Least rotation between two cameras in degrees (default: 0).")
    private double minRotation;

    @Option(names = "--max-rotation", paramLabel = "DEG", defaultValue = "80",
            description = "Greatest rotation between two cameras in degrees (default: 80).")
    private double maxRotation;

    @Option(names = "--min-overlap", paramLabel = "SHARE", defaultValue = "0.15",
            description = "Least share of points or space seen in common, 0 to 1 (default: 0.15).")
    private double minOverlap;

    @Option(names = "--max-side", paramLabel = "PX", defaultValue = "0",
            description = "Shrink photos to this longer side in pixels; 0 keeps their size (default: 0).")
    private int maxSide;

    @Option(names = "--format", paramLabel = "NAME", defaultValue = "jpeg",
            description = "Photos as jpeg (quality 95) or png (default: jpeg).")
    private PhotoFormat format;

    @Option(names = "--seed", paramLabel = "S", defaultValue = "1",
            description = "Seed of the draw of pairs (default: 1).")
    private long seed;

    @Option(names = "--threads", paramLabel = "N", description = "Worker threads (default: one a processor).")
    private Optional<Integer> threads;

    @Override
    public Integer call() throws IOException {
        Preparation.Options options = Arguments.accept(spec, () -> new Preparation.Options(data.folders(), out,
                new PairSelector.Options(maxPairs, minRotation, maxRotation, minOverlap, seed), verify, maxSide,
                format, threads.orElse(Runtime.getRuntime().availableProcessors())));
        PrintWriter print = spec.commandLine().getOut();
        List<SceneReport> reports;
        try (PreparationProgress progress = new PreparationProgress(spec.commandLine().getErr(), print)) {
            reports = Preparation.run(options, progress);
        }
        print.printf(Locale.ROOT, "%d scenes, %d photos, %d pairs, in %s%n", reports.size(),
                reports.stream().mapToInt(SceneReport::photos).sum(),
                reports.stream().mapToInt(SceneReport::pairsKept).sum(), out);
        print.flush();
        return 0;
    }

    /** A scene in one line: what was kept and why the rest went. */
    static String line(SceneReport report) {
        String dropped = report.dropped().entrySet().stream().map(e -> e.getValue() + " " + e.getKey().label())
                .collect(Collectors.joining(", "));
        String verified = report.verified() == 0 ? "" : String.format(Locale.ROOT,
                "; of %d verified %.1f %% contradict the poses, %d have too few matches to tell", report.verified(),
                100 * report.shareContradicted(), report.undecided());
        return report.scene() + ": " + report.photos() + " photos"
                + (report.photosLeftOut() == 0 ? "" : " (" + report.photosLeftOut() + " unreadable)") + ", "
                + report.pairsKept() + " of " + report.pairsConsidered() + " pairs"
                + (dropped.isEmpty() ? "" : " (dropped: " + dropped + ")") + verified;
    }
}
