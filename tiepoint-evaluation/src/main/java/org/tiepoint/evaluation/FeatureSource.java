package org.tiepoint.evaluation;

import java.util.List;
import org.tiepoint.feature.Detector;

/**
 * Where features come from: one detector, so that every descriptor gets the same key points.
 *
 * @param detector     finds the key points
 * @param maxKeypoints at most so many an image, at least 1
 * @param describers   at least one, of different names
 */
public record FeatureSource(Detector detector, int maxKeypoints, List<NamedDescriber> describers) {
    public FeatureSource {
        describers = List.copyOf(describers);
        if (maxKeypoints < 1) {
            throw new IllegalArgumentException("maxKeypoints is " + maxKeypoints + ": it must be at least 1");
        }
        if (describers.isEmpty()) {
            throw new IllegalArgumentException("there is no descriptor to evaluate: give at least one");
        }
        if (describers.stream().map(NamedDescriber::name).distinct().count() < describers.size()) {
            throw new IllegalArgumentException("two descriptors have the same name: give them different ones");
        }
    }
}
