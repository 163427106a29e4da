package org.tiepoint.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.tiepoint.dataset.DatasetException;
import org.tiepoint.evaluation.HomographyProtocol;
import org.tiepoint.evaluation.HomographyReport;
import org.tiepoint.evaluation.HomographyResult;
import org.tiepoint.evaluation.HomographySequence;
import org.tiepoint.evaluation.HomographySet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Mean matching accuracy on sequences with true homographies. */
@Command(name = "homography", description = {
    "Mean matching accuracy (MMA) on sequences with true homographies, in the layout of HPatches.", ""},
        footer = {
            "",
            "Examples:",
            "  tiepoint evaluate homography --data hpatches --model rootsift --model runs/small",
            "  tiepoint evaluate homography --data hpatches --model trained=runs/small \\",
            "      --model imagenet=encoder:caps-small:resnet18.safetensors --json homography.json",
            "",
            "MMA@k: share of a pair's matches within k px of the true homography, mean over pairs (0 for a",
            "pair without matches). correct: share within 3 px of all matches together. key points: mean an",
            "image; matches: mean a pair; describe and match: mean seconds an image and a pair."})
final class EvaluateHomographyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private EvaluationOptions options;

    @Option(names = "--all-sequences",
            description = "Also the 8 sequences of HPatches that published results leave out for their size.")
    private boolean allSequences;

    @Override
    public Integer call() throws IOException {
        HomographySet read = HomographySet.read(options.data());
        HomographySet set = allSequences ? read : read.withoutOversized();
        if (set.sequences().isEmpty()) {
            throw new DatasetException(options.data(), "", "holds only sequences that published results leave out for"
                    + " their size: give --all-sequences");
        }
        long pairs = set.sequences().stream().mapToLong(sequence -> sequence.views().size()).sum();
        List<HomographyResult> results = new ArrayList<>();
        try (LoadedModels models = options.load();
                Progress progress = Progress.start("evaluate", pairs, "pairs", spec.commandLine().getErr())) {
            HomographyProtocol protocol = new HomographyProtocol(options.source(models), options.matcher());
            for (HomographySequence sequence : set.sequences()) {
                results.addAll(protocol.evaluate(sequence, progress::step));
            }
        }
        HomographyReport report = HomographyReport.of(results);
        options.print("homography", report.markdown(), report.json());
        return 0;
    }
}
