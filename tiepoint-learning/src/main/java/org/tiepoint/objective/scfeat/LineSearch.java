package org.tiepoint.objective.scfeat;

import java.util.Optional;
import java.util.SplittableRandom;
import org.tiepoint.loss.LineToWindowLoss;
import org.tiepoint.matching.CellPoints;
import org.tiepoint.matching.DifferentiableMatching;
import org.tiepoint.matching.LineToWindowMatching;
import org.tiepoint.objective.posed.PosedBatch;
import org.tiepoint.tensor.Tensor;

/** SCFeat's search along epipolar lines for points drawn in a batch of posed pairs. */
public final class LineSearch {
    private LineSearch() {}

    /**
     * Draws one point a cell in every image and searches for all of them.
     *
     * @param map      B x C x h x w of the first images
     * @param otherMap of the second
     * @param cellSize in pixels
     * @param moved    whether windows are moved at random, as in training
     */
    public static LineToWindowLoss.Search of(PosedBatch batch, Tensor map, Tensor otherMap, int cellSize,
            LineToWindowMatching.Options matching, SplittableRandom random, boolean moved) {
        return LineToWindowLoss.search(map, otherMap, positions(batch, cellSize, random),
                positions(batch, cellSize, random), batch.fundamentals(), batch.width(), batch.height(), matching,
                moved ? Optional.of(random) : Optional.empty());
    }

    /** One point a cell, drawn anew for every image: B x n x 2, normalised. */
    private static Tensor positions(PosedBatch batch, int cellSize, SplittableRandom random) {
        int images = (int) batch.first().size(0);
        Tensor[] points = new Tensor[images];
        for (int i = 0; i < images; i++) {
            float[] xy = CellPoints.draw(batch.width(), batch.height(), cellSize, random);
            points[i] = Tensor.of(xy, xy.length / 2, 2);
        }
        return DifferentiableMatching.normalise(Tensor.stack(0, points).onDeviceOf(batch.first()), batch.width(),
                batch.height());
    }
}
