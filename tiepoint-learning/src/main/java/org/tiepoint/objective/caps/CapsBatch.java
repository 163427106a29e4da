package org.tiepoint.objective.caps;

import java.util.List;
import org.tiepoint.matching.DifferentiableMatching;
import org.tiepoint.network.ImageNormalisation;
import org.tiepoint.tensor.Device;
import org.tiepoint.tensor.Tensor;

/**
 * The samples of one step as tensors.
 *
 * @param first        B x 3 x H x W, normalised
 * @param second       B x 3 x H x W, normalised
 * @param queries      B x n x 2, pixels
 * @param fundamentals B x 3 x 3
 * @param width        of the pictures
 * @param height       of the pictures
 */
record CapsBatch(Tensor first, Tensor second, Tensor queries, Tensor fundamentals, int width, int height) {
    static CapsBatch of(List<CapsSample> samples, Device device) {
        int batch = samples.size();
        int count = samples.get(0).queries().length;
        float[] queries = new float[batch * count];
        float[] fundamentals = new float[batch * 9];
        for (int i = 0; i < batch; i++) {
            System.arraycopy(samples.get(i).queries(), 0, queries, i * count, count);
            for (int j = 0; j < 9; j++) {
                fundamentals[9 * i + j] = (float) samples.get(i).fundamental()[j];
            }
        }
        return new CapsBatch(
                ImageNormalisation.batch(samples.stream().map(CapsSample::first).toList()).to(device),
                ImageNormalisation.batch(samples.stream().map(CapsSample::second).toList()).to(device),
                Tensor.of(queries, batch, count / 2, 2).to(device), Tensor.of(fundamentals, batch, 3, 3).to(device),
                samples.get(0).first().width(), samples.get(0).first().height());
    }

    /** The queries where the picture is 2 wide and high: B x n x 2. */
    Tensor normalisedQueries() {
        return DifferentiableMatching.normalise(queries, width, height);
    }
}
