package org.tiepoint.loss;

import org.tiepoint.tensor.Tensor;

/**
 * Average precision that can be differentiated (He, Lu and Sclaroff, "Local Descriptors Optimized for Average
 * Precision", CVPR 2018; Revaud et al., "Learning with Average Precision", ICCV 2019): similarities are put into bins,
 * each shared linearly between the two nearest bin centres, and precision and recall are summed over the bins from the
 * highest similarity down. The centres lie at equal distances, the first at the greatest, the last at the least
 * similarity; values beyond them count there, without gradient.
 *
 * <p>Computed as a histogram, with two entries a similarity, where the released code makes the bins times similarities
 * matrix: the numbers are the same.
 *
 * @param bins  2 to 100; 20 in HNDesc
 * @param least similarity; 0 in HNDesc
 * @param most  similarity, more than the least; 1 in HNDesc
 */
public record QuantisedAveragePrecision(int bins, double least, double most) {
    public QuantisedAveragePrecision {
        if (bins < 2 || bins > 100) {
            throw new IllegalArgumentException("bins is " + bins + ": it must be 2 to 100");
        }
        if (!(least < most) || Double.isInfinite(most - least)) {
            throw new IllegalArgumentException("similarities from " + least + " to " + most
                    + ": the first must be less than the second");
        }
    }

    /** HNDesc's: 20 bins over [0, 1]. */
    public static QuantisedAveragePrecision defaults() {
        return new QuantisedAveragePrecision(20, 0, 1);
    }

    /**
     * The average precision of each list of one positive and its negatives.
     *
     * @param positives N similarities
     * @param negatives N x M similarities
     * @return N numbers in [0, 1]
     */
    public Tensor of(Tensor positives, Tensor negatives) {
        Tensor correct = histogram(positives.unsqueeze(1));
        Tensor all = correct.add(histogram(negatives));
        Tensor precision = correct.cumulativeSum(1).div(all.cumulativeSum(1).add(1e-16));
        Tensor recall = correct.div(correct.sum(1).unsqueeze(1));
        return precision.mul(recall).sum(1);
    }

    /** N x bins. */
    private Tensor histogram(Tensor similarities) {
        Tensor place = similarities.clamp(least, most).add(-most).mul((bins - 1) / (least - most));
        Tensor lower = place.detach().floor().clamp(0, bins - 2.0);
        Tensor share = place.sub(lower);
        Tensor first = lower.toInt64();
        Tensor second = lower.add(1).toInt64();
        Tensor empty = Tensor.zeros(similarities.size(0), bins).like(similarities);
        return empty.scatterAdd(1, first, share.mul(-1).add(1)).scatterAdd(1, second, share);
    }
}
