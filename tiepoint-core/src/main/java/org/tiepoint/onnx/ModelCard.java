package org.tiepoint.onnx;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * What a network in an ONNX file of this project is, and all that a program needs to run it: JSON under the key
 * {@value #METADATA_KEY} of the file's metadata, and in a file beside it.
 *
 * @param format      {@value #FORMAT}; other numbers are refused
 * @param method      how the network was trained, as recipes name it
 * @param network     what it is made of, for people
 * @param input       what it takes
 * @param descriptors what it gives
 * @param detects     whether there is the output {@value #SCORES} too: B x 1 x H x W, a score of 0 or more for every
 *                    pixel, whose local maxima are key points
 * @param maxSide     longer sides are best reduced to this many pixels, at least 64
 * @param scales      of the image, reduced to maxSide, from 0.1 to 1: key points come from each, the best of all; one at
 *                    least. Descriptors of given key points come from the image as reduced
 * @param matcher     how descriptors are best matched, in the words of the command line's options: {@code mutual}, or
 *                    {@code ratio,ratio=0.9}
 * @param training    what it learned from
 * @param licence     of the weights, for people
 */
public record ModelCard(int format, String method, String network, Input input, Descriptors descriptors,
        boolean detects, int maxSide, List<Double> scales, String matcher, Training training, String licence) {
    /** The key of the file's metadata. */
    public static final String METADATA_KEY = "tiepoint";
    /** The version of what is written. */
    public static final int FORMAT = 1;
    /** The detector's output. */
    public static final String SCORES = "scores";

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    public ModelCard {
        if (format != FORMAT) {
            throw new IllegalArgumentException("format is " + format + ": this version reads format " + FORMAT);
        }
        requireAtLeast("maxSide", maxSide, 64);
        scales = List.copyOf(scales);
        if (scales.isEmpty() || !scales.stream().allMatch(scale -> scale >= 0.1 && scale <= 1)) {
            throw new IllegalArgumentException("scales is " + scales + ": it must be numbers of 0.1 to 1");
        }
    }

    /**
     * The graph's input: B x 3 x H x W of float32.
     *
     * @param name          in the graph
     * @param content       {@value #RGB}
     * @param normalisation {@value #INSIDE}
     * @param multiple      H and W are multiples of it, by padding on the right and at the bottom
     * @param minimumSide   H and W are at least this, by padding
     * @param padding       what padded pixels hold
     */
    public record Input(String name, String content, String normalisation, int multiple, int minimumSide,
            Padding padding) {
        /** What the input's numbers are. */
        public static final String RGB = "RGB from 0 to 1";
        /** Where ImageNet's mean and deviation come in. */
        public static final String INSIDE = "inside the graph";

        public Input {
            requireText("content", content, RGB);
            requireText("normalisation", normalisation, INSIDE);
            requireAtLeast("multiple", multiple, 1);
            requireAtLeast("minimumSide", minimumSide, 1);
        }
    }

    /** What pixels beyond the image hold. */
    public enum Padding {
        /** The image's last row and column again. */
        @JsonProperty("border") BORDER,
        /** ImageNet's mean colour, 0.485, 0.456, 0.406. */
        @JsonProperty("mean-colour") MEAN_COLOUR
    }

    /**
     * A descriptor is sampled bilinearly from every map at the point, zeros outside; together they are divided by
     * their Euclidean length.
     *
     * @param maps     at least one; their order is that of the descriptor's parts
     * @param sampling where a point lies on a map
     */
    public record Descriptors(List<MapOutput> maps, Sampling sampling) {
        public Descriptors {
            maps = List.copyOf(maps);
            if (maps.isEmpty()) {
                throw new IllegalArgumentException("maps is empty: there must be one at least");
            }
        }

        /** Numbers a descriptor. */
        @JsonIgnore
        public int dimension() {
            return maps.stream().mapToInt(MapOutput::channels).sum();
        }
    }

    /**
     * An output B x channels x H / stride x W / stride.
     *
     * @param name in the graph
     */
    public record MapOutput(String name, int channels, int stride) {
        public MapOutput {
            requireAtLeast("channels", channels, 1);
            requireAtLeast("stride", stride, 1);
        }
    }

    /** Where the pixel x of an input W wide lies on a map w wide; (0, 0) is the centre of the first pixel of both. */
    public enum Sampling {
        /** x (w - 1) / (W - 1). */
        @JsonProperty("corners-aligned") CORNERS_ALIGNED {
            @Override
            public double onMap(double x, int inputSide, int mapSide) {
                return x * (mapSide - 1) / (inputSide - 1);
            }
        },
        /** x w / (W - 1) - 1/2. */
        @JsonProperty("edges-aligned") EDGES_ALIGNED {
            @Override
            public double onMap(double x, int inputSide, int mapSide) {
                return x * mapSide / (inputSide - 1) - 0.5;
            }
        };

        /** The position on the map. */
        public abstract double onMap(double x, int inputSide, int mapSide);
    }

    /**
     * What a network learned from.
     *
     * @param data   for people
     * @param counts what the training itself notes of its data: numbers, and a hash that tells them from others; empty
     *               where it is not known
     * @param steps  of the training; 0 where it is not known
     * @param recipe YAML; empty where it is not known
     */
    public record Training(String data, String counts, long steps, String recipe) {}

    /**
     * The card in an exported file's metadata.
     *
     * @param metadata texts by name
     * @param file     what messages call the file
     * @throws IOException when there is none, or it is damaged
     */
    public static ModelCard of(Map<String, String> metadata, String file) throws IOException {
        String json = metadata.get(METADATA_KEY);
        if (json == null) {
            throw new IOException(file + ": has no model card: name a file that 'tiepoint export' wrote");
        }
        return parse(json, file + " (its card)");
    }

    /** The same of a network that learned from something else. */
    public ModelCard withTraining(Training other) {
        return new ModelCard(format, method, network, input, descriptors, detects, maxSide, scales, matcher, other,
                licence);
    }

    /** The same of a network that is described otherwise. */
    public ModelCard withNetwork(String other) {
        return new ModelCard(format, method, other, input, descriptors, detects, maxSide, scales, matcher, training,
                licence);
    }

    /** As JSON of several lines. */
    public String toJson() {
        try {
            return MAPPER.writeValueAsString(this) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Reads what {@link #toJson()} wrote; entries that it does not know are left alone.
     *
     * @param source what messages call it
     * @throws IOException in one line, naming the entry and what is wrong with it
     */
    public static ModelCard parse(String json, String source) throws IOException {
        try {
            return MAPPER.readValue(json, ModelCard.class);
        } catch (ValueInstantiationException e) {
            throw new IOException(source + ": " + path(e) + reason(e), e);
        } catch (JsonMappingException e) {
            throw new IOException(source + ": " + path(e) + firstLine(e), e);
        } catch (JsonProcessingException e) {
            throw new IOException(source + ": no valid JSON: " + firstLine(e), e);
        }
    }

    private static String reason(ValueInstantiationException e) {
        return e.getCause() == null ? firstLine(e) : e.getCause().getMessage();
    }

    private static String firstLine(JsonProcessingException e) {
        return e.getOriginalMessage().lines().findFirst().orElse("");
    }

    private static String path(JsonMappingException e) {
        StringBuilder path = new StringBuilder();
        for (JsonMappingException.Reference part : e.getPath()) {
            if (part.getFieldName() != null) {
                path.append(part.getFieldName()).append(": ");
            }
        }
        return path.toString();
    }

    private static void requireAtLeast(String name, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(name + " is " + value + ": it must be at least " + least);
        }
    }

    private static void requireText(String name, String value, String expected) {
        if (!value.equals(expected)) {
            throw new IllegalArgumentException(name + " is '" + value + "': it must be '" + expected + "'");
        }
    }
}
