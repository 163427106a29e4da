package org.tiepoint.evaluation;

import static org.tiepoint.evaluation.HomographyReport.decimal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * Results of the pose protocol.
 *
 * @param results a row each
 */
public record PoseReport(List<PoseResult> results) {
    public PoseReport {
        results = List.copyOf(results);
    }

    /** The table in Markdown: AUC at 5, 10 and 20 degrees, share of correct matches, means, seconds. */
    public String markdown() {
        MarkdownTable table = new MarkdownTable(2, "set (pairs)", "descriptor", "AUC@5", "@10", "@20", "correct",
                "key points", "matches", "describe s", "match s");
        for (PoseResult r : results) {
            table.row(List.of(r.name() + " (" + r.pairs().size() + ")", r.describer(), decimal(3, r.auc(5)),
                    decimal(3, r.auc(10)), decimal(3, r.auc(20)), decimal(3, r.shareCorrect()),
                    decimal(0, r.description().keypointsPerImage()), decimal(0, r.matchesPerPair()),
                    decimal(3, r.description().secondsPerImage()), decimal(3, r.matchSecondsPerPair())));
        }
        return table.toString();
    }

    /**
     * The same in full: rows of set, descriptor, auc5, auc10, auc20, shareCorrect, keypointsPerImage, matchesPerPair,
     * describeSecondsPerImage, matchSecondsPerPair, and pairs of first, second, matches, correct, rotationDegrees and
     * translationDegrees (null where no pose was found), estimateSeconds.
     */
    public ArrayNode json() {
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        for (PoseResult r : results) {
            ObjectNode row = rows.addObject().put("set", r.name()).put("descriptor", r.describer())
                    .put("auc5", r.auc(5)).put("auc10", r.auc(10)).put("auc20", r.auc(20))
                    .put("shareCorrect", r.shareCorrect())
                    .put("keypointsPerImage", r.description().keypointsPerImage())
                    .put("matchesPerPair", r.matchesPerPair())
                    .put("describeSecondsPerImage", r.description().secondsPerImage())
                    .put("matchSecondsPerPair", r.matchSecondsPerPair());
            ArrayNode pairs = row.putArray("pairs");
            for (PoseResult.Pair pair : r.pairs()) {
                ObjectNode node = pairs.addObject().put("first", pair.first()).put("second", pair.second())
                        .put("matches", pair.matches()).put("correct", pair.correct());
                node.putNull("rotationDegrees").putNull("translationDegrees");
                pair.error().ifPresent(error -> node.put("rotationDegrees", error.rotationDegrees())
                        .put("translationDegrees", error.translationDegrees()));
                node.put("estimateSeconds", pair.estimateSeconds());
            }
        }
        return rows;
    }
}
