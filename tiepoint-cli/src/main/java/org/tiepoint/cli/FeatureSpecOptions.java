package org.tiepoint.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The options of a {@link FeatureSpec}, as far as they were given. */
record FeatureSpecOptions(Optional<DetectorChoice> detector, OptionalInt maxKeypoints,
        Optional<Boolean> rotationInvariant, Optional<MatcherChoice> matcher) {
    static final String ROTATION_INVARIANT = "rotation-invariant";
    private static final String DETECTOR = "detector";
    private static final String MAX = "max";
    private static final String MATCHER = "matcher";

    /**
     * Reads values by name.
     *
     * @throws IllegalArgumentException naming the option, the value and the remedy
     */
    static FeatureSpecOptions of(Map<String, String> given) {
        Map<String, String> left = new LinkedHashMap<>(given);
        Optional<DetectorChoice> detector = Optional.ofNullable(left.remove(DETECTOR))
                .map(FeatureSpecOptions::detector);
        String max = left.remove(MAX);
        Optional<Boolean> rotationInvariant = Optional.ofNullable(left.remove(ROTATION_INVARIANT))
                .map(FeatureSpecOptions::truth);
        Optional<MatcherName> matcher = Optional.ofNullable(left.remove(MATCHER))
                .map(MatcherName::of);
        Map<MatcherChoice.Parameter, Double> parameters = new EnumMap<>(MatcherChoice.Parameter.class);
        left.forEach((name, value) -> parameters.put(parameter(name), number(name, value)));
        boolean matches = matcher.isPresent() || !parameters.isEmpty();
        return new FeatureSpecOptions(detector, max == null ? OptionalInt.empty() : OptionalInt.of(count(max)),
                rotationInvariant, matches ? Optional.of(MatcherChoice.of(matcher, parameters)) : Optional.empty());
    }

    private static MatcherChoice.Parameter parameter(String name) {
        return MatcherChoice.Parameter.of(name).orElseThrow(() -> {
            List<String> names = new ArrayList<>(List.of(DETECTOR, MAX, ROTATION_INVARIANT, MATCHER));
            Arrays.stream(MatcherChoice.Parameter.values()).forEach(parameter -> names.add(parameter.toString()));
            return new IllegalArgumentException("'" + name + "' is no option" + NearestName.of(name, names)
                    .map(near -> "; did you mean " + near + "?")
                    .orElse(": there are " + String.join(", ", names)));
        });
    }

    private static DetectorChoice detector(String written) {
        try {
            return DetectorChoice.parse(written);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("detector=" + written + " is no detector; " + e.getMessage(), e);
        }
    }

    private static int count(String value) {
        try {
            int count = Integer.parseInt(value);
            if (count >= 1) {
                return count;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new IllegalArgumentException("max=" + value + ": it must be a whole number of at least 1");
    }

    private static boolean truth(String value) {
        if (!value.equals("true") && !value.equals("false")) {
            throw new IllegalArgumentException(ROTATION_INVARIANT + "=" + value + ": it must be true or false");
        }
        return value.equals("true");
    }

    private static double number(String name, String value) {
        try {
            return Double.parseDouble(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + "=" + value + ": it must be a number", e);
        }
    }
}
