package org.tiepoint.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The matchers by their names on the command line. */
enum MatcherName {
    MUTUAL,
    RATIO,
    DUAL_SOFTMAX,
    DISTANCE;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The matcher of this name, in any case.
     *
     * @throws IllegalArgumentException with the nearest name
     */
    static MatcherName of(String written) {
        List<String> names = Arrays.stream(values()).map(MatcherName::toString).toList();
        return Arrays.stream(values()).filter(name -> name.toString().equalsIgnoreCase(written)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + written + "' is no matcher"
                        + NearestName.of(written, names).map(near -> "; did you mean " + near + "?")
                                .orElse(": choose one of " + String.join(", ", names))));
    }

    /** Reads a name; complaints are usage errors. */
    static final class Converter implements ITypeConverter<MatcherName> {
        @Override
        public MatcherName convert(String written) {
            try {
                return of(written);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
