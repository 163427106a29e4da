package org.tiepoint.evaluation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How some features did on a set.
 *
 * @param name     of the candidate
 * @param settings of the candidate
 * @param all      numbers of all pairs
 * @param subsets  numbers of parts of the set by name, such as illumination and viewpoint, or easy, moderate and hard;
 *                 those that have pairs
 * @param pairs    each pair, in the order of the set
 */
public record FeatureResult(String name, Map<String, String> settings, Measures all, Map<String, Measures> subsets,
        List<PairResult> pairs) {
    public FeatureResult {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        subsets = Collections.unmodifiableMap(new LinkedHashMap<>(subsets));
        pairs = List.copyOf(pairs);
    }
}
