package org.tiepoint.evaluation;

import org.tiepoint.feature.Describer;

/**
 * A descriptor to evaluate.
 *
 * @param name      what results call it
 * @param describer closed by its owner
 */
public record NamedDescriber(String name, Describer describer) {}
