package org.tiepoint.cli;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How descriptors are matched: the options that every command with a matcher shares. */
final class MatcherOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--matcher", paramLabel = "NAME", converter = MatcherName.Converter.class,
            description = "How descriptors are paired: mutual (nearest neighbours both ways, the default), ratio"
                    + " (mutual, and Lowe's ratio test), dual-softmax (probabilities from cosines) or distance (mutual,"
                    + " within a distance). An option below chooses its matcher alone.")
    private Optional<MatcherName> matcher;

    @Option(names = "--ratio", paramLabel = "R",
            description = "The ratio test's largest quotient of the distances to the nearest and the second nearest,"
                    + " above 0 to 1 (default: 0.8).")
    private Optional<Double> ratio;

    @Option(names = "--temperature", paramLabel = "T",
            description = "Dual softmax: cosines are divided by it, 0.005 to 100 (default: 0.02).")
    private Optional<Double> temperature;

    @Option(names = "--min-probability", paramLabel = "P",
            description = "Dual softmax: the least probability of a match, 0 to 1 (default: 0.2).")
    private Optional<Double> minProbability;

    @Option(names = "--max-distance", paramLabel = "D",
            description = "Distance: the largest distance of a match, in the descriptors' unit (default: 0.7, for"
                    + " descriptors of length 1).")
    private Optional<Double> maxDistance;

    /** What the user chose, else the fallback. */
    MatcherChoice choice(Optional<MatcherChoice> fallback) {
        Map<MatcherChoice.Parameter, Double> parameters = new EnumMap<>(MatcherChoice.Parameter.class);
        ratio.ifPresent(value -> parameters.put(MatcherChoice.Parameter.RATIO, value));
        temperature.ifPresent(value -> parameters.put(MatcherChoice.Parameter.TEMPERATURE, value));
        minProbability.ifPresent(value -> parameters.put(MatcherChoice.Parameter.MIN_PROBABILITY, value));
        maxDistance.ifPresent(value -> parameters.put(MatcherChoice.Parameter.MAX_DISTANCE, value));
        if (matcher.isEmpty() && parameters.isEmpty() && fallback.isPresent()) {
            return fallback.get();
        }
        return Arguments.accept(spec, () -> MatcherChoice.of(matcher, parameters));
    }
}
