package org.tiepoint.network;

import org.tiepoint.graph.Value;

/**
 * {@link FeatureMaps} in a graph.
 *
 * @param descriptors B x D x H/4 x W/4, of any length
 * @param shallow     B x S x H/4 x W/4, the map after the encoder's first max-pool
 */
public record FeatureValues(Value descriptors, Value shallow) {}
