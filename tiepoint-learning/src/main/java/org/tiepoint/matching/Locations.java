package org.tiepoint.matching;

import org.tiepoint.tensor.Tensor;

/**
 * Where query points are expected in the other image.
 *
 * @param position B x n x 2, normalised (x, y)
 * @param spread   B x n: standard deviations of x and y under the match distribution, added up
 */
public record Locations(Tensor position, Tensor spread) {}
