package org.tiepoint.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Times hot loops, each in turns with another's. */
final class KernelMeasurement {
    private record Pair(String what, String benchmark, String other, String otherName) {}

    private static final List<Pair> PAIRS = List.of(
            new Pair("key points: 2,048 best maxima of 640x480 scores", "SelectionBenchmark", "openCv",
                    "OpenCV, only the maxima"),
            new Pair("sampling: 2,048 x 64 numbers of a map", "SamplingBenchmark", "libtorch", "libtorch grid_sample"),
            new Pair("mutual nearest neighbours, 2,048 x 64 numbers", "MatchingBenchmark", "openCv",
                    "OpenCV BFMatcher"));

    private KernelMeasurement() {}

    static Results run(Plan plan) throws IOException {
        List<Row> rows = new ArrayList<>();
        for (Pair pair : PAIRS) {
            List<Rounds.Timed> timed = plan.rounds().run(List.of(
                    new Rounds.Turn(pair.what(), pair.benchmark() + ".ours", Map.of()),
                    new Rounds.Turn(pair.otherName(), pair.benchmark() + "." + pair.other(), Map.of())));
            rows.add(Row.beside(pair.what(), timed.get(0), timed.get(1)));
        }
        return new Results(Group.KERNELS.word(), Environment.text(), rows, List.of());
    }

    /** The training step stands alone. */
    static Results runTraining(Plan plan) throws IOException {
        List<Rounds.Timed> timed = plan.rounds().run(List.of(
                new Rounds.Turn("training step", "TrainingStepBenchmark.step", Map.of())));
        return new Results(Group.TRAINING.word(), Environment.text(), List.of(Row.alone("compact-m, training step of 4"
                + " pairs of 256x256: forward, backward, Adam", Row.milliseconds(timed.get(0).median()))), List.of());
    }
}
