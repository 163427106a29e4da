package org.tiepoint.cli;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The ways to get features that a {@link FeatureSpec} can name. */
enum FeatureMethod {
    ROOTSIFT("", true),
    SIFT("", true),
    ORB("", false),
    AKAZE("", false),
    XFEAT("FILE.onnx", false),
    ALIKE("FILE.pt", false),
    H5("FILE", false),
    UNTRAINED("RECIPE", true),
    ENCODER("RECIPE:FILE", true),
    /** A trained network: what no other name matches is its file or folder. */
    MODEL("FILE", true);

    private final String argument;
    private final boolean describesAnyKeypoints;

    FeatureMethod(String argument, boolean describesAnyKeypoints) {
        this.argument = argument;
        this.describesAnyKeypoints = describesAnyKeypoints;
    }

    /** How it is written: its name, and what follows a colon. */
    String form() {
        return argument.isEmpty() ? word() : word() + ":" + argument;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean takesArgument() {
        return !argument.isEmpty();
    }

    /** Whether the key points come from a detector of choice. */
    boolean describesAnyKeypoints() {
        return describesAnyKeypoints;
    }

    /** The method of this name, in any case; {@link #MODEL} has none. */
    static Optional<FeatureMethod> of(String word) {
        return Arrays.stream(values()).filter(method -> method != MODEL && method.name().equalsIgnoreCase(word))
                .findFirst();
    }
}
