package org.tiepoint.feature;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** The detectors that need no training, by the names that users write. */
public enum DetectorName {
    SIFT(SiftDetector::new),
    RANDOM(() -> new RandomDetector(0)),
    GRID(GridDetector::new);

    private final Supplier<Detector> detector;

    DetectorName(Supplier<Detector> detector) {
        this.detector = detector;
    }

    /** A new one. */
    public Detector create() {
        return detector.get();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The detector of this name, in any case. */
    public static Optional<DetectorName> of(String word) {
        return Arrays.stream(values()).filter(detector -> detector.name().equalsIgnoreCase(word)).findFirst();
    }

    /** All of them. */
    public static List<String> names() {
        return Arrays.stream(values()).map(DetectorName::toString).toList();
    }
}
