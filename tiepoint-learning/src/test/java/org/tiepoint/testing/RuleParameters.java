package org.tiepoint.testing;

import java.nio.charset.StandardCharsets;
import org.tiepoint.tensor.Tensor;

/** The fixtures' network parameters, made from name and shape by the rule in the fixtures' description. */
public final class RuleParameters {
    private RuleParameters() {}

    /** Float32 values of a tensor of this name and shape. */
    public static Tensor of(String name, long... shape) {
        int sum = 0;
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            sum += b & 0xff;
        }
        int count = 1;
        for (long side : shape) {
            count *= (int) side;
        }
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            double v = Math.sin(0.6180339887498949 * i + sum % 1000);
            values[i] = (float) value(name, v, count, shape);
        }
        return Tensor.of(values, shape);
    }

    private static double value(String name, double v, int count, long... shape) {
        if (shape.length >= 2) {
            return 1.2 * v * Math.sqrt(2.0 / (count / shape[0]));
        }
        if (name.endsWith("running_var")) {
            return 1 + 0.5 * Math.abs(v);
        }
        if (name.endsWith("running_mean")) {
            return 0.1 * v;
        }
        if (name.endsWith("weight")) {
            return 1 + 0.1 * v;
        }
        if (name.endsWith("bias")) {
            return 0.05 * v;
        }
        throw new IllegalArgumentException("the rule has no value for " + name);
    }
}
