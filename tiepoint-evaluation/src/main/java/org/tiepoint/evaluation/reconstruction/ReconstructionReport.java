package org.tiepoint.evaluation.reconstruction;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.tiepoint.evaluation.Machine;
import org.tiepoint.evaluation.MarkdownTable;
import org.tiepoint.file.AtomicFile;

/**
 * The results side by side: a table, and {@code summary.json} with the same numbers.
 *
 * @param images   the folder
 * @param pairs    how many were matched
 * @param how      how they were chosen
 * @param versions of the programs
 * @param results  in the order of the rows
 */
public record ReconstructionReport(Path images, int pairs, String how, Map<String, String> versions,
        List<ReconstructionResult> results) {
    /** The table in Markdown; a run that failed has its reason in a line below. */
    public String markdown() {
        MarkdownTable table = new MarkdownTable(1, "features", "registered", "points", "track length", "error (px)",
                "key points", "verified pairs", "inliers a pair", "minutes", "CPU minutes");
        StringBuilder failures = new StringBuilder();
        for (ReconstructionResult result : results) {
            CpuMinutes all = result.extracting().plus(result.matching()).plus(result.mapping());
            if (!result.succeeded()) {
                table.row(List.of(result.name(), "failed", "-", "-", "-", "-", "-", "-", number("%.1f", all.wall()),
                        number("%.1f", all.cpu())));
                failures.append(result.name()).append(" failed: ").append(result.failure()).append(".\n");
                continue;
            }
            table.row(List.of(result.name(), result.registered() + " of " + result.images(),
                    Integer.toString(result.points()), number("%.2f", result.trackLength()),
                    number("%.3f", result.error()), number("%.0f", result.keypoints()),
                    Integer.toString(result.verified()), number("%.0f",
                            result.verified() == 0 ? 0 : (double) result.inliers() / result.verified()),
                    number("%.1f", all.wall()), number("%.1f", all.cpu())));
        }
        return table + (failures.isEmpty() ? "" : "\n" + failures);
    }

    /** Writes report.md and summary.json, each whole or not at all. */
    public void write(Path folder) throws IOException {
        byte[] text = markdown().getBytes(StandardCharsets.UTF_8);
        AtomicFile.write(folder.resolve("report.md"), out -> out.write(text));
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode root = mapper.createObjectNode().put("protocol", "reconstruction").put("images", images.toString())
                .put("pairs", pairs).put("pairsBy", how);
        root.set("machine", mapper.valueToTree(Machine.current()));
        root.set("versions", mapper.valueToTree(versions));
        root.set("features", mapper.valueToTree(results));
        byte[] json = mapper.writerWithDefaultPrettyPrinter().writeValueAsBytes(root);
        AtomicFile.write(folder.resolve("summary.json"), out -> out.write(json));
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
