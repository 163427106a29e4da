package org.tiepoint.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.tiepoint.objective.ValidationReport;
import org.tiepoint.train.StepReport;
import org.tiepoint.train.Trainer;
import org.tiepoint.train.TrainingListener;

/** Shows a training on standard error: loss, pairs a second and time left, and a line a validation. */
final class TrainingProgress implements TrainingListener, AutoCloseable {
    private static final double SMOOTHING = 0.05;
    private static final int STOP_SECONDS = 120;

    private final PrintWriter err;
    private final double limitSeconds;
    private final long created = System.nanoTime();
    private final Thread interrupted;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile Optional<Trainer> watched = Optional.empty();
    private Progress progress;
    private double loss = Double.NaN;
    private double pairsPerSecond = Double.NaN;

    /**
     * @param out     the training's folder, for the hint after an interruption
     * @param minutes time after which the training shall stop; may be infinite
     */
    TrainingProgress(Path out, double minutes, PrintWriter err) {
        this.err = err;
        this.limitSeconds = 60 * minutes;
        interrupted = new Thread(() -> interrupt(out));
        Runtime.getRuntime().addShutdownHook(interrupted);
    }

    /** What Ctrl-C shall stop. */
    void watch(Trainer trainer) {
        watched = Optional.of(trainer);
    }

    /** On Ctrl-C: lets the trainer finish its step and write a checkpoint, since leaving libtorch amid it can crash. */
    private void interrupt(Path out) {
        watched.ifPresent(Trainer::stop);
        String outcome = "";
        try {
            if (!ended.await(STOP_SECONDS, TimeUnit.SECONDS)) {
                outcome = " before the step was done";
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        System.err.println("\ntiepoint: stopped" + outcome + "; --resume goes on from the last checkpoint in " + out);
    }

    @Override
    public void started(String summary, long firstStep, long steps) {
        err.println(summary);
        err.flush();
        progress = Progress.start("train", steps, "steps", limitSeconds, err);
        progress.skip(firstStep);
    }

    @Override
    public void stepped(StepReport report) {
        loss = smooth(loss, report.loss());
        pairsPerSecond = smooth(pairsPerSecond, report.samples() / report.seconds());
        progress.advanceTo(report.step(), String.format(Locale.ROOT, "loss %.4f, %.2f pairs/s", loss,
                pairsPerSecond));
    }

    @Override
    public void validated(ValidationReport report) {
        List<String> numbers = new ArrayList<>();
        report.metrics().forEach((name, value) -> numbers.add(name + String.format(Locale.ROOT, " %.4g", value)));
        progress.note(String.format(Locale.ROOT, "step %d: %s, loss %.4f on %d held-out pairs", report.step(),
                String.join(", ", numbers), report.loss(), report.samples()));
    }

    @Override
    public boolean wantsToStop() {
        return (System.nanoTime() - created) / 1e9 >= limitSeconds;
    }

    @Override
    public void close() {
        ended.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(interrupted);
        } catch (IllegalStateException e) {
            return; // the process is ending: the hook has the last word
        }
        if (progress != null) {
            progress.close();
        }
    }

    private static double smooth(double before, double now) {
        return Double.isNaN(before) ? now : before + SMOOTHING * (now - before);
    }
}
