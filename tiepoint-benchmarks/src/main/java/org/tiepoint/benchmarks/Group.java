package org.tiepoint.benchmarks;

import java.io.IOException;
import java.util.Locale;

/** What is measured together and makes one file of results; in the order of the table. */
enum Group {
    /** Extractors beside others. */
    NETWORKS {
        @Override
        Results measure(Plan plan) throws IOException {
            return NetworkMeasurement.run(plan);
        }
    },
    /** Hot loops beside a reference. */
    KERNELS {
        @Override
        Results measure(Plan plan) throws IOException {
            return KernelMeasurement.run(plan);
        }
    },
    /** A step of compact-m. */
    TRAINING {
        @Override
        Results measure(Plan plan) throws IOException {
            return KernelMeasurement.runTraining(plan);
        }
    },
    /** {@code tiepoint match} as a process. */
    STARTUP {
        @Override
        Results measure(Plan plan) throws IOException {
            return StartupMeasurement.run(plan);
        }
    },
    /** {@code tiepoint extract} as a process. */
    THROUGHPUT {
        @Override
        Results measure(Plan plan) throws IOException {
            return ThroughputMeasurement.run(plan);
        }
    },
    /** What {@code tiepoint evaluate} measured before. */
    ACCURACY {
        @Override
        Results measure(Plan plan) throws IOException {
            return AccuracyRows.read(plan);
        }
    };

    abstract Results measure(Plan plan) throws IOException;

    /** As it is written on the command line. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return word();
    }
}
