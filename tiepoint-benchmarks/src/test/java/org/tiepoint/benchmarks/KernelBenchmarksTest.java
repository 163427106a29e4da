package org.tiepoint.benchmarks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Both sides of a comparison do the same work. */
class KernelBenchmarksTest {
    @Test
    void selection() {
        SelectionBenchmark benchmark = new SelectionBenchmark();
        benchmark.draw();
        assertEquals(Subject.KEYPOINTS, benchmark.ours().count());
        // of nine independent scores one is the greatest
        assertEquals(Photos.WIDTH * Photos.HEIGHT / 9.0, benchmark.openCv(), 1000);
    }

    @Test
    void sampling() {
        SamplingBenchmark benchmark = new SamplingBenchmark();
        benchmark.draw();
        assertArrayEquals(benchmark.libtorch(), benchmark.ours(), 1e-4f);
    }

    @Test
    void matching() {
        MatchingBenchmark benchmark = new MatchingBenchmark();
        benchmark.draw();
        assertEquals(benchmark.openCv(), benchmark.ours().count(), 1);
    }

    @Test
    void trainingStep() {
        TrainingStepBenchmark benchmark = new TrainingStepBenchmark();
        benchmark.threads = 1;
        benchmark.pairs = 1;
        benchmark.side = 64;
        benchmark.dimension = 16;
        benchmark.width = 8;
        benchmark.depth = 1;
        benchmark.stride = 4;
        benchmark.open();
        double first = benchmark.step();
        double last = first;
        for (int i = 0; i < 5; i++) {
            last = benchmark.step();
        }
        benchmark.close();
        assertTrue(last < first, "loss from " + first + " to " + last);
    }
}
