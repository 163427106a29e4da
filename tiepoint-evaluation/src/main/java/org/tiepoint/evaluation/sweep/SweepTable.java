package org.tiepoint.evaluation.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.tiepoint.evaluation.MarkdownTable;
import org.tiepoint.evaluation.Measures;
import org.tiepoint.evaluation.sweep.SweepResult.FeatureSweeps;
import org.tiepoint.evaluation.sweep.SweepResult.Level;

/** Sweeps as Markdown: for each kind a table of MMA@3 and of correct matches, a column a level. */
public final class SweepTable {
    private SweepTable() {}

    /** A heading and a table for each kind, separated by blank lines. */
    public static String markdown(SweepResult result) {
        StringBuilder text = new StringBuilder();
        for (SweepKind kind : result.features().get(0).sweeps().keySet()) {
            List<String> header = new ArrayList<>(List.of("features", kind.unit()));
            kind.levels().forEach(level -> header.add(level(level)));
            MarkdownTable table = new MarkdownTable(2, header.toArray(String[]::new));
            for (FeatureSweeps feature : result.features()) {
                table.row(row(feature, kind, "MMA@3", "mma", "%.3f"));
            }
            for (FeatureSweeps feature : result.features()) {
                table.row(row(feature, kind, "correct", "correct", "%.0f"));
            }
            text.append(text.isEmpty() ? "" : "\n").append("### ").append(kind.title()).append("\n\n").append(table);
        }
        return text.toString();
    }

    private static List<String> row(FeatureSweeps feature, SweepKind kind, String title, String measure,
            String format) {
        List<String> cells = new ArrayList<>(List.of(feature.name(), title));
        for (Level level : feature.sweeps().get(kind)) {
            Measures measures = level.measures();
            cells.add(String.format(Locale.ROOT, format, measures.at(measure, 3).value()));
        }
        return cells;
    }

    private static String level(double level) {
        return String.format(Locale.ROOT, level == Math.rint(level) ? "%.0f" : "%s", level);
    }
}
