package org.tiepoint.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.bytedeco.openblas.presets.openblas_nolapack;
import org.junit.jupiter.api.Test;

class EngineTest {
    @Test
    void threadsHoldForLibtorchAndItsBlas() {
        int before = Engine.threads();
        try {
            for (int threads : new int[] {1, 2}) {
                Engine.setThreads(threads);
                assertEquals(threads, Engine.threads());
                assertEquals(threads, openblas_nolapack.blas_get_num_threads());
            }
            assertEquals("threads is 0: it must be at least 1",
                    assertThrows(IllegalArgumentException.class, () -> Engine.setThreads(0)).getMessage());
        } finally {
            Engine.setThreads(before);
        }
    }

    @Test
    void theVersionIsThatOfTheJar() {
        assertFalse(Engine.version().isBlank());
    }
}
