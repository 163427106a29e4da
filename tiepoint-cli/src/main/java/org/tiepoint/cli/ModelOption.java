package org.tiepoint.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.tiepoint.feature.Describer;
import org.tiepoint.feature.RootSift;
import org.tiepoint.model.CapsDescriber;
import picocli.CommandLine.Option;

/** The descriptor to use. */
final class ModelOption {
    /** The name of the descriptor that needs no training. */
    static final String BASELINE = "rootsift";

    @Option(names = {"-m", "--model"}, required = true, paramLabel = "MODEL",
            description = "The descriptor: the --out folder of 'tiepoint train', a checkpoint file, or a released"
                    + " CAPS checkpoint (.pth). 'rootsift' is a baseline without training.")
    private String model;

    String name() {
        return model;
    }

    /** Whether no network is needed. */
    boolean isBaseline() {
        return model.equalsIgnoreCase(BASELINE);
    }

    /** Loads the descriptor; the caller closes it. */
    Describer load() throws IOException {
        return isBaseline() ? new RootSift() : loadNetwork();
    }

    /** Loads the trained network; the caller closes it. */
    CapsDescriber loadNetwork() throws IOException {
        return CapsDescriber.load(Path.of(model));
    }
}
