package org.tiepoint.tensor;

import java.util.Arrays;
import java.util.Optional;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.StringViewOptional;
import org.bytedeco.pytorch.T_TensorTensorTensor_T;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A dense array on the CPU or a GPU with automatic differentiation: a thin layer over libtorch that holds the
 * operations this project uses. Shapes are row-major, axes count from 0 (or from the end when negative). Element-wise
 * operations broadcast. Every result is owned by the innermost open {@link TensorScope} of the thread, unless its
 * holder calls {@link #retain()}. Not for use by several threads at once.
 */
public final class Tensor {
    private final org.bytedeco.pytorch.Tensor handle;

    Tensor(org.bytedeco.pytorch.Tensor handle) {
        this.handle = handle;
    }

    org.bytedeco.pytorch.Tensor handle() {
        return handle;
    }

    // ---- making and reading

    /** A float32 tensor with a copy of the values. */
    public static Tensor of(float[] values, long... shape) {
        requireCount(values.length, shape);
        try (FloatPointer pointer = new FloatPointer(values)) {
            return new Tensor(torch.from_blob(pointer, shape, new TensorOptions(ScalarType.Float)).clone());
        }
    }

    /** A float64 tensor with a copy of the values. */
    public static Tensor of(double[] values, long... shape) {
        requireCount(values.length, shape);
        try (DoublePointer pointer = new DoublePointer(values)) {
            return new Tensor(torch.from_blob(pointer, shape, new TensorOptions(ScalarType.Double)).clone());
        }
    }

    /** An int64 tensor with a copy of the values. */
    public static Tensor of(long[] values, long... shape) {
        requireCount(values.length, shape);
        try (LongPointer pointer = new LongPointer(values)) {
            return new Tensor(torch.from_blob(pointer, shape, new TensorOptions(ScalarType.Long)).clone());
        }
    }

    /** A float32 tensor with a copy of bytes read as 0..255. */
    public static Tensor ofUnsignedBytes(byte[] values, long... shape) {
        requireCount(values.length, shape);
        try (BytePointer pointer = new BytePointer(values)) {
            return new Tensor(torch.from_blob(pointer, shape, new TensorOptions(ScalarType.Byte)).to(ScalarType.Float));
        }
    }

    /** A float32 tensor of one value. */
    public static Tensor full(double value, long... shape) {
        return new Tensor(torch.full(shape, new Scalar(value), new TensorOptions(ScalarType.Float)));
    }

    public static Tensor zeros(long... shape) {
        return full(0, shape);
    }

    /** Numbers from first to last, both included, at equal distances, in the type and on the device of a tensor. */
    public static Tensor linspace(double first, double last, long count, Tensor like) {
        return new Tensor(torch.linspace(new Scalar(first), new Scalar(last), count)).like(like);
    }

    /** The shape: a fresh array. */
    public long[] shape() {
        long[] shape = new long[(int) handle.dim()];
        for (int i = 0; i < shape.length; i++) {
            shape[i] = handle.size(i);
        }
        return shape;
    }

    public long size(int axis) {
        return handle.size(axis);
    }

    /** The number of elements. */
    public long count() {
        return handle.numel();
    }

    /** The elements as float32 in row-major order, copied; converts from any type and device. */
    public float[] toFloats() {
        float[] values = new float[Math.toIntExact(count())];
        try (TensorScope scope = new TensorScope()) {
            if (values.length > 0) {
                new FloatPointer(plain(ScalarType.Float).data_ptr()).get(values);
            }
        }
        return values;
    }

    /** The elements as float64 in row-major order, copied; converts from any type and device. */
    public double[] toDoubles() {
        double[] values = new double[Math.toIntExact(count())];
        try (TensorScope scope = new TensorScope()) {
            if (values.length > 0) {
                new DoublePointer(plain(ScalarType.Double).data_ptr()).get(values);
            }
        }
        return values;
    }

    /** The elements as int64 in row-major order, copied; converts from any type and device. */
    public long[] toLongs() {
        long[] values = new long[Math.toIntExact(count())];
        try (TensorScope scope = new TensorScope()) {
            if (values.length > 0) {
                new LongPointer(plain(ScalarType.Long).data_ptr()).get(values);
            }
        }
        return values;
    }

    /** The value of a tensor of one element. */
    public double item() {
        return handle.item_double();
    }

    // ---- ownership

    /** Keeps the native memory beyond the scope it was made in, until {@link #release()}. Returns this. */
    public Tensor retain() {
        handle.retainReference();
        return this;
    }

    /** Gives up a {@link #retain() retained} tensor. */
    public void release() {
        handle.releaseReference();
    }

    // ---- differentiation

    /** Marks a leaf as one to differentiate with respect to. Returns this. */
    public Tensor requireGradient(boolean required) {
        handle.set_requires_grad(required);
        return this;
    }

    /** Adds d(this)/d(leaf) to the gradient of every leaf; this must have one element. */
    public void backward() {
        handle.backward();
    }

    /** The gradient that {@link #backward()} left, of this tensor's shape; empty where none arrived. */
    public Optional<Tensor> gradient() {
        org.bytedeco.pytorch.Tensor gradient = handle.grad();
        return gradient.defined() ? Optional.of(new Tensor(gradient)) : Optional.empty();
    }

    /** Forgets the gradient. */
    public void clearGradient() {
        handle.mutable_grad().reset();
    }

    /** The same values, constant for differentiation. */
    public Tensor detach() {
        return new Tensor(handle.detach());
    }

    // ---- type and device

    /** Converted to the type and device of another tensor. */
    public Tensor like(Tensor other) {
        return new Tensor(handle.to(other.handle.options(), false, false, new MemoryFormatOptional()));
    }

    public Tensor to(Device device) {
        return new Tensor(handle.to(device.handle(), handle.scalar_type()));
    }

    /** On the device of another tensor, in its own type. */
    public Tensor onDeviceOf(Tensor other) {
        return new Tensor(handle.to(other.handle.device(), handle.scalar_type()));
    }

    /** Converted to float64. */
    public Tensor toFloat64() {
        return new Tensor(handle.to(ScalarType.Double));
    }

    /** Converted to int64; fractions are cut off. */
    public Tensor toInt64() {
        return new Tensor(handle.to(ScalarType.Long));
    }

    /** A copy in memory of its own. */
    public Tensor copy() {
        return new Tensor(handle.clone());
    }

    // ---- shape

    public Tensor reshape(long... shape) {
        return new Tensor(handle.reshape(shape));
    }

    public Tensor permute(long... axes) {
        return new Tensor(handle.permute(axes));
    }

    public Tensor transpose(int a, int b) {
        return new Tensor(handle.transpose(a, b));
    }

    public Tensor unsqueeze(int axis) {
        return new Tensor(handle.unsqueeze(axis));
    }

    public Tensor squeeze(int axis) {
        return new Tensor(handle.squeeze((long) axis));
    }

    public Tensor expand(long... shape) {
        return new Tensor(handle.expand(shape));
    }

    /** The part of an axis from a start on. */
    public Tensor narrow(int axis, long start, long length) {
        return new Tensor(handle.narrow(axis, start, length));
    }

    /** One place of an axis, which disappears. */
    public Tensor select(int axis, long index) {
        return new Tensor(handle.select(axis, index));
    }

    /** The places of an axis that an int64 list names, repeats allowed. */
    public Tensor indexSelect(int axis, Tensor places) {
        return new Tensor(handle.index_select(axis, places.handle));
    }

    /**
     * For each element of an int64 tensor the value at that place of an axis; the other axes stay where they are.
     *
     * @param places of this tensor's number of axes
     * @return of the shape of the places
     */
    public Tensor gather(int axis, Tensor places) {
        return new Tensor(handle.gather(axis, places.handle));
    }

    /** Where the elements are not 0: n x axes, int64, in row-major order. */
    public Tensor nonZero() {
        return new Tensor(handle.nonzero());
    }

    /** The first tensor's elements where the mask is not 0, the second's elsewhere. */
    public static Tensor where(Tensor mask, Tensor first, Tensor second) {
        return new Tensor(torch.where(mask.handle.to(ScalarType.Bool), first.handle, second.handle));
    }

    /** A copy with values added at places of an axis, the inverse of {@link #gather}: repeated places add up. */
    public Tensor scatterAdd(int axis, Tensor places, Tensor values) {
        return new Tensor(handle.scatter_add(axis, places.handle, values.handle));
    }

    public static Tensor concatenate(int axis, Tensor... parts) {
        return new Tensor(torch.cat(vector(parts), axis));
    }

    /** Tensors of one shape along a new axis. */
    public static Tensor stack(int axis, Tensor... parts) {
        return new Tensor(torch.stack(vector(parts), axis));
    }

    // ---- arithmetic

    public Tensor add(Tensor other) {
        return new Tensor(handle.add(other.handle));
    }

    public Tensor add(double value) {
        return new Tensor(handle.add(new Scalar(value)));
    }

    public Tensor sub(Tensor other) {
        return new Tensor(handle.sub(other.handle));
    }

    public Tensor mul(Tensor other) {
        return new Tensor(handle.mul(other.handle));
    }

    public Tensor mul(double value) {
        return new Tensor(handle.mul(new Scalar(value)));
    }

    public Tensor div(Tensor other) {
        return new Tensor(handle.div(other.handle));
    }

    public Tensor abs() {
        return new Tensor(handle.abs());
    }

    public Tensor square() {
        return new Tensor(handle.square());
    }

    public Tensor sqrt() {
        return new Tensor(handle.sqrt());
    }

    public Tensor exp() {
        return new Tensor(handle.exp());
    }

    /** The natural logarithm. */
    public Tensor log() {
        return new Tensor(handle.log());
    }

    public Tensor tanh() {
        return new Tensor(handle.tanh());
    }

    /** 1 / x. */
    public Tensor reciprocal() {
        return new Tensor(handle.reciprocal());
    }

    /** Values below the bound become the bound. */
    public Tensor clampMin(double bound) {
        return new Tensor(handle.clamp_min(new Scalar(bound)));
    }

    /** NaN and infinities become a value. */
    public Tensor finiteOr(double value) {
        DoubleOptional replacement = new DoubleOptional(value);
        return new Tensor(handle.nan_to_num(replacement, replacement, replacement));
    }

    /** Values outside the bounds become the nearer one; their gradient is 0. */
    public Tensor clamp(double least, double most) {
        return new Tensor(handle.clamp(new ScalarOptional(new Scalar(least)), new ScalarOptional(new Scalar(most))));
    }

    /** The greatest integer not above; its gradient is 0. */
    public Tensor floor() {
        return new Tensor(handle.floor());
    }

    /** Matrix product over the last two axes, batched over the others. */
    public Tensor matmul(Tensor other) {
        return new Tensor(handle.matmul(other.handle));
    }

    /** Euclidean length over an axis, which disappears. Its gradient at length 0 is 0. */
    public Tensor norm(int axis) {
        return new Tensor(torch.linalg_vector_norm(handle, new Scalar(2.0), new long[] {axis}, false,
                new ScalarTypeOptional()));
    }

    /** Divided by the Euclidean length over an axis, or by 1e-12 where that is less. */
    public Tensor normalised(int axis) {
        return div(norm(axis).clampMin(1e-12).unsqueeze(axis));
    }

    /**
     * Singular value decomposition U diag(S) V^T over the last two axes, batched over the others.
     *
     * @param full whether U and V are square, else they have as many columns as there are singular values
     */
    public SingularValues singularValues(boolean full) {
        T_TensorTensorTensor_T parts = torch.linalg_svd(handle, full, new StringViewOptional());
        return new SingularValues(new Tensor(parts.get0()), new Tensor(parts.get1()), new Tensor(parts.get2()));
    }

    /** 1 where the value is below the bound, else 0, in the type of this tensor. */
    public Tensor lessThan(double bound) {
        return new Tensor(handle.lt(new Scalar(bound)).to(handle.scalar_type()));
    }

    /** 1 where the value is below the other, else 0, in the type of this tensor. */
    public Tensor lessThan(Tensor other) {
        return new Tensor(handle.lt(other.handle).to(handle.scalar_type()));
    }

    /** 1 where the value is from low to high, ends included, else 0 (for NaN too), in the type of this tensor. */
    public Tensor within(double low, double high) {
        return new Tensor(handle.ge(new Scalar(low)).logical_and(handle.le(new Scalar(high)))
                .to(handle.scalar_type()));
    }

    // ---- reduction

    public Tensor sum() {
        return new Tensor(handle.sum());
    }

    /** The sum over an axis, which disappears. */
    public Tensor sum(int axis) {
        return new Tensor(handle.sum(new long[] {axis}, false, new ScalarTypeOptional()));
    }

    public Tensor mean() {
        return new Tensor(handle.mean());
    }

    /** The mean over an axis, which disappears. */
    public Tensor mean(int axis) {
        return new Tensor(handle.mean(new long[] {axis}, false, new ScalarTypeOptional()));
    }

    /** The greatest value along an axis, which disappears. Its gradient is shared evenly by equal ones. */
    public Tensor max(int axis) {
        return new Tensor(handle.amax(new long[] {axis}, false));
    }

    /** Sums of all elements up to each place of an axis, itself included. */
    public Tensor cumulativeSum(int axis) {
        return new Tensor(handle.cumsum(axis));
    }

    /** The greatest values along an axis, greatest first. */
    public Tensor greatest(int count, int axis) {
        try (T_TensorTensor_T valuesAndPlaces = handle.topk(count, axis, true, true)) {
            return new Tensor(new org.bytedeco.pytorch.Tensor(valuesAndPlaces.get0()));
        }
    }

    /** The place of the greatest value along an axis (int64), which disappears. */
    public Tensor argmax(int axis) {
        return new Tensor(handle.argmax(new LongOptional(axis), false));
    }

    /** Exponentials that sum to 1 along an axis. */
    public Tensor softmax(int axis) {
        return new Tensor(handle.softmax(axis));
    }

    /** The logarithm of {@link #softmax}, without loss of digits. */
    public Tensor logSoftmax(int axis) {
        return new Tensor(handle.log_softmax((long) axis));
    }

    /** Whether every element is finite. */
    public boolean isFinite() {
        try (TensorScope scope = new TensorScope()) {
            return handle.isfinite().all().item_bool();
        }
    }

    // ---- layers

    /**
     * Two-dimensional convolution of B x C x H x W, with zero padding.
     *
     * @param weight out x in x kernel x kernel
     * @param bias   out numbers, or empty
     */
    public Tensor convolve(Tensor weight, Optional<Tensor> bias, int stride, int padding) {
        return convolve(weight, bias, stride, padding, 1);
    }

    /**
     * As {@link #convolve(Tensor, Optional, int, int)}, with a kernel whose taps are that many pixels apart.
     *
     * @param dilation 1 for a dense kernel
     */
    public Tensor convolve(Tensor weight, Optional<Tensor> bias, int stride, int padding, int dilation) {
        return new Tensor(torch.conv2d(handle, weight.handle, optional(bias), new long[] {stride, stride},
                new long[] {padding, padding}, new long[] {dilation, dilation}, 1));
    }

    /**
     * Batch normalisation over channels. In training it uses the batch's statistics and moves the running ones (in
     * place) towards them.
     */
    public Tensor normaliseBatch(Tensor weight, Tensor bias, Tensor runningMean, Tensor runningVariance,
            boolean training, double momentum, double epsilon) {
        return new Tensor(torch.batch_norm(handle, new TensorOptional(weight.handle), new TensorOptional(bias.handle),
                new TensorOptional(runningMean.handle), new TensorOptional(runningVariance.handle), training,
                momentum, epsilon, false));
    }

    /**
     * Normalisation of each of several equal groups of channels of B x C x H x W over the group and all positions;
     * as many groups as channels give instance normalisation.
     *
     * @param weight C numbers, or empty
     * @param bias   C numbers, or empty
     */
    public Tensor normaliseGroups(int groups, Optional<Tensor> weight, Optional<Tensor> bias, double epsilon) {
        return new Tensor(torch.group_norm(handle, groups, optional(weight), optional(bias), epsilon, false));
    }

    /** Batch normalisation as above, without weight and bias. */
    public Tensor normaliseBatch(Tensor runningMean, Tensor runningVariance, boolean training, double momentum,
            double epsilon) {
        return new Tensor(torch.batch_norm(handle, new TensorOptional(), new TensorOptional(),
                new TensorOptional(runningMean.handle), new TensorOptional(runningVariance.handle), training,
                momentum, epsilon, false));
    }

    public Tensor relu() {
        return new Tensor(torch.relu(handle));
    }

    /** x for x above 0, else exp(x) - 1. */
    public Tensor elu() {
        return new Tensor(torch.elu(handle));
    }

    /** x for x above 0, else weight * x; the weight has one element. */
    public Tensor prelu(Tensor weight) {
        return new Tensor(torch.prelu(handle, weight.handle));
    }

    /** log(1 + exp(x)). */
    public Tensor softplus() {
        return new Tensor(torch.softplus(handle));
    }

    public Tensor sigmoid() {
        return new Tensor(handle.sigmoid());
    }

    public Tensor maxPool(int kernel, int stride, int padding) {
        return new Tensor(torch.max_pool2d(handle, new long[] {kernel, kernel}, new long[] {stride, stride},
                new long[] {padding, padding}, new long[] {1, 1}, false));
    }

    /** Means over windows of B x C x H x W, without padding. */
    public Tensor averagePool(int kernel, int stride) {
        return new Tensor(torch.avg_pool2d(handle, new long[] {kernel, kernel}, new long[] {stride, stride},
                new long[] {0, 0}, false, true, new LongOptional()));
    }

    /** Bilinear resize of B x C x H x W. */
    public Tensor resizeBilinear(long height, long width, boolean cornersAligned) {
        return new Tensor(torch.upsample_bilinear2d(handle, new long[] {height, width}, cornersAligned));
    }

    /** Zero padding of the last two axes; negative numbers crop. */
    public Tensor pad(long left, long right, long top, long bottom) {
        return new Tensor(torch.constant_pad_nd(handle, left, right, top, bottom));
    }

    /** Padding of the last two axes of four by their mirrored values, the border itself not repeated. */
    public Tensor padReflecting(long left, long right, long top, long bottom) {
        return new Tensor(torch.reflection_pad2d(handle, left, right, top, bottom));
    }

    /** Padding of the last two axes of four by the values of their border. */
    public Tensor padRepeating(long left, long right, long top, long bottom) {
        return new Tensor(torch.replication_pad2d(handle, left, right, top, bottom));
    }

    /**
     * Bilinear samples of this B x C x H x W map at a B x M x N x 2 grid of normalised (x, y); zeros outside.
     *
     * @return B x C x M x N
     */
    public Tensor sample(Tensor grid, boolean cornersAligned) {
        return new Tensor(torch.grid_sampler(handle, grid.handle, 0, 0, cornersAligned));
    }

    /** As {@link #sample}, with the nearest border value outside. */
    public Tensor sampleBorder(Tensor grid, boolean cornersAligned) {
        return new Tensor(torch.grid_sampler(handle, grid.handle, 0, 1, cornersAligned));
    }

    // ---- in place, for the optimiser

    /** this = value. */
    public void assign(Tensor value) {
        handle.copy_(value.handle);
    }

    /** this = this * factor + other * weight. */
    public void scaleAndAdd(double factor, Tensor other, double weight) {
        handle.mul_(new Scalar(factor)).add_(other.handle, new Scalar(weight));
    }

    /** this = this * factor + a * b * weight. */
    public void scaleAndAddProduct(double factor, Tensor a, Tensor b, double weight) {
        handle.mul_(new Scalar(factor)).addcmul_(a.handle, b.handle, new Scalar(weight));
    }

    /** this = this + weight * numerator / denominator. */
    public void addQuotient(Tensor numerator, Tensor denominator, double weight) {
        handle.addcdiv_(numerator.handle, denominator.handle, new Scalar(weight));
    }

    @Override
    public String toString() {
        return "Tensor" + Arrays.toString(shape());
    }

    private org.bytedeco.pytorch.Tensor plain(ScalarType type) {
        return handle.detach().to(type).cpu().contiguous();
    }

    private static TensorOptional optional(Optional<Tensor> tensor) {
        return tensor.map(t -> new TensorOptional(t.handle)).orElseGet(TensorOptional::new);
    }

    private static TensorVector vector(Tensor... parts) {
        return new TensorVector(Arrays.stream(parts).map(t -> t.handle).toArray(org.bytedeco.pytorch.Tensor[]::new));
    }

    private static void requireCount(int count, long... shape) {
        long expected = Arrays.stream(shape).reduce(1, Math::multiplyExact);
        if (count != expected) {
            throw new IllegalArgumentException("shape " + Arrays.toString(shape) + " has " + expected
                    + " elements, got " + count);
        }
    }
}
