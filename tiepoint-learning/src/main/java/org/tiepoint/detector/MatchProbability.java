package org.tiepoint.detector;

import org.tiepoint.tensor.Tensor;

/** How probable it is that two points are matched: softmax over the rows times softmax over the columns. */
public final class MatchProbability {
    private MatchProbability() {}

    /**
     * Logarithms of match probabilities.
     *
     * @param descriptors      B x n x C, of length 1
     * @param otherDescriptors B x m x C, of length 1
     * @param temperature      factor of the cosine; 60 in PoSFeat
     * @return B x n x m
     */
    public static Tensor logarithm(Tensor descriptors, Tensor otherDescriptors, double temperature) {
        Tensor affinity = descriptors.matmul(otherDescriptors.transpose(1, 2)).add(-1).mul(temperature);
        return affinity.logSoftmax(2).add(affinity.logSoftmax(1));
    }
}
