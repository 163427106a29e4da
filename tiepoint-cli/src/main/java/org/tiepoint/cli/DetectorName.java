package org.tiepoint.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.tiepoint.feature.Detector;
import org.tiepoint.feature.GridDetector;
import org.tiepoint.feature.RandomDetector;
import org.tiepoint.feature.SiftDetector;

/** The detectors without training, by their names on the command line. */
enum DetectorName {
    SIFT(SiftDetector::new),
    RANDOM(() -> new RandomDetector(0)),
    GRID(GridDetector::new);

    private final Supplier<Detector> detector;

    DetectorName(Supplier<Detector> detector) {
        this.detector = detector;
    }

    Detector create() {
        return detector.get();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The detector of this name, in any case. */
    static Optional<DetectorName> of(String word) {
        return Arrays.stream(values()).filter(detector -> detector.name().equalsIgnoreCase(word)).findFirst();
    }

    /** All of them. */
    static List<String> names() {
        return Arrays.stream(values()).map(DetectorName::toString).toList();
    }
}
