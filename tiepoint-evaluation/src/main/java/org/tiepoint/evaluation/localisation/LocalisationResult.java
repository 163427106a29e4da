package org.tiepoint.evaluation.localisation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tiepoint.evaluation.Machine;
import org.tiepoint.evaluation.Measures;

/**
 * What an evaluation of localisation found.
 *
 * @param settings of the localiser, by name
 * @param scenes   in the order given
 * @param machine  what it ran on
 * @param versions of this program and its libraries, by name
 */
public record LocalisationResult(Map<String, String> settings, List<Scene> scenes, Machine machine,
        Map<String, String> versions) {
    public LocalisationResult {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        scenes = List.copyOf(scenes);
        versions = Collections.unmodifiableMap(new LinkedHashMap<>(versions));
    }

    /**
     * How all features did in a scene.
     *
     * @param name       of the scene
     * @param references photos of the map
     * @param queries    photos that were left out
     * @param features   in the order given
     */
    public record Scene(String name, int references, int queries, List<Feature> features) {
        public Scene {
            features = List.copyOf(features);
        }
    }

    /**
     * How some features did in a scene.
     *
     * @param name     what results call them
     * @param settings that they and their matches follow from
     * @param points   of the map
     * @param queries  each, in the scene's order
     */
    public record Feature(String name, Map<String, String> settings, int points, List<QueryResult> queries) {
        public Feature {
            settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
            queries = List.copyOf(queries);
        }

        /** The numbers of all queries: {@code medianTranslation}, {@code within} and others. */
        public Measures measures() {
            return LocalisationMeasures.of(queries);
        }
    }
}
