package org.tiepoint.benchmarks;

import java.io.IOException;
import java.util.Locale;

/** What is measured together and makes one file of results; in the order of the table. */
enum Group {
    /** Extractors beside others. */
    NETWORKS(NetworkMeasurement::run),
    /** Hot loops beside a reference. */
    KERNELS(KernelMeasurement::run),
    /** A step of compact-m. */
    TRAINING(KernelMeasurement::runTraining),
    /** {@code tiepoint match} as a process. */
    STARTUP(StartupMeasurement::run),
    /** {@code tiepoint extract} as a process. */
    THROUGHPUT(ThroughputMeasurement::run),
    /** What {@code tiepoint evaluate} measured before. */
    ACCURACY(AccuracyRows::read);

    @FunctionalInterface
    private interface Measurement {
        Results run(Plan plan) throws IOException;
    }

    private final Measurement measurement;

    Group(Measurement measurement) {
        this.measurement = measurement;
    }

    Results measure(Plan plan) throws IOException {
        return measurement.run(plan);
    }

    /** As it is written on the command line. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return word();
    }
}
