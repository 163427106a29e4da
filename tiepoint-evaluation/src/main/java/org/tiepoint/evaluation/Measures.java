package org.tiepoint.evaluation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The numbers of some features on some pairs.
 *
 * @param pairs  how many
 * @param values by name, then by threshold ("3"), in order; a number without thresholds stands under ""
 */
public record Measures(int pairs, Map<String, Map<String, Estimate>> values) {
    public Measures {
        Map<String, Map<String, Estimate>> copy = new LinkedHashMap<>();
        values.forEach((name, byKey) -> copy.put(name, Collections.unmodifiableMap(new LinkedHashMap<>(byKey))));
        values = Collections.unmodifiableMap(copy);
    }

    /** A number with a threshold, such as mma at 3 pixels. */
    public Estimate at(String name, int threshold) {
        return get(name, Integer.toString(threshold));
    }

    /** A number without thresholds, such as matches. */
    public Estimate of(String name) {
        return get(name, "");
    }

    /** Whether there is a number of that name. */
    public boolean has(String name) {
        return values.containsKey(name);
    }

    private Estimate get(String name, String key) {
        return Optional.ofNullable(values.getOrDefault(name, Map.of()).get(key)).orElseThrow(
                () -> new IllegalArgumentException("there is no " + name + (key.isEmpty() ? "" : " at " + key)
                        + ", there are " + values.keySet()));
    }
}
