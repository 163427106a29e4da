package org.tiepoint.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.tiepoint.network.Encoder;
import org.tiepoint.network.ResUNet;
import org.tiepoint.tensor.Device;
import org.tiepoint.tensor.Tensor;
import org.tiepoint.tensor.TensorScope;

class AdamTest {
    /** Three steps of Kingma and Ba's algorithm 1, written out in double precision. */
    @Test
    void followsThePaper() {
        try (TensorScope scope = new TensorScope();
                ResUNet network = new ResUNet(new ResUNet.Options(Encoder.RESNET18, 4, 4, 4, 4, false), 1, Device.CPU);
                Adam adam = new Adam(network.parameters())) {
            Tensor parameter = network.parameters().learned().get("conv_fine.conv.bias");
            Tensor frozen = network.parameters().learned().get("conv_coarse.conv.bias");
            Tensor unused = network.parameters().learned().get("iconv2.conv.bias");
            float[] frozenBefore = frozen.toFloats();
            float[] unusedBefore = unused.toFloats();
            double[] expected = parameter.toDoubles();
            double[] m = new double[4];
            double[] v = new double[4];
            double[][] gradients = {{1, -2, 0.001, 0}, {3, 1, 0.002, 0}, {-1, 0.5, -0.01, 0}};
            for (int step = 1; step <= 3; step++) {
                network.parameters().clearGradients();
                parameter.mul(Tensor.of(floats(gradients[step - 1]), 4)).sum().add(frozen.sum()).backward();
                adam.step(step, name -> name.equals("conv_coarse.conv.bias") ? 0 : 0.01);
                for (int i = 0; i < 4; i++) {
                    double g = gradients[step - 1][i];
                    m[i] = 0.9 * m[i] + 0.1 * g;
                    v[i] = 0.999 * v[i] + 0.001 * g * g;
                    expected[i] -= 0.01 * (m[i] / (1 - Math.pow(0.9, step)))
                            / (Math.sqrt(v[i] / (1 - Math.pow(0.999, step))) + 1e-8);
                }
            }
            assertArrayEquals(expected, parameter.toDoubles(), 1e-6);
            assertArrayEquals(m, adam.firstMoments().get("conv_fine.conv.bias").toDoubles(), 1e-7);
            assertArrayEquals(v, adam.secondMoments().get("conv_fine.conv.bias").toDoubles(), 1e-7);
            assertArrayEquals(frozenBefore, frozen.toFloats(), "a rate of 0");
            assertArrayEquals(unusedBefore, unused.toFloats(), "no gradient");
            assertEquals(network.parameters().learned().keySet(), adam.firstMoments().keySet());
        }
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }
}
