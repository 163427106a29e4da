package org.tiepoint.cli;

import java.io.IOException;
import java.util.Optional;
import org.tiepoint.feature.Extractor;
import picocli.CommandLine.ArgGroup;
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

    @ArgGroup
    private Mode mode = new Mode();

    /** Whether the network sees the photo as it is. */
    static final class Mode {
        @Option(names = "--upright", description = "The network sees the photo as it is: for photos that are not turned"
                + " against each other (the default).")
        private boolean upright;

        @Option(names = "--rotation-invariant", description = "An exported model (.onnx) sees a patch around each key"
                + " point, turned to its orientation and scaled to its size, so that matches bear any roll and zoom:"
                + " slower, with sift's key points unless --detector says otherwise.")
        private boolean rotationInvariant;
    }

    int maxKeypoints() {
        return maxKeypoints;
    }

    /** Where the key points of a method come from: a detector's name, or the method's own. */
    String detectorName(FeatureSpec features) throws IOException {
        return chosen(features).detectorName(detector);
    }

    /** A method with what these options say of its mode. */
    FeatureSpec chosen(FeatureSpec features) {
        if (mode.upright && features.isRotationInvariant()) {
            throw new ParameterException(spec.commandLine(), "--upright contradicts '" + features.text()
                    + "': leave out one of them");
        }
        return mode.rotationInvariant ? Arguments.accept(spec, features::rotationInvariant) : features;
    }

    /** Loads a method with these options, where its text does not say otherwise; the caller closes it. */
    Extractor open(FeatureSpec features) throws IOException {
        return open(features, Runtime.getRuntime().availableProcessors());
    }

    /** The same for {@link FolderExtraction}, which has an image a processor in work. */
    Extractor openForFolder(FeatureSpec features) throws IOException {
        return open(features, 1);
    }

    private Extractor open(FeatureSpec features, int threads) throws IOException {
        if (detector.isPresent() && !features.method().describesAnyKeypoints()) {
            throw new ParameterException(spec.commandLine(), features.method().word() + " brings its own key points:"
                    + " leave out --detector");
        }
        return chosen(features).open(detector, maxKeypoints, threads);
    }
}
