package org.tiepoint.objective.posed;

import java.util.List;
import org.tiepoint.network.ImageNormalisation;
import org.tiepoint.tensor.Device;
import org.tiepoint.tensor.Tensor;

/**
 * Samples of one step as tensors.
 *
 * @param first        B x 3 x H x W, normalised
 * @param second       B x 3 x H x W, normalised
 * @param fundamentals B x 3 x 3
 * @param width        of the pictures
 * @param height       of the pictures
 */
public record PosedBatch(Tensor first, Tensor second, Tensor fundamentals, int width, int height) {
    /** The tensors, in the caller's scope. */
    public static PosedBatch of(List<PosedSample> samples, Device device) {
        float[] fundamentals = new float[9 * samples.size()];
        for (int i = 0; i < fundamentals.length; i++) {
            fundamentals[i] = (float) samples.get(i / 9).fundamental()[i % 9];
        }
        return new PosedBatch(
                ImageNormalisation.batch(samples.stream().map(PosedSample::first).toList()).to(device),
                ImageNormalisation.batch(samples.stream().map(PosedSample::second).toList()).to(device),
                Tensor.of(fundamentals, samples.size(), 3, 3).to(device), samples.get(0).first().width(),
                samples.get(0).first().height());
    }
}
