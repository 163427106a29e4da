package org.tiepoint.benchmarks;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnknownFieldSet.Field;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.tiepoint.graph.Attribute;
import org.tiepoint.graph.Dimension;
import org.tiepoint.graph.ElementType;
import org.tiepoint.graph.Graph;
import org.tiepoint.graph.Value;
import org.tiepoint.onnx.ModelCard;

/**
 * XFeat's ONNX file as if {@code tiepoint export} had written it, so that everything around the network is the same as
 * for our own. To the graph come the softmax of a cell's 65 logits times the cell's reliability, laid out as 8 x 8
 * pixels, and to the file a card. The authors interpolate the reliability at key points instead, which takes longer.
 */
final class XFeatGraph {
    private static final int MODEL_GRAPH = 7;
    private static final int MODEL_METADATA = 14;
    private static final int GRAPH_NODE = 1;
    private static final int GRAPH_INITIALISER = 5;
    private static final int GRAPH_OUTPUT = 12;
    private static final int VALUE_NAME = 1;

    private static final int CELL = 8;
    private static final int DIMENSION = 64;
    private static final int MULTIPLE = 32;
    private static final int MAX_SIDE = 1600;
    private static final String INPUT = "input";
    private static final String DESCRIPTORS = "descriptors";
    private static final String LOGITS = "keypoint_logits";
    private static final String RELIABILITY = "reliability";

    private XFeatGraph() {}

    /**
     * The file's content with what is added.
     *
     * @throws IOException when it is no such file
     */
    static byte[] withCard(Path file) throws IOException {
        try {
            UnknownFieldSet model = UnknownFieldSet.parseFrom(Files.readAllBytes(file));
            UnknownFieldSet added = UnknownFieldSet.parseFrom(scores());
            UnknownFieldSet graph = graph(model);
            UnknownFieldSet more = graph(added);
            Field.Builder outputs = Field.newBuilder().mergeFrom(more.getField(GRAPH_OUTPUT));
            for (ByteString output : graph.getField(GRAPH_OUTPUT).getLengthDelimitedList()) {
                if (UnknownFieldSet.parseFrom(output).getField(VALUE_NAME).getLengthDelimitedList()
                        .contains(ByteString.copyFromUtf8(DESCRIPTORS))) {
                    outputs.addLengthDelimited(output);
                }
            }
            UnknownFieldSet whole = graph.toBuilder().addField(GRAPH_OUTPUT, outputs.build())
                    .mergeField(GRAPH_NODE, more.getField(GRAPH_NODE))
                    .mergeField(GRAPH_INITIALISER, more.getField(GRAPH_INITIALISER)).build();
            return model.toBuilder()
                    .addField(MODEL_GRAPH, Field.newBuilder().addLengthDelimited(whole.toByteString()).build())
                    .mergeField(MODEL_METADATA, added.getField(MODEL_METADATA)).build().toByteArray();
        } catch (InvalidProtocolBufferException | IndexOutOfBoundsException e) {
            throw new IOException(file + ": is no ONNX file: " + e.getMessage(), e);
        }
    }

    private static UnknownFieldSet graph(UnknownFieldSet model) throws InvalidProtocolBufferException {
        return UnknownFieldSet.parseFrom(model.getField(MODEL_GRAPH).getLengthDelimitedList().get(0));
    }

    /** A file whose graph makes scores of logits and reliability. */
    private static byte[] scores() throws IOException {
        Graph graph = new Graph("scores");
        Dimension any = Dimension.named("any");
        Value logits = graph.input(LOGITS, any, Dimension.of(CELL * CELL + 1), any, any);
        Value reliability = graph.input(RELIABILITY, any, Dimension.of(1), any, any);
        // not Softmax, which ONNX Runtime computes slowly over this axis; logits are small enough for exp
        Value exponentials = graph.node("Exp", ElementType.FLOAT32, List.of(logits));
        Value sums = graph.node("ReduceSum", ElementType.FLOAT32, List.of(exponentials, graph.integers(1)));
        Value pixels = graph.node("Slice", ElementType.FLOAT32, List.of(exponentials, graph.integers(0),
                graph.integers(CELL * CELL), graph.integers(1)));
        Value scores = graph.node("DepthToSpace", ElementType.FLOAT32, List.of(pixels.mul(reliability.div(sums))),
                Attribute.of("blocksize", CELL));
        graph.output(ModelCard.SCORES, scores, any, Dimension.of(1), Dimension.named("height"),
                Dimension.named("width"));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        graph.write(bytes, "", Map.of(ModelCard.METADATA_KEY, card().toJson()));
        return bytes.toByteArray();
    }

    private static ModelCard card() {
        return new ModelCard(ModelCard.FORMAT, "xfeat", "XFeat",
                new ModelCard.Input(INPUT, ModelCard.Input.RGB, ModelCard.Input.INSIDE, MULTIPLE, MULTIPLE,
                        ModelCard.Padding.BORDER),
                new ModelCard.Descriptors(List.of(new ModelCard.MapOutput(DESCRIPTORS, DIMENSION, CELL)),
                        ModelCard.Sampling.EDGES_ALIGNED),
                true, MAX_SIDE, List.of(1.0), "mutual", new ModelCard.Training("", "", 0, ""), "Apache-2.0");
    }
}
