package org.tiepoint.detector;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tiepoint.loss.LossTerms;
import org.tiepoint.tensor.Tensor;

/**
 * Teaches a score map the key points of another detector: in each cell a softmax over the scores of its pixels and one more,
 * 0, for "none of them", and its cross-entropy with where the cell's key point is: SuperPoint's detector loss (DeTone et
 * al., "SuperPoint: Self-Supervised Interest Point Detection and Description", CVPRW 2018).
 *
 * <p>Departs from SuperPoint in that the score of "none" is no output of the network, so that a score above 0 says that a
 * key point is more probable than none.
 */
public final class CellClassificationLoss {
    /** Sides of the cells, in pixels. */
    public static final int CELL = 8;
    private static final int NONE = CELL * CELL;

    private CellClassificationLoss() {}

    /**
     * The mean cross-entropy of the cells that count. The one term is called {@code cells}; nats.
     *
     * @param scores     B x 1 x H x W, logarithms of odds; H and W multiples of {@value #CELL}
     * @param points     B lists of n x 2 pixels, row-major, best first: of several in a cell the first counts
     * @param toOther    B homographies, row-major 3x3, pixels of each image to pixels of one that shows the same: only
     *                   cells whose middle lies in it count, as the points do
     */
    public static LossTerms of(Tensor scores, List<float[]> points, List<double[]> toOther) {
        int batch = (int) scores.size(0);
        int height = (int) scores.size(2);
        int width = (int) scores.size(3);
        int rows = height / CELL;
        int columns = width / CELL;
        long[] places = new long[batch * rows * columns];
        float[] weights = new float[places.length];
        double counted = 0;
        for (int i = 0; i < batch; i++) {
            for (int cell = 0; cell < rows * columns; cell++) {
                double x = (cell % columns + 0.5) * CELL - 0.5;
                double y = (double) (cell / columns) * CELL + 0.5 * CELL - 0.5;
                boolean counts = isInside(x, y, toOther.get(i), width, height);
                places[i * rows * columns + cell] = NONE;
                weights[i * rows * columns + cell] = counts ? 1 : 0;
                counted += counts ? 1 : 0;
            }
            float[] xy = points.get(i);
            for (int j = xy.length - 2; j >= 0; j -= 2) {
                int x = Math.max(0, Math.min(width - 1, Math.round(xy[j])));
                int y = Math.max(0, Math.min(height - 1, Math.round(xy[j + 1])));
                places[(i * rows + y / CELL) * columns + x / CELL] = (long) y % CELL * CELL + x % CELL;
            }
        }
        Tensor cells = scores.reshape(batch, rows, CELL, columns, CELL).permute(0, 1, 3, 2, 4)
                .reshape(places.length, NONE);
        Tensor all = Tensor.concatenate(1, cells, Tensor.zeros(places.length, 1).like(cells));
        Tensor entropy = all.logSoftmax(1).gather(1, Tensor.of(places, places.length, 1).onDeviceOf(cells)).squeeze(1)
                .mul(Tensor.of(weights, places.length).like(cells)).sum().mul(-1 / Math.max(1, counted));
        Map<String, Tensor> terms = new LinkedHashMap<>();
        terms.put("cells", entropy);
        return new LossTerms(entropy, terms);
    }

    private static boolean isInside(double x, double y, double[] h, int width, int height) {
        double w = h[6] * x + h[7] * y + h[8];
        double u = (h[0] * x + h[1] * y + h[2]) / w;
        double v = (h[3] * x + h[4] * y + h[5]) / w;
        return u >= 0 && v >= 0 && u <= width - 1 && v <= height - 1;
    }
}
