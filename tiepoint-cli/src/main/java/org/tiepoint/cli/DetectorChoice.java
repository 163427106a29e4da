package org.tiepoint.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.tiepoint.feature.Detector;
import org.tiepoint.feature.DetectorName;
import org.tiepoint.onnx.EmbeddedModel;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Where key points come from, as a user writes it: a detector's name, or the file or folder of a trained model that
 * detects. A word that is a detector's name counts as the detector: a folder of that name is written ./grid.
 *
 * @param text the name in lower case, or the path as written
 * @param name empty for a model
 */
record DetectorChoice(String text, Optional<DetectorName> name) {
    /** What is used where nothing is said. */
    static final DetectorChoice SIFT = of(DetectorName.SIFT);

    /** What may as well be a mistyped name: nothing in it says that it is a path. */
    private static final Pattern WORD = Pattern.compile("[^/\\\\.:]*");

    static DetectorChoice of(DetectorName name) {
        return new DetectorChoice(name.toString(), Optional.of(name));
    }

    /**
     * Reads the written form; a path is not followed before {@link #open()}.
     *
     * @throws IllegalArgumentException for a word that is neither a detector nor there; the remedy alone, since the
     *                                  caller knows what the value was for
     */
    static DetectorChoice parse(String written) {
        Optional<DetectorName> name = DetectorName.of(written);
        if (name.isPresent()) {
            return of(name.get());
        }
        if (EmbeddedModel.of(written).isEmpty() && WORD.matcher(written).matches()
                && (written.isBlank() || !exists(written))) {
            throw new IllegalArgumentException(NearestName.of(written.toLowerCase(Locale.ROOT), DetectorName.names())
                    .map(near -> "did you mean " + near + "?").orElse("choose one of "
                            + String.join(", ", DetectorName.names()) + ", or a trained model's folder or file"));
        }
        return new DetectorChoice(written, Optional.empty());
    }

    /** The model that detects; empty for a name. */
    Optional<Path> model() {
        return name.isPresent() ? Optional.empty() : Optional.of(Path.of(text));
    }

    /**
     * Makes or loads it; the caller closes it.
     *
     * @throws IOException when there is no such model, or it has no detector
     */
    Detector open() throws IOException {
        return name.isPresent() ? name.get().create() : new ModelSource(text).loadDetector();
    }

    private static boolean exists(String path) {
        try {
            return Files.exists(Path.of(path));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /** Reads the written form; complaints are usage errors. */
    static final class Converter implements ITypeConverter<DetectorChoice> {
        @Override
        public DetectorChoice convert(String written) {
            try {
                return parse(written);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException("'" + written + "' is no detector; " + e.getMessage());
            }
        }
    }
}
