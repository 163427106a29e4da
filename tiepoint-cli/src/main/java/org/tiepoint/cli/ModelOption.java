package org.tiepoint.cli;

import picocli.CommandLine.Option;

/** The method that finds and describes key points. */
final class ModelOption {
    /** The embedded network that is used unless another model is named. */
    static final String USUAL = "compact-s";
    /** The name of the method that needs no training. */
    static final String BASELINE = "rootsift";

    @Option(names = {"-m", "--model"}, paramLabel = "MODEL", defaultValue = USUAL,
            converter = FeatureSpec.Converter.class,
            description = "What detects and describes: compact-s or compact-m, the networks that are part of Tiepoint"
                    + " (default: ${DEFAULT-VALUE}, the faster; with -int8 rounded to 8 bits: faster still); the --out folder of 'tiepoint train', a checkpoint"
                    + " file, what 'tiepoint export' made of it (.onnx), or a released CAPS checkpoint (.pth). Or a"
                    + " method without training: rootsift, sift, orb, akaze; or the network of others:"
                    + " xfeat:FILE.onnx, alike:FILE.pt.")
    private FeatureSpec model;

    FeatureSpec features() {
        return model;
    }

    /** As it was written. */
    String name() {
        return model.name();
    }
}
