package org.tiepoint.onnx;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The trained networks that are part of this library; their cards say what they were trained on. */
public enum EmbeddedModel {
    /** The small one: detects and describes in real time on two cores. */
    COMPACT_S("compact-s"),
    /** The more accurate one. */
    COMPACT_M("compact-m"),
    /** The small one, rounded to 8 bits: faster where the processor multiplies 8 bits at once. */
    COMPACT_S_INT8("compact-s-int8"),
    /** The more accurate one, rounded to 8 bits. */
    COMPACT_M_INT8("compact-m-int8");

    private final String word;

    EmbeddedModel(String word) {
        this.word = word;
    }

    /** The name that users write. */
    public String word() {
        return word;
    }

    /** The model of this name. */
    public static Optional<EmbeddedModel> of(String word) {
        return Arrays.stream(values()).filter(model -> model.word.equals(word)).findFirst();
    }

    /** All names. */
    public static List<String> words() {
        return Arrays.stream(values()).map(EmbeddedModel::word).toList();
    }

    /** Ready to use; the caller closes it. */
    public OnnxExtractor open(OnnxExtractor.Options options) throws IOException {
        return OnnxExtractor.load(content(), Path.of(word), options);
    }

    /** What it says of itself. */
    public ModelCard card() throws IOException {
        try (InputStream stream = stream()) {
            String json = OnnxMetadata.read(stream, ModelCard.METADATA_KEY)
                    .orElseThrow(() -> new IOException(word + ".onnx in the jar of tiepoint-core has no card"));
            return ModelCard.parse(json, word + " (its card)");
        }
    }

    /** The file as {@code tiepoint export} or {@code quantise} wrote it. */
    public byte[] content() throws IOException {
        try (InputStream stream = stream()) {
            return stream.readAllBytes();
        }
    }

    private InputStream stream() throws IOException {
        String resource = word + ".onnx";
        InputStream stream = EmbeddedModel.class.getResourceAsStream(resource);
        if (stream == null) {
            throw new IOException(resource + " is missing in the jar of tiepoint-core: this build is broken");
        }
        return stream;
    }
}
