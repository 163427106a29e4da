package org.tiepoint.network;

/** The ResNets (He et al., CVPR 2016) that can be an encoder. */
public enum Encoder {
    RESNET18(false, 2, 2, 2),
    RESNET34(false, 3, 4, 6),
    RESNET50(true, 3, 4, 6),
    RESNET101(true, 3, 4, 23),
    RESNET152(true, 3, 8, 36);

    private final boolean bottleneck;
    private final int[] blocks;

    Encoder(boolean bottleneck, int... blocks) {
        this.bottleneck = bottleneck;
        this.blocks = blocks;
    }

    /** Whether its blocks are 1x1, 3x3, 1x1 convolutions with four times the channels at their end. */
    public boolean bottleneck() {
        return bottleneck;
    }

    /** Blocks of layer 1, 2 or 3. */
    public int blocks(int layer) {
        return blocks[layer - 1];
    }

    /** Channels that layer 1, 2 or 3 puts out. */
    public int channels(int layer) {
        return width(layer) * (bottleneck ? 4 : 1);
    }

    /** Channels inside the blocks of layer 1, 2 or 3. */
    public int width(int layer) {
        return 32 << layer;
    }
}
