package org.tiepoint.detector;

import java.util.random.RandomGenerator;
import org.tiepoint.tensor.NoGradient;
import org.tiepoint.tensor.Tensor;

/**
 * Key points drawn at random for training a detector, as DISK does (Tyszkiewicz, Fua and Trulls, NeurIPS 2020): in each
 * square cell one pixel is proposed, drawn from the softmax of the scores, and accepted with the probability
 * sigmoid(score). Cells go row by row from the top left; what is left over at the right and at the bottom has none.
 *
 * @param places           B x n, int64: which of the cell's pixels, row by row
 * @param accepted         B x n: 1 where the proposal was accepted, else 0
 * @param points           B x n x 2, pixels
 * @param logProbabilities B x n, of the proposal and of its acceptance or refusal; with gradient for the scores
 */
public record CellProposals(Tensor places, Tensor accepted, Tensor points, Tensor logProbabilities) {

    /**
     * Draws a proposal in every cell.
     *
     * @param scores   B x 1 x H x W
     * @param cellSize side of a cell in pixels, at most H and W; 8 in PoSFeat
     */
    public static CellProposals draw(Tensor scores, int cellSize, RandomGenerator random) {
        Tensor cells = cells(scores, cellSize);
        Tensor places;
        Tensor accepted;
        try (NoGradient noGradient = new NoGradient()) {
            // the place of the greatest score with Gumbel noise is a draw from the softmax
            double[] noise = random.doubles(cells.count()).map(u -> -Math.log(-Math.log(u + 1e-300))).toArray();
            places = cells.add(Tensor.of(noise, cells.shape()).like(cells)).argmax(2);
            double[] uniform = random.doubles(places.count()).toArray();
            Tensor chosen = cells.gather(2, places.unsqueeze(2)).squeeze(2);
            accepted = Tensor.of(uniform, places.shape()).like(cells).lessThan(chosen.sigmoid());
        }
        return of(scores, cellSize, places, accepted);
    }

    /**
     * Given draws.
     *
     * @param places   B x n, int64
     * @param accepted B x n, 0 or 1
     */
    public static CellProposals of(Tensor scores, int cellSize, Tensor places, Tensor accepted) {
        Tensor cells = cells(scores, cellSize);
        Tensor place = places.unsqueeze(2);
        Tensor proposed = cells.logSoftmax(2).gather(2, place).squeeze(2);
        Tensor chosen = cells.gather(2, place).squeeze(2);
        // log sigmoid(s) = -softplus(-s) where accepted, log(1 - sigmoid(s)) = -softplus(s) where not
        Tensor decided = chosen.mul(accepted.mul(-2).add(1)).softplus();
        return new CellProposals(places, accepted, points(places, scores, cellSize), proposed.sub(decided));
    }

    /** B x n x (cellSize * cellSize). */
    private static Tensor cells(Tensor scores, int cellSize) {
        long batch = scores.size(0);
        long rows = scores.size(2) / cellSize;
        long columns = scores.size(3) / cellSize;
        if (cellSize < 1 || rows < 1 || columns < 1) {
            throw new IllegalArgumentException("cellSize is " + cellSize + ": it must be 1 to the shorter side of "
                    + scores.size(3) + "x" + scores.size(2) + " scores");
        }
        return scores.narrow(2, 0, rows * cellSize).narrow(3, 0, columns * cellSize)
                .reshape(batch, rows, cellSize, columns, cellSize).permute(0, 1, 3, 2, 4)
                .reshape(batch, rows * columns, (long) cellSize * cellSize);
    }

    private static Tensor points(Tensor places, Tensor scores, int cellSize) {
        long columns = scores.size(3) / cellSize;
        long[] place = places.toLongs();
        long count = places.size(1);
        double[] xy = new double[2 * place.length];
        for (int i = 0; i < place.length; i++) {
            long cell = i % count;
            xy[2 * i] = cell % columns * cellSize + place[i] % cellSize;
            xy[2 * i + 1] = cell / columns * cellSize + place[i] / cellSize;
        }
        return Tensor.of(xy, places.size(0), count, 2).like(scores);
    }
}
