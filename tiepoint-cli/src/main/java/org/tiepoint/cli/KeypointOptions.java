package org.tiepoint.cli;

import java.util.function.Supplier;
import org.tiepoint.feature.Detector;
import org.tiepoint.feature.GridDetector;
import org.tiepoint.feature.RandomDetector;
import org.tiepoint.feature.SiftDetector;
import org.tiepoint.image.Image;
import org.tiepoint.feature.Keypoints;
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

        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--detector", paramLabel = "NAME", defaultValue = "sift",
            description = "Where key points come from: sift, random (uniform over the image) or grid (default: sift).")
    private DetectorName detector;

    private int maxKeypoints;

    @Option(names = "--max-keypoints", paramLabel = "N", defaultValue = "2048",
            description = "At most so many key points an image, the strongest first (default: 2048).")
    private void setMaxKeypoints(int n) {
        if (n < 1) {
            throw new ParameterException(spec.commandLine(), "--max-keypoints is " + n + ": it must be at least 1");
        }
        maxKeypoints = n;
    }

    DetectorName detector() {
        return detector;
    }

    int maxKeypoints() {
        return maxKeypoints;
    }

    /** The key points of an image; there may be none. */
    Keypoints detect(Image image) {
        return detector.detector.get().detect(image, maxKeypoints);
    }
}
