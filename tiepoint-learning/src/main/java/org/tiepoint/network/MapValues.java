package org.tiepoint.network;

import org.tiepoint.graph.Value;

/**
 * {@link DescriptorMaps} in a graph.
 *
 * @param coarse B x C x H/16 x W/16, sides rounded up
 * @param fine   B x D x h x w with h and w four times the coarse sides
 */
public record MapValues(Value coarse, Value fine) {}
