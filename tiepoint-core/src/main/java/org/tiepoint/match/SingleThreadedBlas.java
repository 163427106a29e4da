package org.tiepoint.match;

import org.bytedeco.openblas.presets.openblas_nolapack;

/**
 * While any is open, OpenBLAS computes in the thread that calls it: the callers are several threads themselves, and
 * OpenBLAS's own would wait for work in loops. The setting is the process's; the one before comes back with the last
 * close.
 */
final class SingleThreadedBlas implements AutoCloseable {
    private static int open;
    private static int before;

    SingleThreadedBlas() {
        synchronized (SingleThreadedBlas.class) {
            if (open++ == 0) {
                before = openblas_nolapack.blas_get_num_threads();
                openblas_nolapack.blas_set_num_threads(1);
            }
        }
    }

    @Override
    public void close() {
        synchronized (SingleThreadedBlas.class) {
            if (--open == 0) {
                // not a positive number where it was never set: then one a processor
                openblas_nolapack.blas_set_num_threads(before > 0 ? before
                        : Runtime.getRuntime().availableProcessors());
            }
        }
    }
}
