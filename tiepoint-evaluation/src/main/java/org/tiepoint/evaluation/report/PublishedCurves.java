package org.tiepoint.evaluation.report;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.tiepoint.dataset.DatasetException;

/**
 * Mean matching accuracies on HPatches that others published.
 *
 * @param methods in the order of the file
 */
public record PublishedCurves(List<Method> methods) {
    private static final int PIXELS = 10;

    public PublishedCurves {
        methods = List.copyOf(methods);
    }

    /**
     * A method's curves, each at 1 to 10 pixels; arrays are shared, not copied.
     *
     * @param name         of the method
     * @param source       whose result file it is from
     * @param keypoints    mean an image
     * @param matches      mean a pair
     * @param all          of all pairs
     * @param illumination of those whose light changes
     * @param viewpoint    of those whose viewpoint changes
     */
    public record Method(String name, String source, double keypoints, double matches, double[] all,
            double[] illumination, double[] viewpoint) {
        /** The curve of a part: all, illumination or viewpoint. */
        double[] of(String part) {
            return switch (part) {
                case "illumination" -> illumination;
                case "viewpoint" -> viewpoint;
                default -> all;
            };
        }
    }

    /** No curves. */
    public static PublishedCurves none() {
        return new PublishedCurves(List.of());
    }

    /**
     * Reads a JSON array of objects with method, repo, feat, match, and A, I and V: lists of at least 10 numbers.
     *
     * @throws DatasetException naming the file, entry and field
     */
    public static PublishedCurves read(Path file) throws IOException {
        JsonNode root;
        try {
            root = new ObjectMapper().readTree(Files.readAllBytes(file));
        } catch (JacksonException e) {
            throw new DatasetException(file, "", "is no JSON (" + e.getOriginalMessage().lines().findFirst().orElse("")
                    + "): give the file of published curves");
        }
        if (root == null || !root.isArray()) {
            throw new DatasetException(file, "", "is no JSON array of curves: give the file of published curves");
        }
        List<Method> methods = new ArrayList<>();
        for (int i = 0; i < root.size(); i++) {
            JsonNode entry = root.get(i);
            String record = "entry " + (i + 1);
            if (!entry.path("method").isTextual()) {
                throw new DatasetException(file, record, "method is missing or no text: add the method's name");
            }
            methods.add(new Method(entry.path("method").asText(), entry.path("repo").asText(""),
                    entry.path("feat").asDouble(Double.NaN), entry.path("match").asDouble(Double.NaN),
                    curve(file, record, entry, "A"), curve(file, record, entry, "I"), curve(file, record, entry, "V")));
        }
        return new PublishedCurves(methods);
    }

    private static double[] curve(Path file, String record, JsonNode entry, String field) throws DatasetException {
        JsonNode values = entry.path(field);
        double[] curve = new double[PIXELS];
        for (int i = 0; i < PIXELS; i++) {
            double value = values.path(i).isNumber() ? values.path(i).asDouble() : Double.NaN;
            if (!(value >= 0 && value <= 1)) {
                throw new DatasetException(file, record, field + "[" + i + "] is " + (values.path(i).isMissingNode()
                        ? "missing" : values.path(i).toString()) + ": it must be a share, 0 to 1");
            }
            curve[i] = value;
        }
        return curve;
    }
}
