package org.tiepoint.train;

import java.util.Map;

/**
 * One training step.
 *
 * @param step         steps done, this one included
 * @param steps        in all
 * @param loss         total
 * @param terms        terms by name, before weighting
 * @param learningRate of this step
 * @param seconds      that this step took
 * @param samples      of this step
 */
public record StepReport(long step, long steps, double loss, Map<String, Double> terms, double learningRate,
        double seconds, int samples) {}
