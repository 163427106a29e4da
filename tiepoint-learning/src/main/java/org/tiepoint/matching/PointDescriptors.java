package org.tiepoint.matching;

import java.util.List;
import org.tiepoint.tensor.Tensor;

/** Descriptors of length 1 at points of a batch of images, each with a number of points of its own. */
public final class PointDescriptors {
    private PointDescriptors() {}

    /**
     * Samples a descriptor map at points, bilinearly with zeros outside.
     *
     * @param map    B x D x h x w, of {@link org.tiepoint.network.LocalBackbone#describe}
     * @param points B lists of n x 2 numbers, row-major: pixels of the images
     * @param width  of the images in pixels
     * @param height of the images in pixels
     * @param cornersAligned of {@link org.tiepoint.network.LocalBackbone#cornersAligned}
     * @return (sum of n) x D, image by image
     */
    public static Tensor sample(Tensor map, List<float[]> points, int width, int height, boolean cornersAligned) {
        int batch = points.size();
        if (map.size(0) != batch) {
            throw new IllegalArgumentException("points of " + batch + " images for a map of " + map.size(0));
        }
        // one place at least: libtorch samples no empty grid
        int most = Math.max(1, points.stream().mapToInt(p -> p.length / 2).max().orElse(0));
        int total = points.stream().mapToInt(p -> p.length / 2).sum();
        float[] padded = new float[2 * batch * most];
        long[] rows = new long[total];
        int row = 0;
        for (int i = 0; i < batch; i++) {
            float[] xy = points.get(i);
            System.arraycopy(xy, 0, padded, 2 * i * most, xy.length);
            for (int j = 0; j < xy.length / 2; j++) {
                rows[row++] = (long) i * most + j;
            }
        }
        Tensor pixels = Tensor.of(padded, batch, most, 2).like(map);
        Tensor grid = DifferentiableMatching.normalise(pixels, width, height).unsqueeze(2);
        Tensor sampled = map.sample(grid, cornersAligned).squeeze(3).transpose(1, 2)
                .reshape((long) batch * most, map.size(1));
        return sampled.indexSelect(0, Tensor.of(rows, total).onDeviceOf(map)).normalised(1);
    }
}
