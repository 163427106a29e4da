package org.tiepoint.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Benchmarks on images whose true geometry is known. */
@Command(name = "evaluate", description = {
    "Measure descriptors on image pairs whose true geometry is known.", ""},
        synopsisSubcommandLabel = "PROTOCOL",
        commandListHeading = "%nProtocols:%n",
        subcommands = {EvaluateHomographyCommand.class, EvaluatePoseCommand.class, EvaluateSweepCommand.class,
            EvaluateRetrievalCommand.class, EvaluateLocalisationCommand.class, EvaluateReconstructionCommand.class})
final class EvaluateCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    /** Without a protocol there is nothing to measure. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(),
                "Missing protocol: homography, pose, sweep, retrieval, localisation or reconstruction");
    }
}
