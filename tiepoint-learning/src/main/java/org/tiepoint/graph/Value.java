package org.tiepoint.graph;

import java.util.Arrays;
import java.util.List;

/**
 * A value of a {@link Graph}: an input, a constant or what a node computes. Its operations add nodes and mean what those
 * of {@code Tensor} mean; maps are B x C x H x W. Element-wise operations broadcast. Immutable.
 */
public final class Value {
    private final Graph graph;
    private final String name;
    private final ElementType type;

    Value(Graph graph, String name, ElementType type) {
        this.graph = graph;
        this.name = name;
        this.type = type;
    }

    /** The graph that it belongs to. */
    public Graph graph() {
        return graph;
    }

    /** Unique in its graph. */
    public String name() {
        return name;
    }

    public ElementType type() {
        return type;
    }

    // ---- arithmetic

    public Value add(Value other) {
        return binary("Add", other);
    }

    public Value add(double value) {
        return add(graph.constant(value));
    }

    public Value sub(Value other) {
        return binary("Sub", other);
    }

    public Value mul(Value other) {
        return binary("Mul", other);
    }

    public Value mul(double value) {
        return mul(graph.constant(value));
    }

    public Value div(Value other) {
        return binary("Div", other);
    }

    public Value abs() {
        return unary("Abs");
    }

    public Value square() {
        return mul(this);
    }

    public Value sqrt() {
        return unary("Sqrt");
    }

    /** Values below the bound become the bound. */
    public Value clampMin(double bound) {
        return binary("Max", graph.constant(bound));
    }

    /** Whether a value is below the bound. */
    public Value lessThan(double bound) {
        return graph.node("Less", ElementType.BOOLEAN, List.of(this, graph.constant(bound)));
    }

    /** The first value's elements where this is true, the second's elsewhere. */
    public Value choose(Value first, Value second) {
        return graph.node("Where", first.type, List.of(this, first, second));
    }

    // ---- reduction; the axes stay, with one place

    public Value mean(long... axes) {
        return unary("ReduceMean", Attribute.list("axes", axes), Attribute.of("keepdims", 1));
    }

    public Value max(long... axes) {
        return unary("ReduceMax", Attribute.list("axes", axes), Attribute.of("keepdims", 1));
    }

    /** Euclidean length. */
    public Value norm(long... axes) {
        return unary("ReduceL2", Attribute.list("axes", axes), Attribute.of("keepdims", 1));
    }

    /** Divided by the Euclidean length over an axis, or by 1e-12 where that is less. */
    public Value normalised(long axis) {
        return div(norm(axis).clampMin(1e-12));
    }

    // ---- layers

    public Value relu() {
        return unary("Relu");
    }

    /** x for x above 0, else exp(x) - 1. */
    public Value elu() {
        return unary("Elu");
    }

    /** x for x above 0, else slope * x. */
    public Value leakyRelu(float slope) {
        return unary("LeakyRelu", Attribute.of("alpha", slope));
    }

    /** log(1 + exp(x)). */
    public Value softplus() {
        return unary("Softplus");
    }

    /** 1 / (1 + exp(-x)). */
    public Value sigmoid() {
        return unary("Sigmoid");
    }

    /**
     * Two-dimensional convolution with zero padding.
     *
     * @param weight out x in x kernel x kernel
     * @param bias   out numbers
     */
    public Value convolve(Value weight, Value bias, int kernel, int stride, int padding, int dilation) {
        return graph.node("Conv", ElementType.FLOAT32, List.of(this, weight, bias),
                Attribute.list("kernel_shape", kernel, kernel), Attribute.list("strides", stride, stride),
                Attribute.list("pads", padding, padding, padding, padding),
                Attribute.list("dilations", dilation, dilation));
    }

    public Value maxPool(int kernel, int stride, int padding) {
        return unary("MaxPool", Attribute.list("kernel_shape", kernel, kernel),
                Attribute.list("strides", stride, stride),
                Attribute.list("pads", padding, padding, padding, padding));
    }

    /** Means over windows, without padding. */
    public Value averagePool(int kernel, int stride) {
        return unary("AveragePool", Attribute.list("kernel_shape", kernel, kernel),
                Attribute.list("strides", stride, stride));
    }

