package org.tiepoint.evaluation.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.tiepoint.evaluation.Estimate;
import org.tiepoint.evaluation.Measures;
import org.tiepoint.evaluation.report.Table.Cell;
import org.tiepoint.evaluation.report.Table.Row;
import org.tiepoint.evaluation.sweep.SweepKind;
import org.tiepoint.evaluation.sweep.SweepResult;
import org.tiepoint.evaluation.sweep.SweepResult.FeatureSweeps;
import org.tiepoint.evaluation.sweep.SweepResult.Level;

/** The page of sweeps: for each kind of change, curves over its levels and a table. */
public final class SweepReport {
    private final SweepResult result;

    private SweepReport(SweepResult result) {
        this.result = result;
    }

    /** @param command that made the result, as typed */
    public static Page page(SweepResult result, String command) {
        return new SweepReport(result).page(command);
    }

    private Page page(String command) {
        Page page = new Page("Rotation, scale, exposure and blur", result.photos().names().size() + " photos of "
                + result.photos().folder());
        page.paragraph("Photos are matched with copies of themselves that were turned, made smaller, exposed or"
                + " blurred, so the true place of every pixel is known. MMA@k: share of a photo's matches within k"
                + " pixels of the true place in the copy, mean over photos. Correct matches: those within 3 pixels."
                + " Repeatability: share of the key points that both images show which are found in both, within 3"
                + " pixels. Shaded, and in small print: 95 % bootstrap interval over photos.");
        for (SweepKind kind : result.features().get(0).sweeps().keySet()) {
            page.heading(kind.title());
            page.charts(List.of(
                    chart(kind, "Matching accuracy within 3 pixels", Axis.share("MMA@3"), m -> m.at("mma", 3)),
                    chart(kind, "Correct matches within 3 pixels", counts(kind, m -> m.at("correct", 3)),
                            m -> m.at("correct", 3)),
                    chart(kind, "Repeatability", Axis.share("share of key points"), m -> m.of("repeatability")),
                    chart(kind, "Matching accuracy within 1 pixel", Axis.share("MMA@1"), m -> m.at("mma", 1)),
                    chart(kind, "Matching accuracy within 5 pixels", Axis.share("MMA@5"), m -> m.at("mma", 5)),
                    chart(kind, "Matches, right or wrong", counts(kind, m -> m.of("matches")),
                            m -> m.of("matches"))));
            page.foldedTable("MMA@3 in numbers", table(kind, "MMA@3", 3, m -> m.at("mma", 3)));
            page.foldedTable("correct matches in numbers", table(kind, "Correct matches within 3 pixels", 0,
                    m -> m.at("correct", 3)));
            page.foldedTable("repeatability in numbers", table(kind, "Repeatability", 3, m -> m.of("repeatability")));
        }
        page.heading("Photos").paragraph(String.join(", ", result.photos().names()) + ".");
        new Provenance(command, result.settings(), result.machine(), result.versions()).addTo(page);
        return page;
    }

    private Chart chart(SweepKind kind, String title, Axis y, Function<Measures, Estimate> number) {
        List<Curve> curves = new ArrayList<>();
        for (int i = 0; i < result.features().size(); i++) {
            FeatureSweeps feature = result.features().get(i);
            List<Level> levels = feature.sweeps().get(kind);
            curves.add(Curve.dotted(feature.name(), i, levels.stream().mapToDouble(Level::level).toArray(),
                    levels.stream().mapToDouble(level -> number.apply(level.measures()).value()).toArray(),
                    levels.stream().mapToDouble(level -> number.apply(level.measures()).low()).toArray(),
                    levels.stream().mapToDouble(level -> number.apply(level.measures()).high()).toArray()));
        }
        return new Chart(title, axis(kind), y, curves);
    }

    private Axis counts(SweepKind kind, Function<Measures, Estimate> number) {
        return Axis.upTo("matches a photo", result.features().stream()
                .flatMap(feature -> feature.sweeps().get(kind).stream())
                .mapToDouble(level -> number.apply(level.measures()).high()).max().orElse(0));
    }

    private static Axis axis(SweepKind kind) {
        double first = kind.levels().get(0);
        double last = kind.levels().get(kind.levels().size() - 1);
        double step = switch (kind) {
            case ROTATION -> 30;
            case SCALE -> 0.5;
            case EXPOSURE, BLUR -> 1;
        };
        return new Axis(kind.unit(), first, last, step);
    }

    private Table table(SweepKind kind, String caption, int places, Function<Measures, Estimate> number) {
        List<String> header = new ArrayList<>(List.of("features"));
        kind.levels().forEach(level -> header.add(String.format(Locale.ROOT, level == Math.rint(level) ? "%.0f" : "%s",
                level)));
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < result.features().size(); i++) {
            FeatureSweeps feature = result.features().get(i);
            rows.add(new Row(feature.name(), i, feature.sweeps().get(kind).stream().map(level -> {
                Estimate estimate = number.apply(level.measures());
                return Cell.of(places, estimate.value(), estimate.low(), estimate.high());
            }).toList()));
        }
        return new Table(caption + " by " + kind.unit(), header, rows);
    }
}
