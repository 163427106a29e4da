package org.tiepoint.network;

import org.tiepoint.tensor.Tensor;

/**
 * Dense descriptors of a batch of images at two resolutions.
 *
 * @param coarse B x C x H/16 x W/16, sides rounded up
 * @param fine   B x D x h x w with h and w four times the coarse sides: H/4 x W/4 for multiples of 16
 */
public record DescriptorMaps(Tensor coarse, Tensor fine) {}