    /** Normalisation of each of so many channels over the positions (biased variance). */
    public Value normaliseInstances(int channels, double epsilon) {
        float[] ones = new float[channels];
        Arrays.fill(ones, 1);
        return graph.node("InstanceNormalization", ElementType.FLOAT32, List.of(this,
                graph.constant("ones", ones, channels), graph.constant("zeros", new float[channels], channels)),
                Attribute.of("epsilon", (float) epsilon));
    }

    /** Normalisation of each of several equal groups of channels over the group and all positions. */
    public Value normaliseGroups(int groups, double epsilon) {
        // opset 17 has no operator of its own for it: a group is a channel of a flat map
        return reshape(graph.integers(0, groups, -1)).normaliseInstances(groups, epsilon).reshape(shape(0, 4));
    }

    // ---- shape

    /** In another shape; a side of 0 stays as it is, one of -1 follows. */
    public Value reshape(Value shape) {
        return graph.node("Reshape", type, List.of(this, shape));
    }

    /** The sizes of the axes from start to before end: int64. */
    public Value shape(int start, int end) {
        return graph.node("Shape", ElementType.INT64, List.of(this), Attribute.of("start", start),
                Attribute.of("end", end));
    }

    /** Height and width: 2 x int64. */
    public Value sides() {
        return shape(2, 4);
    }

    /** Values one after the other along an axis. */
    public static Value concatenate(int axis, Value... parts) {
        return parts[0].graph.node("Concat", parts[0].type, List.of(parts), Attribute.of("axis", axis));
    }

    /** Groups of side x side channels become one channel each, side times as high and wide: row by row. */
    public Value spread(int side) {
        return unary("DepthToSpace", Attribute.of("blocksize", side), Attribute.of("mode", "CRD"));
    }

    /** Twice as high and wide, by bilinear interpolation; the corners stay where they are. */
    public Value twice() {
        return graph.node("Resize", type, List.of(this, graph.absent(),
                graph.constant("scales", new float[] {1, 1, 2, 2}, 4)), Attribute.of("mode", "linear"),
                Attribute.of("coordinate_transformation_mode", "align_corners"));
    }

    /**
     * So many times as high and wide, by bilinear interpolation around pixel centres. What {@link #resize} gives, but ONNX
     * Runtime leaves the layout of maps as its convolutions have it.
     */
    public Value enlarge(int times) {
        return graph.node("Resize", type, List.of(this, graph.absent(),
                graph.constant("scales", new float[] {1, 1, times, times}, 4)), Attribute.of("mode", "linear"),
                Attribute.of("coordinate_transformation_mode", "half_pixel"));
    }

    /** Resized to a height and a width by bilinear interpolation around pixel centres. */
    public Value resize(Value sides) {
        return graph.node("Resize", type, List.of(this, graph.absent(), graph.absent(),
                concatenate(0, shape(0, 2), sides)), Attribute.of("mode", "linear"),
                Attribute.of("coordinate_transformation_mode", "half_pixel"));
    }

    /** Padded with zeros to a height and a width that are not less, the same on both ends or one more at the later. */
    public Value padTo(Value sides) {
        Value missing = sides.sub(sides());
        Value before = missing.div(graph.integers(2));
        Value pads = concatenate(0, graph.integers(0, 0), before, graph.integers(0, 0), missing.sub(before));
        return graph.node("Pad", type, List.of(this, pads), Attribute.of("mode", "constant"));
    }

    /** Padded by one on all four sides with the mirrored values, the border itself not repeated. */
    public Value padReflecting() {
        return graph.node("Pad", type, List.of(this, graph.integers(0, 0, 1, 1, 0, 0, 1, 1)),
                Attribute.of("mode", "reflect"));
    }

    private Value unary(String operator, Attribute... attributes) {
        return graph.node(operator, type, List.of(this), attributes);
    }

    private Value binary(String operator, Value other) {
        if (type != other.type) {
            throw new IllegalArgumentException(operator + " of " + type + " and " + other.type);
        }
        return graph.node(operator, type, List.of(this, other));
    }

    @Override
    public String toString() {
        return name;
    }
}
