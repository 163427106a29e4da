package org.tiepoint.evaluation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tiepoint.match.Matcher;

/**
 * What is evaluated: features and how they are matched. Candidates may share a provider: its features are then made
 * once.
 *
 * @param name     what results call it
 * @param features closed by its owner
 * @param matcher  pairs the descriptors
 * @param settings everything that the predictions follow from, by name: predictions made with other settings are not
 *                 taken for these
 */
public record Candidate(String name, FeatureProvider features, Matcher matcher, Map<String, String> settings) {
    public Candidate {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        if (name.isBlank()) {
            throw new IllegalArgumentException("a candidate needs a name");
        }
    }

    /** Checks that there are candidates, of different names. */
    public static void requireDistinct(List<Candidate> candidates) {
        if (candidates.isEmpty()) {
            throw new IllegalArgumentException("there are no features to evaluate: give at least one candidate");
        }
        if (candidates.stream().map(Candidate::name).distinct().count() < candidates.size()) {
            throw new IllegalArgumentException("two candidates have the same name: give them different ones");
        }
    }
}
