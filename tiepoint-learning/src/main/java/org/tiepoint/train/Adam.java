package org.tiepoint.train;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.tiepoint.network.Parameters;
import org.tiepoint.tensor.NoGradient;
import org.tiepoint.tensor.Tensor;
import org.tiepoint.tensor.TensorScope;

/**
 * Adam (Kingma and Ba, ICLR 2015) with its usual constants: 0.9, 0.999, 1e-8. Written out because libtorch's optimiser
 * does not show its moments to Java, and a checkpoint needs them. Owns the moments until {@link #close()}.
 */
public final class Adam implements AutoCloseable {
    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;
    private static final double EPSILON = 1e-8;

    private final Parameters parameters;
    private final Map<String, Tensor> firstMoments = new LinkedHashMap<>();
    private final Map<String, Tensor> secondMoments = new LinkedHashMap<>();

    public Adam(Parameters parameters) {
        this.parameters = parameters;
        try (TensorScope scope = new TensorScope()) {
            parameters.learned().forEach((name, tensor) -> {
                firstMoments.put(name, Tensor.zeros(tensor.shape()).to(parameters.device()).retain());
                secondMoments.put(name, Tensor.zeros(tensor.shape()).to(parameters.device()).retain());
            });
        }
    }

    /**
     * Moves every parameter that has a gradient.
     *
     * @param step         1 for the first
     * @param learningRate by parameter name, at least 0; parameters at 0 stay
     */
    public void step(long step, ToDoubleFunction<String> learningRate) {
        double firstBias = 1 - Math.pow(BETA1, step);
        double secondBias = 1 - Math.pow(BETA2, step);
        for (Map.Entry<String, Tensor> entry : parameters.learned().entrySet()) {
            double rate = learningRate.applyAsDouble(entry.getKey());
            if (rate == 0) {
                continue;
            }
            try (TensorScope scope = new TensorScope(); NoGradient noGradient = new NoGradient()) {
                entry.getValue().gradient().ifPresent(gradient -> {
                    Tensor m = firstMoments.get(entry.getKey());
                    Tensor v = secondMoments.get(entry.getKey());
                    m.scaleAndAdd(BETA1, gradient, 1 - BETA1);
                    v.scaleAndAddProduct(BETA2, gradient, gradient, 1 - BETA2);
                    Tensor denominator = v.sqrt().mul(1 / Math.sqrt(secondBias)).add(EPSILON);
                    entry.getValue().addQuotient(m, denominator, -rate / firstBias);
                });
            }
        }
    }

    /** Running means of the gradients by parameter name; shared, for checkpoints. */
    public Map<String, Tensor> firstMoments() {
        return firstMoments;
    }

    /** Running means of the squared gradients by parameter name; shared, for checkpoints. */
    public Map<String, Tensor> secondMoments() {
        return secondMoments;
    }

    @Override
    public void close() {
        firstMoments.values().forEach(Tensor::release);
        secondMoments.values().forEach(Tensor::release);
    }
}
