package org.tiepoint.benchmarks;

import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.tiepoint.feature.FeatureMap;
import org.tiepoint.tensor.Engine;
import org.tiepoint.tensor.NativeWork;
import org.tiepoint.tensor.NoGradient;
import org.tiepoint.tensor.Tensor;
import org.tiepoint.tensor.TensorScope;

/** 2,048 descriptors of 64 numbers from a map of 80x60 by bilinear interpolation, beside libtorch's grid_sample. */
@State(Scope.Benchmark)
public class SamplingBenchmark {
    private static final int CHANNELS = 64;
    private static final int WIDTH = 80;
    private static final int HEIGHT = 60;

    private FeatureMap map;
    private float[] xy;

    @Setup
    public void draw() {
        Engine.setThreads(Environment.THREADS);
        Random random = new Random(1);
        float[] values = new float[CHANNELS * WIDTH * HEIGHT];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        map = new FeatureMap(CHANNELS, HEIGHT, WIDTH, values);
        xy = new float[2 * Subject.KEYPOINTS];
        for (int i = 0; i < xy.length; i++) {
            xy[i] = random.nextFloat() * ((i % 2 == 0 ? WIDTH : HEIGHT) - 1);
        }
    }

    /** Descriptors one after the other. */
    @Benchmark
    public float[] ours() {
        float[] descriptors = new float[Subject.KEYPOINTS * CHANNELS];
        for (int i = 0; i < Subject.KEYPOINTS; i++) {
            map.bilinear(xy[2 * i], xy[2 * i + 1], descriptors, i * CHANNELS);
        }
        return descriptors;
    }

    /** The same numbers. */
    @Benchmark
    public float[] libtorch() {
        float[] grid = new float[xy.length];
        for (int i = 0; i < xy.length; i++) {
            grid[i] = 2 * xy[i] / ((i % 2 == 0 ? WIDTH : HEIGHT) - 1) - 1;
        }
        try (NativeWork work = new NativeWork();
                TensorScope scope = new TensorScope();
                NoGradient noGradient = new NoGradient()) {
            return Tensor.of(map.values(), 1, CHANNELS, HEIGHT, WIDTH)
                    .sample(Tensor.of(grid, 1, 1, Subject.KEYPOINTS, 2), true)
                    .reshape(CHANNELS, Subject.KEYPOINTS).transpose(0, 1).toFloats();
        }
    }
}
