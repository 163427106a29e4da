package org.tiepoint.benchmarks;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.tiepoint.network.CompactNet;
import org.tiepoint.network.ScoringBackbone;
import org.tiepoint.tensor.Device;
import org.tiepoint.tensor.Engine;
import org.tiepoint.tensor.NativeWork;
import org.tiepoint.tensor.Tensor;
import org.tiepoint.tensor.TensorScope;
import org.tiepoint.train.Adam;

/**
 * A step that trains a compact network on pairs of images: forward for the first images and for the second, backward,
 * Adam. The loss is the mean square of all outputs, which costs next to nothing: the network is what is timed.
 */
@State(Scope.Benchmark)
public class TrainingStepBenchmark {
    private static final double LEARNING_RATE = 1e-3;

    @Param("2")
    public int threads;

    @Param("4")
    public int pairs;

    /** Pixels along each side of an image. */
    @Param("256")
    public int side;

    /** As {@link CompactNet.Options#dimension()}; all defaults are compact-m's. */
    @Param("128")
    public int dimension;

    /** As {@link CompactNet.Options#width()}. */
    @Param("24")
    public int width;

    /** As {@link CompactNet.Options#depth()}. */
    @Param("3")
    public int depth;

    /** As {@link CompactNet.Options#stride()}. */
    @Param("8")
    public int stride;

    private CompactNet network;
    private Adam adam;
    private Tensor first;
    private Tensor second;
    private long step;

    @Setup
    public void open() {
        Engine.setThreads(threads);
        network = new CompactNet(new CompactNet.Options(dimension, width, depth, stride), 1, Device.CPU);
        adam = new Adam(network.parameters());
        try (NativeWork work = new NativeWork(); TensorScope scope = new TensorScope()) {
            long count = 3L * pairs * side * side;
            first = Tensor.linspace(0, 1, count, Tensor.zeros(1)).reshape(pairs, 3, side, side).retain();
            second = Tensor.linspace(1, 0, count, Tensor.zeros(1)).reshape(pairs, 3, side, side).retain();
        }
    }

    @TearDown
    public void close() {
        first.release();
        second.release();
        adam.close();
        network.close();
    }

    /** The loss before the step. */
    @Benchmark
    public double step() {
        try (NativeWork work = new NativeWork(); TensorScope scope = new TensorScope()) {
            Tensor loss = loss(network.apply(first, true)).add(loss(network.apply(second, true)));
            network.parameters().clearGradients();
            loss.backward();
            adam.step(++step, parameter -> LEARNING_RATE);
            return loss.item();
        }
    }

    private static Tensor loss(ScoringBackbone.Maps maps) {
        return maps.descriptors().square().mean().add(maps.logits().square().mean());
    }
}
