package org.tiepoint.network;

import java.util.List;
import org.tiepoint.image.Image;
import org.tiepoint.graph.Value;
import org.tiepoint.tensor.Tensor;

/** Turns pictures into a network's input: B x 3 x H x W, RGB in [0, 1] less ImageNet's mean over its deviation. */
public final class ImageNormalisation {
    private static final float[] MEAN = {0.485f, 0.456f, 0.406f};
    private static final float[] DEVIATION = {0.229f, 0.224f, 0.225f};

    private ImageNormalisation() {}

    /** A batch of pictures of one size. */
    public static Tensor batch(List<Image> images) {
        int width = images.get(0).width();
        int height = images.get(0).height();
        Tensor[] parts = new Tensor[images.size()];
        for (int i = 0; i < parts.length; i++) {
            Image image = images.get(i);
            if (image.width() != width || image.height() != height) {
                throw new IllegalArgumentException("a batch needs images of one size: " + width + "x" + height
                        + " and " + image.width() + "x" + image.height());
            }
            parts[i] = Tensor.ofUnsignedBytes(image.rgb(), height, width, 3).permute(2, 0, 1);
        }
        Tensor mean = Tensor.of(MEAN, 3, 1, 1);
        Tensor deviation = Tensor.of(DEVIATION, 3, 1, 1);
        return Tensor.stack(0, parts).mul(1 / 255.0).sub(mean).div(deviation);
    }

    /** A network's input in a graph, from B x 3 x H x W of RGB in [0, 1]. */
    public static Value of(Value rgb) {
        return rgb.sub(rgb.graph().constant("mean", MEAN, 1, MEAN.length, 1, 1))
                .div(rgb.graph().constant("deviation", DEVIATION, 1, DEVIATION.length, 1, 1));
    }
}
