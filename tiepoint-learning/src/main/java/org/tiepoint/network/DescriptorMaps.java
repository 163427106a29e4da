package org.tiepoint.network;

import org.tiepoint.tensor.Tensor;

/**
 * Dense descriptors of a batch of images at two resolutions.
 *
 * @param coarse B x C x H/16 x W/16
 * @param fine   B x D x H/4 x W/4
 */
public record DescriptorMaps(Tensor coarse, Tensor fine) {}
