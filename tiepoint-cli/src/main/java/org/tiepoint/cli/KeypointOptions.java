package org.tiepoint.cli;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.tiepoint.feature.Detector;
import org.tiepoint.feature.Extractor;
import org.tiepoint.feature.GridDetector;
import org.tiepoint.feature.RandomDetector;
import org.tiepoint.feature.SiftDetector;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where key points come from: the options that every command with a detector shares. */
final class KeypointOptions {
    /** The detectors by their names on the command line. */
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
    }

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--detector", paramLabel = "NAME",
            description = "Where key points come from: sift, random (uniform over the image) or grid (default: sift)."
                    + " Not for methods with key points of their own.")
    private Optional<DetectorName> detector;

    private int maxKeypoints;

    @Option(names = "--max-keypoints", paramLabel = "N", defaultValue = "2048",
            description = "At most so many key points an image, the strongest first (default: 2048).")
    private void setMaxKeypoints(int n) {
        if (n < 1) {
            throw new ParameterException(spec.commandLine(), "--max-keypoints is " + n + ": it must be at least 1");
        }
        maxKeypoints = n;
    }

    int maxKeypoints() {
        return maxKeypoints;
    }

    /** Where the key points of a method come from: a detector's name, or the method's own. */
    String detectorName(FeatureSpec features) throws IOException {
        return features.detectorName(detector);
    }

    /** Loads a method with these options, where its text does not say otherwise; the caller closes it. */
    Extractor open(FeatureSpec features) throws IOException {
        if (detector.isPresent() && !features.method().describesAnyKeypoints()) {
            throw new ParameterException(spec.commandLine(), features.method().word() + " brings its own key points:"
                    + " leave out --detector");
        }
        return features.open(detector, maxKeypoints);
    }
}
