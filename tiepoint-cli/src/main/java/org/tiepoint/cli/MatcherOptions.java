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
            description = "How descriptors are paired: mutual (nearest neighbours both ways, the default) or ratio"
                    + " (mutual, and Lowe's ratio test).")
    private Optional<MatcherName> matcher;

    @Option(names = "--ratio", paramLabel = "R",
            description = "The ratio test's largest quotient of the distances to the nearest and the second nearest,"
                    + " above 0 to 1 (default: 0.8).")
    private Optional<Double> ratio;

    /** What the user chose, else the fallback. */
    MatcherChoice choice(Optional<MatcherChoice> fallback) {
        Map<MatcherChoice.Parameter, Double> parameters = new EnumMap<>(MatcherChoice.Parameter.class);
        ratio.ifPresent(value -> parameters.put(MatcherChoice.Parameter.RATIO, value));
        if (matcher.isEmpty() && parameters.isEmpty() && fallback.isPresent()) {
            return fallback.get();
        }
        return Arguments.accept(spec, () -> MatcherChoice.of(matcher, parameters));
    }
}
