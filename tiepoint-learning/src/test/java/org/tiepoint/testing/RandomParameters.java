package org.tiepoint.testing;

import java.util.SplittableRandom;
import org.tiepoint.network.Parameters;
import org.tiepoint.tensor.NoGradient;
import org.tiepoint.tensor.Tensor;
import org.tiepoint.tensor.TensorScope;

/** Parameters of untrained networks that do something. */
public final class RandomParameters {
    private RandomParameters() {}

    /** Moves biases, normalisations and statistics, seeded, by at most so much each. */
    public static void moveVectors(Parameters parameters, double most) {
        SplittableRandom random = new SplittableRandom(9);
        try (TensorScope scope = new TensorScope(); NoGradient noGradient = new NoGradient()) {
            parameters.all().forEach((name, tensor) -> {
                if (tensor.shape().length == 1) {
                    float[] values = tensor.toFloats();
                    for (int i = 0; i < values.length; i++) {
                        values[i] += (float) (2 * most * random.nextDouble() - most);
                    }
                    tensor.assign(Tensor.of(values, values.length));
                }
            });
        }
    }
}
