package org.tiepoint.objective;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How good a network is on held-out samples.
 *
 * @param step    training steps done
 * @param samples held-out samples used
 * @param loss    mean total loss
 * @param metrics by name, in the order in which they are shown; the first decides which network is the best
 * @param sign    1 where more of the first metric is better, -1 where less is
 */
public record ValidationReport(long step, int samples, double loss, Map<String, Double> metrics, int sign) {
    public ValidationReport {
        if (metrics.isEmpty() || Math.abs(sign) != 1) {
            throw new IllegalArgumentException(metrics.size() + " metrics with the sign " + sign
                    + ": there must be at least one, and the sign 1 or -1");
        }
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    }

    /** Whether this is a better network than another. */
    public boolean betterThan(ValidationReport other) {
        return sign * decisive() > sign * other.decisive();
    }

    private double decisive() {
        return metrics.values().iterator().next();
    }
}
