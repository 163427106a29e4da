package org.tiepoint.network;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.tiepoint.tensor.Device;
import org.tiepoint.tensor.Tensor;
import org.tiepoint.tensor.TensorScope;

/**
 * The named tensors of one network: parameters, which are learned, and buffers (running statistics), which are not.
 * Owns their native memory until {@link #close()}. Names are PyTorch's, so that released checkpoints fit.
 */
public final class Parameters implements AutoCloseable {
    private final Map<String, Tensor> learned = new LinkedHashMap<>();
    private final Map<String, Tensor> buffers = new LinkedHashMap<>();
    private final SplittableRandom random;
    private final Device device;

    /** An empty set whose initial values follow from the seed. */
    public Parameters(long seed, Device device) {
        this.random = new SplittableRandom(seed);
        this.device = device;
    }

    /** Learned tensors by name, in the order of the network. */
    public Map<String, Tensor> learned() {
        return Collections.unmodifiableMap(learned);
    }

    /** Running statistics by name, in the order of the network. */
    public Map<String, Tensor> buffers() {
        return Collections.unmodifiableMap(buffers);
    }

    /** Learned tensors, then buffers. */
    public Map<String, Tensor> all() {
        Map<String, Tensor> all = new LinkedHashMap<>(learned);
        all.putAll(buffers);
        return all;
    }

    /** Where the tensors live. */
    public Device device() {
        return device;
    }

    /** The number of learned numbers. */
    public long learnedCount() {
        return learned.values().stream().mapToLong(Tensor::count).sum();
    }

    /** Adds a learned tensor, drawn from the normal distribution around 0. */
    Tensor normal(String name, double deviation, long... shape) {
        float[] values = new float[Math.toIntExact(elements(shape))];
        for (int i = 0; i < values.length; i++) {
            // Box-Muller: SplittableRandom has no Gaussian that every Java version computes alike
            values[i] = (float) (deviation * Math.sqrt(-2 * Math.log(1 - random.nextDouble()))
                    * Math.cos(2 * Math.PI * random.nextDouble()));
        }
        return learned(name, () -> Tensor.of(values, shape));
    }

    /** Adds a learned tensor, drawn evenly from [-bound, bound]. */
    Tensor uniform(String name, double bound, long... shape) {
        float[] values = new float[Math.toIntExact(elements(shape))];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (bound * (2 * random.nextDouble() - 1));
        }
        return learned(name, () -> Tensor.of(values, shape));
    }

    /** Adds a learned tensor of one value. */
    public Tensor constant(String name, double value, long... shape) {
        return learned(name, () -> Tensor.full(value, shape));
    }

    /** Adds a buffer of one value. */
    Tensor buffer(String name, double value, long... shape) {
        try (TensorScope scope = new TensorScope()) {
            Tensor tensor = Tensor.full(value, shape).to(device).retain();
            buffers.put(name, tensor);
            return tensor;
        }
    }

    /** Forgets every gradient. */
    public void clearGradients() {
        learned.values().forEach(Tensor::clearGradient);
    }

    /** Frees the native memory; the network is of no use after it. */
    @Override
    public void close() {
        learned.values().forEach(Tensor::release);
        buffers.values().forEach(Tensor::release);
        learned.clear();
        buffers.clear();
    }

    private Tensor learned(String name, Supplier<Tensor> values) {
        try (TensorScope scope = new TensorScope()) {
            Tensor tensor = values.get().to(device).requireGradient(true).retain();
            learned.put(name, tensor);
            return tensor;
        }
    }

    private static long elements(long... shape) {
        long count = 1;
        for (long side : shape) {
            count *= side;
        }
        return count;
    }
}
