package org.tiepoint.cli;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tiepoint.onnx.EmbeddedModel;

/** Takes the written form of a {@link FeatureSpec} apart; paths may hold colons, as with Windows' drive letters. */
final class FeatureSpecParser {
    private static final Pattern NAMED = Pattern.compile("([\\w .+-]+)=(.+)");
    /** A name of two letters or more: a single one is a drive. */
    private static final Pattern METHOD = Pattern.compile("([A-Za-z][A-Za-z0-9_-]+)(?::(.*))?");
    /**
     * A detector's value may be any path; it ends where the next option begins. No other value holds a slash, so a path
     * that holds a colon and an equals sign further up is no option.
     */
    private static final String OPTION = "(?:detector=(?:(?!,[A-Za-z-]+=).)*|[A-Za-z-]+=[^,:/\\\\]*)";
    private static final Pattern OPTIONS = Pattern.compile("(.+):(" + OPTION + "(?:," + OPTION + ")*)");
    private static final Pattern BETWEEN_OPTIONS = Pattern.compile(",(?=[A-Za-z-]+=)");
    private static final Pattern ENCODER = Pattern.compile("([A-Za-z]:[\\\\/][^:]*|[^:]+):(.+)");

    private FeatureSpecParser() {}

    static FeatureSpec parse(String written) {
        Matcher named = NAMED.matcher(written);
        boolean hasName = named.matches() && !exists(written);
        String text = hasName ? named.group(2) : written;
        String name = hasName ? named.group(1) : text;
        try {
            return parse(name, text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("in '" + written + "': " + e.getMessage(), e);
        }
    }

    private static FeatureSpec parse(String name, String text) {
        String method = text;
        Map<String, String> given = new LinkedHashMap<>();
        Matcher tail = OPTIONS.matcher(method);
        while (!exists(method) && tail.matches()) {
            for (String option : BETWEEN_OPTIONS.split(tail.group(2))) {
                int equals = option.indexOf('=');
                if (given.put(option.substring(0, equals), option.substring(equals + 1)) != null) {
                    throw new IllegalArgumentException(option.substring(0, equals) + " is given twice");
                }
            }
            method = tail.group(1);
            tail = OPTIONS.matcher(method);
        }
        FeatureSpecOptions options = FeatureSpecOptions.of(given);
        FeatureSpec spec = method(name, text, method, options);
        if (options.detector().isPresent() && !spec.method().describesAnyKeypoints()) {
            throw new IllegalArgumentException(spec.method().word() + " brings its own key points: leave out detector=");
        }
        if (options.rotationInvariant().isPresent() && spec.method() != FeatureMethod.MODEL) {
            throw new IllegalArgumentException(spec.method().word() + " is no exported model: leave out "
                    + FeatureSpecOptions.ROTATION_INVARIANT + "=");
        }
        return spec;
    }

    private static FeatureSpec method(String name, String text, String method, FeatureSpecOptions options) {
        Matcher parts = METHOD.matcher(method);
        Optional<FeatureMethod> known = parts.matches() ? FeatureMethod.of(parts.group(1)) : Optional.empty();
        if (known.isEmpty()) {
            if (parts.matches() && EmbeddedModel.of(method).isEmpty() && !exists(method)) {
                refuseMistyped(parts.group(1), parts.group(2) != null);
            }
            return new FeatureSpec(name, text, FeatureMethod.MODEL, method, options);
        }
        String argument = parts.group(2) == null ? "" : parts.group(2);
        if (known.get().takesArgument() == argument.isEmpty()) {
            throw new IllegalArgumentException("write " + known.get().form());
        }
        if (known.get() == FeatureMethod.ENCODER && !ENCODER.matcher(argument).matches()) {
            throw new IllegalArgumentException("names no file to initialise the encoder from: write "
                    + known.get().form());
        }
        return new FeatureSpec(name, text, known.get(), argument, options);
    }

    /** The recipe and the file of encoder:RECIPE:FILE. */
    static String[] encoderParts(String argument) {
        Matcher parts = ENCODER.matcher(argument);
        if (!parts.matches()) {
            throw new IllegalArgumentException(argument + " is not RECIPE:FILE");
        }
        return new String[] {parts.group(1), parts.group(2)};
    }

    private static void refuseMistyped(String word, boolean withArgument) {
        List<String> names = new ArrayList<>(withArgument ? List.of() : EmbeddedModel.words());
        Arrays.stream(FeatureMethod.values())
                .filter(method -> method != FeatureMethod.MODEL && method.takesArgument() == withArgument)
                .forEach(method -> names.add(method.word()));
        NearestName.of(word.toLowerCase(Locale.ROOT), names).ifPresent(near -> {
            throw new IllegalArgumentException("'" + word + "' is neither a method nor a file; did you mean "
                    + FeatureMethod.of(near).map(FeatureMethod::form).orElse(near) + "?");
        });
    }

    private static boolean exists(String path) {
        try {
            return Files.exists(Path.of(path));
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
