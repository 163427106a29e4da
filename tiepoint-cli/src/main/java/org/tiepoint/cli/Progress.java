package org.tiepoint.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalDouble;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * How far a stage is, on standard error: a bar with the time left on a terminal, a line every ten seconds elsewhere.
 * The launcher says how many columns the terminal has (property tiepoint.columns, 0 where it is none). Safe for use by
 * several threads.
 */
final class Progress implements AutoCloseable {
    private static final long NANOS_BETWEEN_LINES = 10_000_000_000L;

    private final String task;
    private final long total;
    private final String unit;
    private final double limitSeconds;
    private final PrintWriter err;
    private final ProgressBar bar;
    private final Thread newlineOnInterrupt;
    private final long started = System.nanoTime();
    private long lastLine = started;
    /** Read by the bar's thread without the lock, which the stage may hold while it waits for the bar. */
    private volatile long done;
    private volatile long doneBefore;
    private String message = "";

    private Progress(String task, long total, String unit, double limitSeconds, PrintWriter err, int columns) {
        this.task = task;
        this.limitSeconds = limitSeconds;
        this.total = total;
        this.unit = unit;
        this.err = err;
        if (columns > 0) {
            bar = new ProgressBarBuilder().setTaskName(task).setInitialMax(total).setStyle(ProgressBarStyle.ASCII)
                    .setUnit(" " + unit, 1).setUpdateIntervalMillis(500)
                    .setEtaFunction(state -> secondsLeft((System.nanoTime() - started) / 1e9).stream()
                            .mapToObj(left -> Duration.ofSeconds((long) left)).findFirst())
                    .setConsumer(new ConsoleProgressBarConsumer(System.err, columns)).build();
            newlineOnInterrupt = new Thread(System.err::println);
            Runtime.getRuntime().addShutdownHook(newlineOnInterrupt);
        } else {
            bar = null;
            newlineOnInterrupt = null;
        }
    }

    /**
     * Starts to count.
     *
     * @param task  a word that says what runs
     * @param total steps of the whole stage
     * @param unit  what a step is, in the plural
     * @param err   gets the lines where there is no terminal
     */
    static Progress start(String task, long total, String unit, PrintWriter err) {
        return start(task, total, unit, Double.POSITIVE_INFINITY, err);
    }

    /** As {@link #start(String, long, String, PrintWriter)}, for a stage that ends after so many seconds at latest. */
    static Progress start(String task, long total, String unit, double limitSeconds, PrintWriter err) {
        return new Progress(task, total, unit, limitSeconds, err, Integer.getInteger("tiepoint.columns", 0));
    }

    /** Steps that an earlier run did: they count as done, and not for the speed. */
    synchronized void skip(long steps) {
        doneBefore += steps;
        advanceTo(done + steps);
    }

    /** One step more. */
    synchronized void step() {
        advanceTo(done + 1);
    }

    /** Sets the number of steps done, and what to show beside it. */
    synchronized void advanceTo(long steps, String shown) {
        message = shown;
        if (bar != null) {
            bar.setExtraMessage(" " + shown);
        }
        advanceTo(steps);
    }

    /** Sets the number of steps done. */
    synchronized void advanceTo(long steps) {
        done = steps;
        if (bar != null) {
            bar.stepTo(steps);
            return;
        }
        long now = System.nanoTime();
        if (now - lastLine >= NANOS_BETWEEN_LINES) {
            lastLine = now;
            err.println(line((now - started) / 1e9));
            err.flush();
        }
    }

    /** A line that stays. */
    synchronized void note(String text) {
        if (bar != null) {
            System.err.print("\r\033[K" + text + System.lineSeparator());
            bar.refresh();
        } else {
            err.println(text);
            err.flush();
        }
    }

    /** What a place without a terminal gets to read. */
    String line(double secondsGone) {
        String left = secondsLeft(secondsGone).stream().mapToObj(seconds -> ", " + duration((long) seconds) + " left")
                .findFirst().orElse("");
        return String.format(Locale.ROOT, "%s: %d of %d %s, %s gone%s%s", task, done, total, unit,
                duration((long) secondsGone), left, message.isEmpty() ? "" : ", " + message);
    }

    /** By the speed so far; empty before the first step. */
    private OptionalDouble secondsLeft(double secondsGone) {
        long fresh = done - doneBefore;
        return fresh <= 0 ? OptionalDouble.empty() : OptionalDouble.of(Math.max(0,
                Math.min(secondsGone * (total - done) / fresh, limitSeconds - secondsGone)));
    }

    /** Seconds as h:mm:ss, or m:ss under an hour. */
    static String duration(long seconds) {
        return seconds < 3600 ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }

    /** Ends the bar's line. */
    @Override
    public synchronized void close() {
        if (bar == null) {
            return;
        }
        try {
            Runtime.getRuntime().removeShutdownHook(newlineOnInterrupt);
        } catch (IllegalStateException e) {
            return; // the process is ending: the hook has the last word
        }
        bar.close();
    }
}
