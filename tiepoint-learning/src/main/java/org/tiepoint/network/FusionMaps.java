package org.tiepoint.network;

import org.tiepoint.tensor.Tensor;

/**
 * What {@link FusionNetwork} computes of a batch of images whose sides are multiples of 16.
 *
 * @param descriptors B x C x H/4 x W/4, the normalised map F: sampled with corners not aligned and divided by their
 *                    length they are the descriptors
 * @param fused       B x C x H/4 x W/4, the map D before its normalisation
 * @param deep        B x E x H/16 x W/16, the encoder's last map
 * @param shallow     B x 64 x H/4 x W/4, the map after the encoder's first max-pool
 */
public record FusionMaps(Tensor descriptors, Tensor fused, Tensor deep, Tensor shallow) {}
