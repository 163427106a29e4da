package org.tiepoint.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.tiepoint.evaluation.HomographyProtocol;
import org.tiepoint.evaluation.HomographySequences;
import org.tiepoint.evaluation.report.PublishedCurves;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Matching accuracy, homography accuracy and repeatability on sequences with true homographies. */
@Command(name = "homography", description = {
    "Matching and homography accuracy on sequences with true homographies, in the layout of HPatches.", ""},
        footer = {
            "",
            "Examples:",
            "  tiepoint evaluate homography hpatches --features runs/small --out results/hpatches",
            "  tiepoint evaluate homography hpatches --published curves.json --out results/hpatches",
            "  tiepoint evaluate homography hpatches --features trained=runs/small --features orb \\",
            "      --features imagenet=encoder:caps-small:resnet18.safetensors --out results/hpatches",
            "",
            "Folders i_* (light) and v_* (viewpoint) hold images 1, 2, ... of any format and texts H_1_2, ...",
            "RootSIFT is always measured: mutual nearest neighbours, and with ratio 0.8.",
            "",
            "MMA@k: share of a pair's matches within k px of the true homography, mean over pairs (0 for a",
            "pair without matches). H@k: share of pairs whose homography by RANSAC moves the image's corners",
            "by at most k px on average; AUC: area under that curve. repeat.: share of the key points that",
            "both images show which the detector finds in both, within 3 px. In brackets: 95 %% interval."})
final class EvaluateHomographyCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "Folder of the sequences.")
    private Path folder;

    @Mixin
    private EvaluationOptions options;

    @Option(names = "--all",
            description = "Also the 8 sequences of HPatches that published results leave out for their size.")
    private boolean all;

    @Option(names = "--published", paramLabel = "FILE",
            description = "Curves of others on HPatches (JSON), drawn grey in the report where DIR is HPatches.")
    private Optional<Path> published;

    @Override
    public Integer call() throws IOException {
        HomographyProtocol.Options usual = HomographyProtocol.Options.defaults();
        HomographyProtocol protocol = new HomographyProtocol(new HomographyProtocol.Options(
                options.estimation(usual.estimation()), usual.repeatablePixels()));
        PublishedCurves curves = published.isPresent() ? PublishedCurves.read(published.get()) : PublishedCurves.none();
        options.run(List.of(HomographySequences.read(folder, all)), protocol, curves);
        return 0;
    }
}
