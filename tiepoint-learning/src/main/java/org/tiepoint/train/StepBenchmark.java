package org.tiepoint.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.tiepoint.image.Image;
import org.tiepoint.network.ImageNormalisation;
import org.tiepoint.network.ResUNet;
import org.tiepoint.objective.caps.CapsLearner;
import org.tiepoint.objective.caps.CapsSample;
import org.tiepoint.recipe.CapsRecipe;
import org.tiepoint.tensor.Device;
import org.tiepoint.tensor.Engine;
import org.tiepoint.tensor.NoGradient;
import org.tiepoint.tensor.Tensor;
import org.tiepoint.tensor.TensorScope;

/**
 * Times a recipe's training step on made-up pictures: forward, backward and Adam, beside the rate at which the same
 * machine multiplies big matrices. Arithmetic counts the convolutions alone.
 */
public final class StepBenchmark {
    private static final int MATRIX = 2048;

    /**
     * What was measured.
     *
     * @param pairs          a step
     * @param seconds        median step
     * @param forwardSeconds median forward pass of all pictures of a step, in evaluation mode
     * @param stepGflop      billions of floating-point operations a step
     * @param forwardGflop   billions of floating-point operations of that forward pass
     * @param matrixRate     GFLOP/s of a matrix product, the best of several before and after, by the matrix product of
     *                       libtorch and by its 1x1 convolution
     */
    public record Result(int pairs, double seconds, double forwardSeconds, double stepGflop, double forwardGflop,
            double matrixRate) {
        /** GFLOP/s of the step over that of the matrix product. */
        public double share() {
            return stepGflop / seconds / matrixRate;
        }

        /** GFLOP/s of the forward pass over that of the matrix product. */
        public double forwardShare() {
            return forwardGflop / forwardSeconds / matrixRate;
        }
    }

    private StepBenchmark() {}

    /**
     * Runs it.
     *
     * @param batch       pairs a step
     * @param repetitions timed steps, at least 1, after one that is not
     */
    public static Result run(CapsRecipe recipe, int batch, int repetitions, Device device, int threads) {
        Engine.setThreads(threads);
        int width = recipe.data().width();
        int height = recipe.data().height();
        List<CapsSample> samples = new ArrayList<>();
        for (int i = 0; i < batch; i++) {
            samples.add(sample(recipe, width, height, i));
        }
        double rate = matrixRate(device);
        List<Double> steps = new ArrayList<>();
        List<Double> forwards = new ArrayList<>();
        double macs;
        try (TensorScope outer = new TensorScope();
                CapsLearner learner = new CapsLearner(recipe, device);
                Adam adam = new Adam(learner.parameters())) {
            macs = multiplyAdds(learner.network(), width, height);
            TrainingStep<CapsSample> step = new TrainingStep<>(recipe.optimisation(), learner, adam, CapsSample::name);
            for (int i = 0; i <= repetitions; i++) {
                StepReport report = step.run(samples, i);
                if (i > 0) {
                    steps.add(report.seconds());
                }
            }
            for (int i = 0; i <= repetitions; i++) {
                long start = System.nanoTime();
                try (TensorScope scope = new TensorScope(); NoGradient noGradient = new NoGradient()) {
                    
                    for (boolean second : new boolean[] {false, true}) {
                        Tensor pictures = ImageNormalisation.batch(samples.stream()
                                .map(second ? CapsSample::second : CapsSample::first).toList()).to(device);
                        learner.network().apply(pictures, false).fine().sum().item();
                    }
                }
                if (i > 0) {
                    forwards.add((System.nanoTime() - start) / 1e9);
                }
            }
        }
        rate = Math.max(rate, matrixRate(device));
        double forwardGflop = 2 * macs * 2 * batch / 1e9;
        // backward: once for the gradient of the weights, once for that of the input
        return new Result(batch, median(steps), median(forwards), 3 * forwardGflop, forwardGflop, rate);
    }

    private static CapsSample sample(CapsRecipe recipe, int width, int height, int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] first = new byte[3 * width * height];
        byte[] second = new byte[first.length];
        random.nextBytes(first);
        random.nextBytes(second);
        float[] queries = new float[2 * recipe.data().queries()];
        for (int i = 0; i < queries.length; i++) {
            queries[i] = (float) (random.nextDouble() * (i % 2 == 0 ? width - 1 : height - 1));
        }
        // a camera that moves along x: epipolar lines are rows
        double[] fundamental = {0, 0, 0, 0, 0, -1, 0, 1, 0};
        return new CapsSample("noise", new Image(width, height, first), new Image(width, height, second), queries,
                fundamental, new double[0]);
    }

    /** The best rate of a product of two square matrices, as matrix product and as 1x1 convolution. */
    private static double matrixRate(Device device) {
        double best = 0;
        try (TensorScope outer = new TensorScope(); NoGradient noGradient = new NoGradient()) {
            Tensor a = Tensor.full(0.5, MATRIX, MATRIX).to(device);
            Tensor map = a.reshape(1, MATRIX, 32, MATRIX / 32);
            Tensor weight = a.reshape(MATRIX, MATRIX, 1, 1);
            for (int i = 0; i < 8; i++) {
                best = Math.max(best, rate(() -> a.matmul(a).select(0, 0).sum().item()));
                best = Math.max(best, rate(() -> map.convolve(weight, Optional.empty(), 1, 0).select(1, 0).sum().item()));
            }
        }
        return best;
    }

    private static double rate(Runnable product) {
        try (TensorScope scope = new TensorScope()) {
            long start = System.nanoTime();
            product.run();
            return 2.0 * MATRIX * MATRIX * MATRIX / (System.nanoTime() - start);
        }
    }

    /** Multiply-adds of the convolutions for one picture. */
    private static double multiplyAdds(ResUNet network, int width, int height) {
        double sum = 0;
        for (Map.Entry<String, Tensor> entry : network.parameters().learned().entrySet()) {
            if (entry.getValue().shape().length == 4) {
                int stride = stride(entry.getKey(), network.options().encoder().bottleneck());
                sum += (double) entry.getValue().count() * (width / stride) * (height / stride);
            }
        }
        return sum;
    }

    /** By how much the output of this convolution is smaller than the picture. */
    private static int stride(String name, boolean bottleneck) {
        if (name.startsWith("firstconv")) {
            return 2;
        }
        if (name.startsWith("conv_coarse")) {
            return 16;
        }
        if (name.startsWith("layer")) {
            int layer = name.charAt(5) - '0';
            boolean beforeStride = bottleneck && layer > 1 && name.contains(".0.conv1");
            return (2 << layer) / (beforeStride ? 2 : 1);
        }
        return name.contains("conv3.") ? 8 : 4;
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }
}
