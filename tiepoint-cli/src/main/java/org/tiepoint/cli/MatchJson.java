package org.tiepoint.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.tiepoint.feature.Keypoints;
import org.tiepoint.file.AtomicFile;
import org.tiepoint.image.Image;

/**
 * Writes matches as JSON:
 *
 * <pre>
 * left, right  file, width, height (pixels), keypoints (how many)
 * model, detector
 * matches      rows [x left, y left, x right, y right, score, inlier (1 or 0)]; (0, 0) is the top-left pixel's centre
 * geometry     kind (fundamental, essential or none), inliers; matrix (9 numbers, row-major) unless none
 * pose         with intrinsics: rotation (9, row-major) and translation (3, length 1), left camera to right camera
 * seconds      by stage
 * </pre>
 */
final class MatchJson {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private MatchJson() {}

    /** Writes the file whole or not at all. */
    static void write(Path file, TwoViews views, String model, String detector, MatchResult result,
            Stopwatch stopwatch) throws IOException {
        ObjectNode root = MAPPER.createObjectNode();
        root.set("left", view(views.leftFile(), result.left(), result.leftKeypoints()));
        root.set("right", view(views.rightFile(), result.right(), result.rightKeypoints()));
        root.put("model", model);
        root.put("detector", detector);
        root.set("matches", matches(result));
        ObjectNode geometry = root.putObject("geometry");
        geometry.put("kind", result.geometry().map(g -> g.kind().name().toLowerCase(Locale.ROOT)).orElse("none"));
        geometry.put("inliers", result.inlierCount());
        result.geometry().ifPresent(g -> geometry.set("matrix", numbers(g.matrix())));
        result.pose().ifPresent(pose -> {
            ObjectNode node = root.putObject("pose");
            node.set("rotation", numbers(pose.rotation()));
            node.set("translation", numbers(pose.translation()));
        });
        ObjectNode seconds = root.putObject("seconds");
        stopwatch.seconds().forEach((stage, value) -> seconds.put(stage, Math.round(value * 1e6) / 1e6));
        byte[] text = MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(root);
        AtomicFile.write(file, out -> out.write(text));
    }

    private static ObjectNode view(Path file, Image image, Keypoints keypoints) {
        ObjectNode node = MAPPER.createObjectNode();
        node.put("file", file.toString());
        node.put("width", image.width());
        node.put("height", image.height());
        node.put("keypoints", keypoints.count());
        return node;
    }

    private static ArrayNode matches(MatchResult result) {
        ArrayNode rows = MAPPER.createArrayNode();
        boolean[] inliers = result.inliers();
        for (int i = 0; i < result.matches().count(); i++) {
            int left = result.matches().first(i);
            int right = result.matches().second(i);
            rows.addArray().add(result.leftKeypoints().x(left)).add(result.leftKeypoints().y(left))
                    .add(result.rightKeypoints().x(right)).add(result.rightKeypoints().y(right))
                    .add(result.matches().scores()[i]).add(inliers[i] ? 1 : 0);
        }
        return rows;
    }

    private static ArrayNode numbers(double[] values) {
        ArrayNode array = MAPPER.createArrayNode();
        for (double value : values) {
            array.add(value);
        }
        return array;
    }
}
