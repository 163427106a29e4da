package org.tiepoint.cli;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Seconds by stage, in the order in which the stages ran. */
final class Stopwatch {
    private final Map<String, Double> seconds = new LinkedHashMap<>();

    /** Work that may fail with one kind of exception. */
    @FunctionalInterface
    interface Work<T, E extends Exception> {
        T run() throws E;
    }

    /** Runs a stage; a stage that runs twice counts together. */
    <T, E extends Exception> T time(String stage, Work<T, E> work) throws E {
        long start = System.nanoTime();
        try {
            return work.run();
        } finally {
            seconds.merge(stage, (System.nanoTime() - start) / 1e9, Double::sum);
        }
    }

    /** Seconds by stage. */
    Map<String, Double> seconds() {
        return Collections.unmodifiableMap(seconds);
    }

    /** The sum of all stages. */
    double total() {
        return seconds.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    /** For people: 1.23 s (read 0.05, detect 0.31). */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.2f s", total()) + seconds.entrySet().stream()
                .map(stage -> String.format(Locale.ROOT, "%s %.2f", stage.getKey(), stage.getValue()))
                .collect(Collectors.joining(", ", " (", ")"));
    }
}
