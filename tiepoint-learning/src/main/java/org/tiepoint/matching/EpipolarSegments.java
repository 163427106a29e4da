package org.tiepoint.matching;

import org.tiepoint.tensor.Tensor;

/**
 * The parts of epipolar lines that lie inside an image.
 *
 * @param start B x n x 2, pixels: a border point; anywhere, but finite, where the line is not valid
 * @param end   B x n x 2, pixels: the other border point
 * @param valid B x n: 1 where the line meets the four sides of the image in exactly two points, else 0
 */
public record EpipolarSegments(Tensor start, Tensor end, Tensor valid) {

    /**
     * Cuts lines at the border of an image: the centres of its border pixels. A line through a corner meets three or
     * four sides and is not valid, as in PoSFeat's code; its points are where it meets the left and the right side, as
     * for a line that passes the image.
     *
     * @param lines B x n x 3
     */
    public static EpipolarSegments of(Tensor lines, int width, int height) {
        double right = width - 1;
        double bottom = height - 1;
        Tensor a = lines.select(2, 0);
        Tensor b = lines.select(2, 1);
        Tensor c = lines.select(2, 2);
        Tensor zero = a.mul(0);
        Tensor xs = Tensor.stack(2, zero, zero.add(right), b.mul(bottom).add(c).mul(-1).div(a), c.mul(-1).div(a));
        Tensor ys = Tensor.stack(2, c.mul(-1).div(b), a.mul(right).add(c).mul(-1).div(b), zero.add(bottom), zero);
        Tensor onBorder = xs.within(0, right).mul(ys.within(0, bottom));
        Tensor valid = onBorder.sum(2).within(2, 2);
        Tensor chosen = Tensor.where(valid.unsqueeze(2), onBorder, Tensor.of(new double[] {1, 1, 0, 0}, 4).like(lines));
        // of the two chosen sides, the greatest of falling numbers is the first, of rising ones the second
        Tensor first = chosen.mul(Tensor.of(new double[] {4, 3, 2, 1}, 4).like(lines)).argmax(2).unsqueeze(2);
        Tensor second = chosen.mul(Tensor.of(new double[] {1, 2, 3, 4}, 4).like(lines)).argmax(2).unsqueeze(2);
        return new EpipolarSegments(point(xs, ys, first), point(xs, ys, second), valid);
    }

    private static Tensor point(Tensor xs, Tensor ys, Tensor side) {
        return Tensor.concatenate(2, xs.gather(2, side), ys.gather(2, side)).finiteOr(0);
    }
}
