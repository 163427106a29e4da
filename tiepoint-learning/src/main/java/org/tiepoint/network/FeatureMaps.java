package org.tiepoint.network;

import org.tiepoint.tensor.Tensor;

/**
 * What a detector looks at besides the image; both maps have one size where the image's sides are multiples of 16.
 *
 * @param descriptors B x D x H/4 x W/4, of any length
 * @param shallow     B x S x H/4 x W/4, the map after the encoder's first max-pool
 */
public record FeatureMaps(Tensor descriptors, Tensor shallow) {}
