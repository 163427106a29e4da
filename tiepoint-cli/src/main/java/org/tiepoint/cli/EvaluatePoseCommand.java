package org.tiepoint.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.tiepoint.estimate.RobustEstimator;
import org.tiepoint.evaluation.PoseProtocol;
import org.tiepoint.evaluation.PoseReport;
import org.tiepoint.evaluation.PoseResult;
import org.tiepoint.evaluation.PoseSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Accuracy of relative poses from matches. */
@Command(name = "pose", description = {
    "Area under the curve (AUC) of relative pose errors, on photo pairs with true poses.", ""},
        footer = {
            "",
            "Examples:",
            "  tiepoint evaluate pose --data megadepth1500 --model rootsift --model runs/small",
            "  tiepoint evaluate pose --data sets --model rootsift --ratio 0.8 --json pose.json",
            "",
            "Data: images/ and pairs_with_gt.txt (SuperGlue's format), or folders of such folders.",
            "AUC@a: of the larger of the angles of rotation and translation, up to a degrees; the pose is of",
            "the essential matrix by MAGSAC (1 px, confidence 0.99999, 5000 iterations). correct: share of",
            "all matches within 3 px of the true epipolar lines in both images. key points: mean an image;",
            "matches: mean a pair; describe and match: mean seconds an image and a pair."})
final class EvaluatePoseCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private EvaluationOptions options;

    @Override
    public Integer call() throws IOException {
        List<PoseSet> sets = PoseSet.readAll(options.data());
        long pairs = sets.stream().mapToLong(set -> set.pairs().size()).sum();
        List<PoseResult> results = new ArrayList<>();
        try (LoadedModels models = options.load();
                Progress progress = Progress.start("evaluate", pairs, "pairs", spec.commandLine().getErr())) {
            PoseProtocol protocol = new PoseProtocol(options.source(models), options.matcher(), new RobustEstimator());
            for (PoseSet set : sets) {
                results.addAll(protocol.evaluate(set, progress::step));
            }
        }
        PoseReport report = new PoseReport(results);
        options.print("pose", report.markdown(), report.json());
        return 0;
    }
}
