package org.tiepoint.evaluation.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.tiepoint.evaluation.FeatureResult;
import org.tiepoint.evaluation.HomographyProtocol;
import org.tiepoint.evaluation.Measures;
import org.tiepoint.evaluation.PairResult;
import org.tiepoint.evaluation.SetResult;
import org.tiepoint.evaluation.report.MeasureTable.Column;
import org.tiepoint.evaluation.report.MeasureTable.Order;

/** What the report shows of the homography protocol. */
final class HomographySection implements ProtocolSection {
    private static final String ALL = "all";
    private static final double[] PIXELS = IntStream.rangeClosed(1, HomographyProtocol.MAX_PIXELS)
            .asDoubleStream().toArray();

    private final PublishedCurves published;
    private final HpatchesSequences hpatches;

    HomographySection(PublishedCurves published) throws IOException {
        this.published = published;
        this.hpatches = HpatchesSequences.load();
    }

    @Override
    public List<Column> columns() {
        List<Column> columns = new ArrayList<>();
        for (int pixels : new int[] {1, 3, 5, 10}) {
            columns.add(Column.share("MMA@" + pixels, "mma", pixels));
        }
        for (int pixels : new int[] {1, 3, 5, 10}) {
            columns.add(Column.share("H@" + pixels, "homographyAccuracy", pixels));
        }
        columns.add(Column.share("AUC@5", "auc", 5));
        columns.add(Column.share("H@3 MAGSAC++", "homographyAccuracyMagsac", 3));
        columns.add(Column.of("repeatability", "repeatability", 3, Order.HIGHER));
        columns.add(Column.of("key points", "keypoints", 0, Order.NEITHER));
        columns.add(Column.of("matches", "matches", 0, Order.NEITHER));
        columns.add(Column.of("inliers", "inliers", 0, Order.NEITHER));
        return columns;
    }

    @Override
    public String explanation() {
        return "MMA@k: share of a pair's matches within k pixels of the true homography, mean over pairs. H@k: share of"
                + " pairs whose homography, estimated by RANSAC, takes the first image's corners within k pixels of"
                + " where the true one takes them, on average; AUC: area under that curve. Repeatability: share of the"
                + " key points that both images show which are found in both, within 3 pixels. Small print: 95 %"
                + " bootstrap interval over pairs.";
    }

    @Override
    public List<Chart> charts(SetResult set) {
        List<Chart> charts = new ArrayList<>();
        charts.add(accuracy(set, ALL));
        Set<String> parts = new LinkedHashSet<>();
        set.features().forEach(feature -> parts.addAll(feature.subsets().keySet()));
        if (parts.size() > 1) {
            parts.forEach(part -> charts.add(accuracy(set, part)));
        }
        charts.add(RecallCurve.chart("Homography by RANSAC", new Axis("mean corner error, pixels", 0, 10, 2),
                "cornerError", set.features()));
        return charts;
    }

    private Chart accuracy(SetResult set, String part) {
        List<Curve> curves = new ArrayList<>();
        int pairs = 0;
        for (int i = 0; i < set.features().size(); i++) {
            FeatureResult feature = set.features().get(i);
            Measures measures = part.equals(ALL) ? feature.all() : feature.subsets().get(part);
            pairs = measures.pairs();
            curves.add(Curves.byThreshold(feature.name(), i, measures, "mma", PIXELS));
        }
        if (isHpatches(set)) {
            published.methods().forEach(method -> curves.add(Curve.background(method.name(), PIXELS,
                    method.of(part))));
        }
        return new Chart("Matching accuracy, " + (part.equals(ALL) ? "all" : part) + " (" + pairs + " pairs)",
                new Axis("threshold, pixels", 1, 10, 1), Axis.share("MMA"), curves);
    }

    @Override
    public Optional<String> note(SetResult set) {
        if (published.methods().isEmpty()) {
            return Optional.empty();
        }
        int sequences = sequences(set).size();
        return Optional.of(isHpatches(set) ? "Grey: published curves on 108 sequences of HPatches, decoded from the"
                + " authors' result files; here " + sequences + " sequences were measured. Their key points are more"
                + " or fewer: see the table of published results."
                : "The published curves are of HPatches and are not drawn: this set is another one.");
    }

    @Override
    public Optional<Table> background(SetResult set) {
        if (published.methods().isEmpty() || !isHpatches(set)) {
            return Optional.empty();
        }
        return Optional.of(new Table("Published results on HPatches: MMA of all pairs", List.of("method", "MMA@1",
                "MMA@3", "MMA@5", "MMA@10", "key points", "matches", "from"), published.methods().stream()
                .map(HomographySection::row).toList()));
    }

    private static Table.Row row(PublishedCurves.Method method) {
        List<Table.Cell> cells = new ArrayList<>();
        for (int pixels : new int[] {1, 3, 5, 10}) {
            cells.add(Table.Cell.of(String.format(Locale.ROOT, "%.3f", method.all()[pixels - 1])));
        }
        cells.add(Table.Cell.of(String.format(Locale.ROOT, "%.0f", method.keypoints())));
        cells.add(Table.Cell.of(String.format(Locale.ROOT, "%.0f", method.matches())));
        cells.add(Table.Cell.of(method.source()));
        return new Table.Row(method.name(), Table.NO_SERIES, cells);
    }

    private boolean isHpatches(SetResult set) {
        return hpatches.containAll(sequences(set));
    }

    private static Set<String> sequences(SetResult set) {
        Set<String> names = new LinkedHashSet<>();
        set.set().pairs().forEach(pair -> names.add(pair.group()));
        return names;
    }

    @Override
    public double rank(PairResult pair) {
        return pair.score("mma3");
    }

    @Override
    public String mainNumber() {
        return "MMA@3";
    }

    @Override
    public String value(PairResult pair) {
        return String.format(Locale.ROOT, "%.3f", pair.score("mma3"));
    }

    @Override
    public String details(PairResult pair) {
        return String.format(Locale.ROOT, "%.0f matches, corner error %s", pair.score("matches"),
                Curves.error(pair.score("cornerError"), " px"));
    }

    @Override
    public double correctPixels() {
        return 3;
    }
}
