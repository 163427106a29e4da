package org.tiepoint.cli;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.tiepoint.match.DistanceMatcher;
import org.tiepoint.match.DualSoftmaxMatcher;
import org.tiepoint.match.Matcher;
import org.tiepoint.match.MutualNearestNeighborMatcher;
import org.tiepoint.match.RatioTestMatcher;

/**
 * A matcher as a user chose it; parameters that were not given have their usual values.
 *
 * @param parameters values by parameter, of this matcher only
 */
record MatcherChoice(MatcherName name, Map<Parameter, Double> parameters) {
    static final MatcherChoice MUTUAL = new MatcherChoice(MatcherName.MUTUAL, Map.of());

    /** What can be set, and of which matcher; a parameter alone chooses its matcher. */
    enum Parameter {
        RATIO(MatcherName.RATIO),
        TEMPERATURE(MatcherName.DUAL_SOFTMAX),
        MIN_PROBABILITY(MatcherName.DUAL_SOFTMAX),
        MAX_DISTANCE(MatcherName.DISTANCE);

        private final MatcherName matcher;

        Parameter(MatcherName matcher) {
            this.matcher = matcher;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static Optional<Parameter> of(String word) {
            return Arrays.stream(values()).filter(parameter -> parameter.toString().equals(word)).findFirst();
        }
    }

    MatcherChoice {
        parameters = Map.copyOf(parameters);
    }

    /**
     * The chosen matcher, or the one that the parameters belong to, or mutual nearest neighbours.
     *
     * @throws IllegalArgumentException when a parameter belongs to another matcher or its value is impossible
     */
    static MatcherChoice of(Optional<MatcherName> name, Map<Parameter, Double> parameters) {
        Map<Parameter, Double> sorted = new TreeMap<>(parameters);
        MatcherName chosen = name.orElseGet(() -> sorted.keySet().stream().map(parameter -> parameter.matcher)
                .findFirst().orElse(MatcherName.MUTUAL));
        for (Parameter parameter : sorted.keySet()) {
            if (parameter.matcher != chosen) {
                throw new IllegalArgumentException(parameter + " belongs to the matcher " + parameter.matcher
                        + ", not to " + chosen + ": leave it out, or choose that matcher");
            }
        }
        MatcherChoice choice = new MatcherChoice(chosen, parameters);
        choice.matcher();
        return choice;
    }

    Matcher matcher() {
        return switch (name) {
            case MUTUAL -> new MutualNearestNeighborMatcher();
            case RATIO -> new RatioTestMatcher(ratio());
            case DUAL_SOFTMAX -> new DualSoftmaxMatcher(dualSoftmax());
            case DISTANCE -> new DistanceMatcher(distance());
        };
    }

    /**
     * Reads {@link #written()}, or its parameters alone.
     *
     * @throws IllegalArgumentException saying what is wrong and the remedy
     */
    static MatcherChoice parse(String written) {
        Map<String, String> given = new LinkedHashMap<>();
        for (String part : written.split(",")) {
            int equals = part.indexOf('=');
            String name = equals < 0 ? "matcher" : part.substring(0, equals);
            if (name.equals("detector") || name.equals("max")) {
                throw new IllegalArgumentException(name + "= does not belong to a matcher: leave it out");
            }
            if (given.put(name, part.substring(equals + 1)) != null) {
                throw new IllegalArgumentException(name + " is given twice");
            }
        }
        return FeatureSpecOptions.of(given).matcher().orElse(MUTUAL);
    }

    /** Its name and its parameters, as options have them: ratio,ratio=0.9. */
    String written() {
        StringBuilder written = new StringBuilder(name.toString());
        new TreeMap<>(parameters).forEach((parameter, value) -> written.append(',').append(parameter).append('=')
                .append(value));
        return written.toString();
    }

    /** For people: mutual nearest neighbours with ratio 0.8. */
    String text() {
        String mutual = "mutual nearest neighbours";
        return switch (name) {
            case MUTUAL -> mutual;
            case RATIO -> mutual + " with ratio " + ratio();
            case DUAL_SOFTMAX -> "dual softmax of temperature " + dualSoftmax().temperature()
                    + " with probability from " + dualSoftmax().minProbability();
            case DISTANCE -> mutual + " within distance " + distance().maxDistance();
        };
    }

    private double ratio() {
        return value(Parameter.RATIO, RatioTestMatcher.Options.defaults().ratio());
    }

    private DualSoftmaxMatcher.Options dualSoftmax() {
        DualSoftmaxMatcher.Options usual = DualSoftmaxMatcher.Options.defaults();
        return new DualSoftmaxMatcher.Options(value(Parameter.TEMPERATURE, usual.temperature()),
                value(Parameter.MIN_PROBABILITY, usual.minProbability()));
    }

    private DistanceMatcher.Options distance() {
        return new DistanceMatcher.Options(value(Parameter.MAX_DISTANCE,
                DistanceMatcher.Options.defaults().maxDistance()));
    }

    private double value(Parameter parameter, double usual) {
        return parameters.getOrDefault(parameter, usual);
    }
}
