package org.tiepoint.evaluation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * Results of the homography protocol: each sequence, then all together, by change of illumination and of viewpoint
 * where there are both.
 *
 * @param results a row each
 */
public record HomographyReport(List<HomographyResult> results) {
    public HomographyReport {
        results = List.copyOf(results);
    }

    /** Adds the summaries to results by sequence. */
    public static HomographyReport of(List<HomographyResult> bySequence) {
        List<HomographyResult> rows = new ArrayList<>(bySequence);
        Predicate<HomographyResult> illumination = result -> result.name().startsWith("i_");
        boolean both = bySequence.stream().anyMatch(illumination)
                && bySequence.stream().anyMatch(illumination.negate());
        if (both) {
            rows.addAll(summary("illumination", bySequence.stream().filter(illumination).toList()));
            rows.addAll(summary("viewpoint", bySequence.stream().filter(illumination.negate()).toList()));
        }
        if (bySequence.stream().map(HomographyResult::name).distinct().count() > 1) {
            rows.addAll(summary("all", bySequence));
        }
        return new HomographyReport(rows);
    }

    /** The table in Markdown: MMA at 1, 3, 5 and 10 pixels, share of matches within 3 pixels, means, seconds. */
    public String markdown() {
        MarkdownTable table = new MarkdownTable(2, "sequence", "descriptor", "MMA@1", "@3", "@5", "@10",
                "correct", "key points", "matches", "describe s", "match s");
        for (HomographyResult r : results) {
            List<String> cells = new ArrayList<>(List.of(r.name(), r.describer()));
            for (int pixels : new int[] {1, 3, 5, 10}) {
                cells.add(decimal(3, r.meanMatchingAccuracy(pixels)));
            }
            cells.addAll(List.of(decimal(3, r.shareCorrect()), decimal(0, r.description().keypointsPerImage()),
                    decimal(0, r.matchesPerPair()), decimal(3, r.description().secondsPerImage()),
                    decimal(3, r.matchSecondsPerPair())));
            table.row(cells);
        }
        return table.toString();
    }

    /**
     * The same in full: rows of sequence, descriptor, mma (at 1, 2, ..., 10 pixels), shareCorrect, keypointsPerImage,
     * matchesPerPair, describeSecondsPerImage, matchSecondsPerPair, and pairs of sequence, image, matches, within (how
     * many within 1, 2, ..., 10 pixels).
     */
    public ArrayNode json() {
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        for (HomographyResult r : results) {
            ObjectNode row = rows.addObject().put("sequence", r.name()).put("descriptor", r.describer());
            ArrayNode mma = row.putArray("mma");
            for (int pixels = 1; pixels <= HomographyResult.MAX_PIXELS; pixels++) {
                mma.add(r.meanMatchingAccuracy(pixels));
            }
            row.put("shareCorrect", r.shareCorrect()).put("keypointsPerImage", r.description().keypointsPerImage())
                    .put("matchesPerPair", r.matchesPerPair())
                    .put("describeSecondsPerImage", r.description().secondsPerImage())
                    .put("matchSecondsPerPair", r.matchSecondsPerPair());
            ArrayNode pairs = row.putArray("pairs");
            for (HomographyResult.Pair pair : r.pairs()) {
                ArrayNode within = pairs.addObject().put("sequence", pair.sequence()).put("image", pair.image())
                        .put("matches", pair.matches()).putArray("within");
                for (int count : pair.within()) {
                    within.add(count);
                }
            }
        }
        return rows;
    }

    private static List<HomographyResult> summary(String name, List<HomographyResult> results) {
        return results.stream().map(HomographyResult::describer).distinct().map(describer -> HomographyResult.together(
                name, results.stream().filter(r -> r.describer().equals(describer)).toList())).toList();
    }

    /** A number with so many decimal places. */
    static String decimal(int places, double value) {
        return String.format(Locale.ROOT, "%." + places + "f", value);
    }
}
