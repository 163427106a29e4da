package org.tiepoint.benchmarks;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs JMH benchmarks in turns, round after round, each turn in a fresh Java: what slows the machine down for a while
 * slows all of them down. A turn's result is the median of its samples.
 *
 * @param count   rounds, at least 1
 * @param seconds a turn warms up, and is then measured, at least 1
 * @param log     what JMH prints
 * @param err     gets a line a turn
 */
record Rounds(int count, int seconds, Path log, PrintWriter err) {
    /**
     * One of those that take turns.
     *
     * @param name       for the table
     * @param benchmark  the class's method as {@code Class.method}
     * @param parameters of the benchmark's state
     */
    record Turn(String name, String benchmark, Map<String, String> parameters) {}

    /**
     * What came out.
     *
     * @param name   for the table
     * @param millis an operation, by round
     */
    record Timed(String name, List<Double> millis) {
        /** Of the rounds. */
        double median() {
            return median(millis);
        }

        /** The median of the rounds' ratios. */
        double ratioTo(Timed other) {
            List<Double> ratios = new ArrayList<>();
            for (int i = 0; i < millis.size(); i++) {
                ratios.add(millis.get(i) / other.millis.get(i));
            }
            return median(ratios);
        }

        static double median(List<Double> values) {
            double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
            int half = sorted.length / 2;
            return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
        }
    }

    /** Runs all rounds; results in the order of the turns. */
    List<Timed> run(List<Turn> turns) throws IOException {
        List<Timed> timed = turns.stream().map(turn -> new Timed(turn.name(), new ArrayList<>())).toList();
        for (int round = 1; round <= count; round++) {
            for (int i = 0; i < turns.size(); i++) {
                double millis = run(turns.get(i));
                timed.get(i).millis().add(millis);
                err.printf("round %d of %d: %s %s%n", round, count, turns.get(i).name(), Row.milliseconds(millis));
                err.flush();
            }
        }
        return timed;
    }

    private double run(Turn turn) throws IOException {
        Files.createDirectories(log.toAbsolutePath().getParent());
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("^" + getClass().getPackageName().replace(".", "\\.") + "\\." + turn.benchmark() + "$")
                .mode(Mode.SampleTime).timeUnit(TimeUnit.MILLISECONDS).forks(1)
                .warmupIterations(1).warmupTime(TimeValue.seconds(seconds))
                .measurementIterations(1).measurementTime(TimeValue.seconds(seconds))
                .jvmArgsAppend("-XX:ActiveProcessorCount=" + Environment.THREADS)
                .verbosity(VerboseMode.NORMAL).output(log.toString()).shouldFailOnError(true);
        turn.parameters().forEach((name, value) -> options.param(name, value));
        try {
            return new Runner(options.build()).runSingle().getPrimaryResult().getStatistics().getPercentile(50);
        } catch (RunnerException e) {
            throw new IOException(turn.name() + ": does not run (" + e.getMessage() + "): see " + log, e);
        }
    }
}
