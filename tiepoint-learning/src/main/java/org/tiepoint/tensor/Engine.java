package org.tiepoint.tensor;

import org.bytedeco.openblas.presets.openblas_nolapack;
import org.bytedeco.pytorch.global.torch;

/** Settings of libtorch that hold for the whole process. */
public final class Engine {
    private Engine() {}

    /**
     * The number of threads that one operation may use, at least 1: of libtorch's own and of its BLAS, which small
     * convolutions and matrix products go to. Results may differ in their last bits between numbers of threads.
     */
    public static void setThreads(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads is " + threads + ": it must be at least 1");
        }
        torch.set_num_threads(threads);
        openblas_nolapack.blas_set_num_threads(threads);
    }

    public static int threads() {
        return torch.get_num_threads();
    }

    /** libtorch's version and that of its Java binding, "unknown" where the jar does not say. */
    public static String version() {
        String version = torch.class.getPackage().getImplementationVersion();
        return version == null ? "unknown" : version;
    }

    /** Whether libtorch was built with CUDA and sees a device. */
    public static boolean cudaAvailable() {
        return torch.cuda_is_available();
    }
}
