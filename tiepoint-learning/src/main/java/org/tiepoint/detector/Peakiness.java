package org.tiepoint.detector;

import org.tiepoint.graph.Value;
import org.tiepoint.tensor.Tensor;

/**
 * How much each position of a map stands out, from its surroundings and among its channels: ASLFeat's measure (Luo et
 * al., CVPR 2020) as PoSFeat and SCFeat use it.
 */
public final class Peakiness {
    /** An image's greatest value of 0 counts as this. */
    private static final double LEAST = 1e-6;

    private Peakiness() {}

    /**
     * The peakiness of each position: with x divided by its image's greatest value, the maximum over the channels of
     * softplus(x - mean of its 3x3 surroundings) times softplus(x - mean of the channels).
     *
     * @param x B x C x H x W, sides of at least 2
     * @return B x 1 x H x W, above 0
     */
    public static Tensor of(Tensor x) {
        Tensor greatest = x.reshape(x.size(0), -1).max(1).reshape(-1, 1, 1, 1);
        Tensor isZero = greatest.abs().lessThan(LEAST);
        Tensor scaled = x.div(greatest.add(isZero.mul(2 * LEAST)));
        Tensor surroundings = scaled.padReflecting(1, 1, 1, 1).averagePool(3, 1);
        Tensor local = scaled.sub(surroundings).softplus();
        Tensor amongChannels = scaled.sub(scaled.mean(1).unsqueeze(1)).softplus();
        return local.mul(amongChannels).max(1).unsqueeze(1);
    }

    /** The same in a graph. */
    static Value of(Value x) {
        Value greatest = x.max(1, 2, 3);
        Value scaled = x.div(greatest.abs().lessThan(LEAST).choose(greatest.add(2 * LEAST), greatest));
        Value local = scaled.sub(scaled.padReflecting().averagePool(3, 1)).softplus();
        Value amongChannels = scaled.sub(scaled.mean(1)).softplus();
        return local.mul(amongChannels).max(1);
    }
}
