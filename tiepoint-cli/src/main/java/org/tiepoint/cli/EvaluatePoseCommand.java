package org.tiepoint.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.tiepoint.estimate.RobustEstimator;
import org.tiepoint.evaluation.EvaluationSet;
import org.tiepoint.evaluation.PoseProtocol;
import org.tiepoint.evaluation.PoseSets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Accuracy of relative poses from matches. */
@Command(name = "pose", description = {
    "Accuracy of relative poses from matches, on photo pairs with true poses.", ""},
        footer = {
            "",
            "Examples:",
            "  tiepoint evaluate pose megadepth1500 --features runs/small --out results/megadepth",
            "  tiepoint evaluate pose sets --features trained=runs/small --features orb --out results/pose",
            "",
            "DIR: images/ and pairs_with_gt.txt (SuperGlue), img_cam.txt and pairs.txt (CAPS), or LoFTR's",
            "megadepth_test_1500_scene_info/ or scannet_test_1500/ beside the photos; docs/evaluation.md.",
            "RootSIFT is always measured: mutual nearest neighbours, and with ratio 0.8.",
            "",
            "AUC@a: of the larger of the angles of rotation and translation, up to a degrees, by MAGSAC++ and",
            "by RANSAC. R<10, t<10, both: share of pairs whose angles are below 10 degrees, as CAPS measures.",
            "precision: share of a pair's matches within 3 px of the true epipolar lines in both images.",
            "easy, moderate, hard: true rotation below 15, 30 and up to 60 degrees. In brackets: 95 %%",
            "interval."})
final class EvaluatePoseCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", arity = "1..*", description = "Folders of pairs, or folders of such folders.")
    private List<Path> folders;

    @Mixin
    private EvaluationOptions options;

    @Override
    public Integer call() throws IOException {
        PoseProtocol protocol = new PoseProtocol(options.estimation(RobustEstimator.Options.defaults()));
        List<EvaluationSet> sets = new ArrayList<>();
        for (Path folder : folders) {
            sets.addAll(PoseSets.readAll(folder));
        }
        options.run(sets, protocol);
        return 0;
    }
}
