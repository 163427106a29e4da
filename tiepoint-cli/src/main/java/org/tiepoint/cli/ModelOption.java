package org.tiepoint.cli;

import picocli.CommandLine.Option;

/** The method that finds and describes key points. */
final class ModelOption {
    /** The name of the method that needs no training. */
    static final String BASELINE = "rootsift";

    @Option(names = {"-m", "--model"}, required = true, paramLabel = "MODEL",
            converter = FeatureSpec.Converter.class,
            description = "The descriptor: the --out folder of 'tiepoint train', a checkpoint file, what 'tiepoint"
                    + " export' made of it (.onnx), or a released CAPS checkpoint (.pth). Or a method without training: rootsift, sift, orb, akaze; or the"
                    + " network of others: xfeat:FILE.onnx, alike:FILE.pt.")
    private FeatureSpec model;

    FeatureSpec features() {
        return model;
    }

    /** As it was written. */
    String name() {
        return model.name();
    }
}
