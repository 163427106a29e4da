package org.tiepoint.cli;

import java.io.IOException;
import java.util.Optional;
import org.tiepoint.feature.Extractor;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where key points come from: the options that every command with a detector shares. */
final class KeypointOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--detector", paramLabel = "NAME|MODEL", converter = DetectorChoice.Converter.class,
            description = "Where key points come from: sift, random (uniform over the image), grid, or the folder or"
                    + " file of a trained detector (default: the model's own, else sift). Not for methods with key"
                    + " points of their own.")
    private Optional<DetectorChoice> detector;

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
