package org.tiepoint.evaluation.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.tiepoint.evaluation.EvaluationResult;
import org.tiepoint.evaluation.FeatureResult;
import org.tiepoint.evaluation.Measures;
import org.tiepoint.evaluation.PairResult;
import org.tiepoint.evaluation.SetResult;
import org.tiepoint.evaluation.report.MeasureTable.Line;
import org.tiepoint.evaluation.report.Table.Cell;
import org.tiepoint.evaluation.report.Table.Row;

/** The page of an evaluation by homographies or poses: curves, tables and pictures of pairs, a part each set. */
public final class EvaluationReport {
    private final EvaluationResult result;
    private final ProtocolSection section;

    private EvaluationReport(EvaluationResult result, PublishedCurves published) throws IOException {
        this.result = result;
        this.section = result.protocol().equals("homography") ? new HomographySection(published) : new PoseSection();
    }

    /**
     * Makes the page; reads images and predictions for the pictures.
     *
     * @param published drawn behind the curves of HPatches
     * @param command   that made the result, as typed
     */
    public static Page page(EvaluationResult result, PublishedCurves published, String command) throws IOException {
        return new EvaluationReport(result, published).page(command);
    }

    private Page page(String command) throws IOException {
        boolean homography = result.protocol().equals("homography");
        Page page = new Page(homography ? "Matching under homographies" : "Relative pose from matches", result.sets()
                .stream().map(set -> set.set().name() + " (" + set.set().pairs().size() + " pairs)")
                .collect(Collectors.joining(", ")));
        page.paragraph(section.explanation());
        for (int i = 0; i < result.sets().size(); i++) {
            add(page, result.sets().get(i), "set" + i + "-pair");
        }
        new Provenance(command, result.settings(), result.machine(), result.versions()).addTo(page);
        return page;
    }

    private void add(Page page, SetResult set, String idPrefix) throws IOException {
        page.heading(set.set().name());
        page.table(table(set, "all"));
        parts(set).forEach(part -> page.foldedTable(part, table(set, part)));
        page.charts(section.charts(set));
        section.note(set).ifPresent(page::paragraph);
        section.background(set).ifPresent(table -> page.foldedTable("published results", table));
        page.foldedTable("every pair", pairs(set));
        page.subheading("Pairs").paragraph("Best and worst on average over the features, and those where the features"
                + " differ most. Matches within " + String.format(Locale.ROOT, "%.0f", section.correctPixels())
                + " pixels of the true geometry are turquoise, others red.");
        new PairGallery(section, set, idPrefix).addTo(page);
    }

    /** Names of parts that are not all of the set. */
    private static Set<String> parts(SetResult set) {
        Set<String> parts = new LinkedHashSet<>();
        set.features().forEach(feature -> feature.subsets().forEach((name, measures) -> {
            if (measures.pairs() < feature.all().pairs()) {
                parts.add(name);
            }
        }));
        return parts;
    }

    private Table table(SetResult set, String part) {
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < set.features().size(); i++) {
            FeatureResult feature = set.features().get(i);
            Measures measures = part.equals("all") ? feature.all() : feature.subsets().get(part);
            lines.add(new Line(feature.name(), i, measures));
        }
        return MeasureTable.of(set.set().name() + ", " + part + ": " + lines.get(0).measures().pairs() + " pairs",
                section.columns(), lines);
    }

    private Table pairs(SetResult set) {
        List<String> header = new ArrayList<>(List.of("pair"));
        set.features().forEach(feature -> header.add(feature.name()));
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < set.set().pairs().size(); i++) {
            int number = i;
            rows.add(new Row(set.set().pairs().get(i).name(), Table.NO_SERIES, set.features().stream()
                    .map(feature -> cell(feature.pairs().get(number))).toList()));
        }
        return new Table("Each pair: " + section.mainNumber(), header, rows);
    }

    private Cell cell(PairResult pair) {
        return new Cell(section.value(pair), section.details(pair), false);
    }
}
