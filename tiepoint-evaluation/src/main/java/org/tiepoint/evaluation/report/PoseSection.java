package org.tiepoint.evaluation.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.tiepoint.evaluation.PairResult;
import org.tiepoint.evaluation.PoseProtocol;
import org.tiepoint.evaluation.SetResult;
import org.tiepoint.evaluation.report.MeasureTable.Column;
import org.tiepoint.evaluation.report.MeasureTable.Order;

/** What the report shows of the pose protocol. */
final class PoseSection implements ProtocolSection {
    private static final double WORST_DEGREES = 90;

    @Override
    public List<Column> columns() {
        List<Column> columns = new ArrayList<>();
        for (int degrees : new int[] {5, 10, 20}) {
            columns.add(Column.share("AUC@" + degrees + "°", "auc", degrees));
        }
        for (int degrees : new int[] {5, 10, 20}) {
            columns.add(Column.share("RANSAC AUC@" + degrees + "°", "aucRansac", degrees));
        }
        columns.add(Column.share("R < 10°", "capsRotation", 10));
        columns.add(Column.share("t < 10°", "capsTranslation", 10));
        columns.add(Column.share("both < 10°", "capsBoth", 10));
        columns.add(Column.of("precision", "precision", 3, Order.HIGHER));
        columns.add(Column.of("key points", "keypoints", 0, Order.NEITHER));
        columns.add(Column.of("matches", "matches", 0, Order.NEITHER));
        columns.add(Column.of("inliers", "inliers", 0, Order.NEITHER));
        return columns;
    }

    @Override
    public String explanation() {
        return "AUC@a: area under the curve of the pose error, the larger of the angles of rotation and of the"
                + " direction of translation, up to a degrees; essential matrix by MAGSAC++ and by RANSAC. R, t, both:"
                + " share of pairs whose angles are below 10 degrees, as CAPS measures. Precision: share of a pair's matches"
                + " within 3 pixels of the true epipolar lines in both images, mean over pairs. Small print: 95 %"
                + " bootstrap interval over pairs.";
    }

    @Override
    public List<Chart> charts(SetResult set) {
        return List.of(
                RecallCurve.chart("Pose by MAGSAC++", degrees("pose error, degrees"), "poseError", set.features()),
                RecallCurve.chart("Pose by RANSAC", degrees("pose error, degrees"), "poseErrorRansac", set.features()),
                RecallCurve.chart("Rotation by MAGSAC++", degrees("angle of rotation, degrees"), "rotationError",
                        set.features()),
                RecallCurve.chart("Translation by MAGSAC++", degrees("angle of translation, degrees"),
                        "translationError", set.features()));
    }

    private static Axis degrees(String label) {
        return new Axis(label, 0, 20, 5);
    }

    @Override
    public Optional<String> note(SetResult set) {
        return Optional.empty();
    }

    @Override
    public Optional<Table> background(SetResult set) {
        return Optional.empty();
    }

    @Override
    public double rank(PairResult pair) {
        return -Math.min(pair.score("poseError"), WORST_DEGREES);
    }

    @Override
    public String mainNumber() {
        return "pose error";
    }

    @Override
    public String value(PairResult pair) {
        return Curves.error(pair.score("poseError"), "°");
    }

    @Override
    public String details(PairResult pair) {
        return String.format(Locale.ROOT, "%.0f matches, precision %.3f", pair.score("matches"),
                pair.score("precision"));
    }

    @Override
    public double correctPixels() {
        return PoseProtocol.CORRECT_PIXELS;
    }
}
