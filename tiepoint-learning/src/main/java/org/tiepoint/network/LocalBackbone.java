package org.tiepoint.network;

import org.tiepoint.graph.Value;
import org.tiepoint.tensor.Tensor;

/**
 * A network whose one map holds a descriptor for every position of an image, as self-supervised descriptors (HNDesc)
 * use it. Owns its parameters until {@link #close()}. Not for use by several threads at once.
 */
public interface LocalBackbone extends AutoCloseable {
    /** What is learned. */
    Parameters parameters();

    /** Numbers a descriptor. */
    int dimension();

    /** Image pixels a position of the map. */
    int stride();

    /**
     * How {@link org.tiepoint.matching.PointDescriptors} samples the map: whether normalised positions -1 and +1 are
     * the centres of the map's border positions, or their outer edges.
     */
    boolean cornersAligned();

    /**
     * The descriptor map of a batch; descriptors need not have length 1.
     *
     * @param images   B x 3 x H x W, normalised by {@link ImageNormalisation}
     * @param training whether to normalise by the batch's statistics (and move the running ones)
     * @return B x D x h x w
     */
    Tensor describe(Tensor images, boolean training);

    /**
     * The same in a graph, by running statistics.
     *
     * @param images B x 3 x H x W, normalised by {@link ImageNormalisation}
     */
    Value describe(Value images);

    /**
     * A map that tells what the images show as a whole, where pooled: B x channels x positions, by running statistics.
     * It may have negative values, which do not count.
     */
    Tensor overview(Tensor images);

    @Override
    void close();
}
