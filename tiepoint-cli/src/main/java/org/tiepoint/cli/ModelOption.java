package org.tiepoint.cli;

import java.io.IOException;
import org.tiepoint.feature.Describer;
import org.tiepoint.feature.RootSift;
import picocli.CommandLine.Option;

/** The descriptor to use. */
final class ModelOption {
    /** The name of the descriptor that needs no training. */
    static final String BASELINE = "rootsift";

    @Option(names = {"-m", "--model"}, required = true, paramLabel = "MODEL",
            description = {"The trained model: the --out folder of 'tiepoint train', or a checkpoint file."
                    + " 'rootsift' is a baseline without training."})
    private String model;

    String name() {
        return model;
    }

    /** Loads the descriptor; the caller closes it. */
    Describer load() throws IOException {
        if (model.equalsIgnoreCase(BASELINE)) {
            return new RootSift();
        }
        throw new IOException(model + ": only the baseline rootsift can be used so far: give --model rootsift");
    }
}
