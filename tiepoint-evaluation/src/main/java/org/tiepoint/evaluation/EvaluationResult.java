package org.tiepoint.evaluation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an evaluation found.
 *
 * @param protocol homography or pose
 * @param settings thresholds and the like, by name
 * @param sets     in the order given
 * @param machine  what it was measured on
 * @param versions of this program and its libraries, by name
 */
public record EvaluationResult(String protocol, Map<String, String> settings, List<SetResult> sets, Machine machine,
        Map<String, String> versions) {
    public EvaluationResult {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        sets = List.copyOf(sets);
        versions = Collections.unmodifiableMap(new LinkedHashMap<>(versions));
    }
}
