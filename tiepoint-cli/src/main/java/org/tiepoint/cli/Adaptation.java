package org.tiepoint.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.tiepoint.dataset.HeldOutViews;
import org.tiepoint.dataset.PosedCollection;
import org.tiepoint.evaluation.Estimate;
import org.tiepoint.evaluation.PosedViewScore;
import org.tiepoint.feature.Extractor;
import org.tiepoint.match.Matcher;
import org.tiepoint.model.AdaptableModel;
import org.tiepoint.model.ModelExport;
import org.tiepoint.network.CompactNet;
import org.tiepoint.network.LocalBackbone;
import org.tiepoint.onnx.ModelCard;
import org.tiepoint.onnx.OnnxExtractor;
import org.tiepoint.train.FineTuning;
import org.tiepoint.train.StepReport;

/** One run of {@code tiepoint adapt}: measures, trains, measures, and keeps the best model so far in its file. */
final class Adaptation implements FineTuning.Listener {
    /** Of the way that the weights went: the networks that are measured at each check. */
    private static final double[] SHARES = {1, 0.5};

    private final AdaptableModel initial;
    private final Path source;
    private final HeldOutViews views;
    private final String scenes;
    private final String recipe;
    private final String fingerprint;
    private final ExportTarget target;
    private final PrintWriter err;
    private final Matcher matcher;
    private Progress progress;
    private boolean bySteps;
    private long started;
    private PosedViewScore before;
    private PosedViewScore best;
    /** The best that was tried; only for the report where nothing helped. */
    private PosedViewScore after;
    private String bestName;
    private String afterName;

    Adaptation(AdaptableModel initial, Path source, HeldOutViews views, List<PosedCollection> scenes, String recipe,
            String fingerprint, ExportTarget target, PrintWriter err) {
        this.initial = initial;
        this.source = source;
        this.views = views;
        this.scenes = scenes.stream().map(PosedCollection::name).collect(Collectors.joining(", "));
        this.recipe = recipe;
        this.fingerprint = fingerprint;
        this.target = target;
        this.err = err;
        this.matcher = MatcherChoice.parse(initial.card().matcher()).matcher();
    }

    void run(FineTuning tuning, Optional<Integer> steps, double seconds, long start)
            throws IOException, InterruptedException {
        ModelExport unchanged = initial.export();
        target.write(unchanged);
        long beforeMeasuring = System.nanoTime();
        try (Progress measuring = Progress.start("measure", views.pairs().size(), "pairs", err)) {
            before = measure(unchanged, measuring::step);
        }
        best = before;
        bestName = "unchanged model";
        bySteps = steps.isPresent();
        started = System.nanoTime();
        double reserve = SHARES.length * (started - beforeMeasuring) / 1e9;
        double left = Math.max(0, seconds - (started - start) / 1e9 - reserve);
        Thread interrupted = new Thread(() -> System.err.println("\ntiepoint: stopped; " + target.onnx()
                + " is the " + bestName));
        Runtime.getRuntime().addShutdownHook(interrupted);
        try {
            progress = bySteps ? Progress.start("adapt", steps.get(), "steps", err)
                    : Progress.start("adapt", Math.max(1, (long) left), "s", err);
            tuning.run(initial.weights(), source, new FineTuning.Limit(bySteps ? steps.get() : Long.MAX_VALUE,
                    bySteps ? Double.POSITIVE_INFINITY : left), this);
        } finally {
            progress.close();
            try {
                Runtime.getRuntime().removeShutdownHook(interrupted);
            } catch (IllegalStateException e) {
                err.flush(); // the process is ending: the hook has the last word
            }
        }
    }

    private PosedViewScore measure(ModelExport export, Runnable each) throws IOException {
        try (OnnxExtractor extractor = AdaptableModel.extractor(export, source, Extractor.USUAL_KEYPOINTS)) {
            return PosedViewScore.of(views.pairs(), extractor, matcher, each);
        }
    }

    @Override
    public void started(String summary) {
        err.println(summary);
        err.flush();
    }

    @Override
    public void stepped(StepReport report) {
        long done = bySteps ? report.step() : (long) ((System.nanoTime() - started) / 1e9);
        progress.advanceTo(done, String.format(Locale.ROOT, "step %d, loss %.3f", report.step(), report.loss()));
    }

    @Override
    public void check(LocalBackbone network, long steps) throws IOException {
        for (double share : SHARES) {
            String change = share == 1 ? "" : String.format(Locale.ROOT, " with %.0f %% of the change", 100 * share);
            ModelCard.Training old = initial.card().training();
            consider(initial.exportBetween((CompactNet) network, share, new ModelCard.Training(old.data()
                    + "; adapted to " + scenes + change, fingerprint, steps, recipe)), steps + " steps" + change);
        }
    }

    private void consider(ModelExport export, String name) throws IOException {
        PosedViewScore score = measure(export, () -> { });
        Estimate gain = score.over(before);
        progress.note(String.format(Locale.ROOT, "after %s: MMA@3 %.3f, %.1f inliers, AUC@10 %.3f, overall %+.3f (%+.3f"
                + " to %+.3f)", name, score.accuracy(1), score.inliers(), score.auc(10), gain.value(), gain.low(),
                gain.high()));
        if (after == null || score.overall() > after.overall()) {
            after = score;
            afterName = name;
        }
        if (gain.low() > 0 && score.overall() > best.overall()) {
            best = score;
            bestName = "model after " + name;
            target.write(export);
        }
    }

    /** Both models side by side, and which one is in the file. */
    void report(PrintWriter print) {
        boolean helped = best != before;
        PosedViewScore shown = helped ? best : after;
        long both = views.pairs().stream().filter(HeldOutViews.ViewPair::bothUnseen).count();
        print.printf(Locale.ROOT, "%d pairs with %d views kept back, %d pairs of two such views; at most %d key points"
                + " a photo%n", views.pairs().size(), views.views(), both, Extractor.USUAL_KEYPOINTS);
        print.printf("%-12s %8s %8s%n", "", "before", "after");
        for (int i = 0; i < PosedViewScore.PIXELS.length; i++) {
            row(print, "MMA@" + PosedViewScore.PIXELS[i], "%.3f", before.accuracy(i), shown.accuracy(i));
        }
        row(print, "matches", "%.1f", before.matches(), shown.matches());
        row(print, "inliers", "%.1f", before.inliers(), shown.inliers());
        for (int degrees : PosedViewScore.DEGREES) {
            row(print, "AUC@" + degrees, "%.3f", before.auc(degrees), shown.auc(degrees));
        }
        row(print, "overall", "%.3f", before.overall(), shown.overall());
        Estimate gain = shown.over(before);
        String change = String.format(Locale.ROOT, "%+.3f, 95 %% interval %+.3f to %+.3f", gain.value(), gain.low(),
                gain.high());
        print.println((helped ? "helped (" + change : "did not help (" + change + " after " + afterName)
                + "): the file is the " + bestName);
    }

    private static void row(PrintWriter print, String name, String format, double first, double second) {
        print.printf(Locale.ROOT, "%-12s %8s %8s%n", name, String.format(Locale.ROOT, format, first),
                String.format(Locale.ROOT, format, second));
    }
}
