package org.tiepoint.evaluation.sweep;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tiepoint.evaluation.Machine;
import org.tiepoint.evaluation.Measures;

/**
 * What sweeps found.
 *
 * @param photos   that were measured
 * @param settings sizes and the like, by name
 * @param features in the order given
 * @param machine  what it was measured on
 * @param versions of this program and its libraries, by name
 */
public record SweepResult(Photos photos, Map<String, String> settings, List<FeatureSweeps> features, Machine machine,
        Map<String, String> versions) {
    public SweepResult {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        features = List.copyOf(features);
        versions = Collections.unmodifiableMap(new LinkedHashMap<>(versions));
    }

    /**
     * How some features did.
     *
     * @param name     of the candidate
     * @param settings of the candidate
     * @param sweeps   levels by kind, ascending
     * @param outcomes of every photo and level
     */
    public record FeatureSweeps(String name, Map<String, String> settings, Map<SweepKind, List<Level>> sweeps,
            List<SweepOutcome> outcomes) {
        public FeatureSweeps {
            settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
            sweeps = Collections.unmodifiableMap(new LinkedHashMap<>(sweeps));
            outcomes = List.copyOf(outcomes);
        }
    }

    /**
     * The numbers of all photos at a level.
     *
     * @param level    in the kind's unit
     * @param measures mma at 1 to 10 pixels, correct at 1, 3 and 5, repeatability, keypoints and matches: means over
     *                 photos, with intervals by bootstrap over photos
     */
    public record Level(double level, Measures measures) {}
}
