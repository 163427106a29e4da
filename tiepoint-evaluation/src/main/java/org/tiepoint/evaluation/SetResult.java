package org.tiepoint.evaluation;

import java.util.List;

/**
 * How all features did on a set.
 *
 * @param set      the pairs
 * @param features in the order given
 */
public record SetResult(EvaluationSet set, List<FeatureResult> features) {
    public SetResult {
        features = List.copyOf(features);
    }
}
