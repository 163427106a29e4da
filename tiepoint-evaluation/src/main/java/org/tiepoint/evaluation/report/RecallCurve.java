package org.tiepoint.evaluation.report;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.tiepoint.evaluation.FeatureResult;

/**
 * The share of pairs whose error is at most so large. It joins (0, 0) and (e_i, i / n) for the sorted errors by
 * straight lines and is level after the last, like the curve whose area is the AUC.
 */
final class RecallCurve {
    private RecallCurve() {}

    /** A curve of some errors up to a limit; infinite ones never count. */
    static Curve of(String name, int series, double[] errors, double limit) {
        double[] sorted = errors.clone();
        Arrays.sort(sorted);
        int within = 0;
        while (within < sorted.length && sorted[within] < limit) {
            within++;
        }
        double[] x = new double[within + 2];
        double[] y = new double[within + 2];
        for (int i = 1; i <= within; i++) {
            x[i] = sorted[i - 1];
            y[i] = (double) i / sorted.length;
        }
        x[within + 1] = limit;
        y[within + 1] = y[within];
        return Curve.line(name, series, x, y);
    }

    /** A chart of one score of all pairs. */
    static Chart chart(String title, Axis axis, String score, List<FeatureResult> features) {
        List<Curve> curves = IntStream.range(0, features.size()).mapToObj(i -> of(features.get(i)
                .name(), i, features.get(i).pairs().stream().mapToDouble(pair -> pair.score(score)).toArray(),
                axis.to())).toList();
        return new Chart(title, axis, Axis.share("share of pairs"), curves);
    }
}
