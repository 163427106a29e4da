package org.tiepoint.checkpoint;

import java.util.Arrays;

/** Makes contiguous tensors of storages. */
abstract class StorageReader implements PickleTree.TensorSource {
    /** Copies of views may take a few times the file's size (tied weights); a stride of 0 could ask for anything. */
    private static final long FREE_COPIES = 64L << 20;
    private long copyBudget;

    /** @param fileBytes size of the file */
    StorageReader(long fileBytes) {
        copyBudget = FREE_COPIES + 4 * fileBytes;
    }

    /**
     * The whole storage, little-endian; the same array for the same key.
     *
     * @throws CheckpointException where the file has no such storage, or one of another size
     */
    abstract byte[] storage(TensorReference.StorageReference reference) throws CheckpointException;

    @Override
    public StoredTensor read(TensorReference reference) throws CheckpointException {
        TensorReference.StorageReference part = reference.storage();
        DType dtype = part.dtype();
        byte[] whole = storage(part);
        long available = whole.length / dtype.bytes();
        if (part.offset() < 0 || part.length() < 0 || part.length() > available - part.offset()) {
            throw new IllegalArgumentException("a view leaves its storage " + part.key());
        }
        long count;
        long last = reference.offset();
        try {
            count = StoredTensor.count(reference.shape());
            for (int i = 0; i < reference.shape().length; i++) {
                if (reference.strides()[i] < 0) {
                    throw new IllegalArgumentException("a tensor has a negative stride");
                }
                long steps = Math.max(0, reference.shape()[i] - 1);
                last = Math.addExact(last, Math.multiplyExact(steps, reference.strides()[i]));
            }
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("a tensor's shape leaves 64 bits", e);
        }
        if (reference.offset() < 0 || count > 0 && last >= part.length()) {
            throw new IllegalArgumentException("a tensor of shape " + Arrays.toString(reference.shape())
                    + " leaves its storage " + part.key() + " of " + part.length() + " elements");
        }
        boolean all = count == available && part.offset() + reference.offset() == 0 && reference.isContiguous();
        return new StoredTensor(dtype, reference.shape(), all ? whole : copy(reference, whole, count));
    }

    private byte[] copy(TensorReference reference, byte[] whole, long count) {
        int bytes = reference.storage().dtype().bytes();
        if (count > (Integer.MAX_VALUE - 8) / bytes || count * bytes > copyBudget) {
            throw new IllegalArgumentException("a view of shape " + Arrays.toString(reference.shape())
                    + " is too large for the file that it is in");
        }
        copyBudget -= count * bytes;
        byte[] result = new byte[(int) count * bytes];
        int start = (int) (reference.storage().offset() + reference.offset());
        if (reference.isContiguous()) {
            System.arraycopy(whole, count == 0 ? 0 : start * bytes, result, 0, result.length);
            return result;
        }
        long[] shape = reference.shape();
        long[] index = new long[shape.length];
        int from = start;
        for (int to = 0; to < result.length; to += bytes) {
            System.arraycopy(whole, from * bytes, result, to, bytes);
            for (int d = shape.length - 1; d >= 0; d--) {
                from += (int) reference.strides()[d];
                if (++index[d] < shape[d]) {
                    break;
                }
                from -= (int) (shape[d] * reference.strides()[d]);
                index[d] = 0;
            }
        }
        return result;
    }

    /** Turns big-endian elements around in place. */
    static void swap(byte[] data, int elementBytes) {
        for (int i = 0; i + elementBytes <= data.length; i += elementBytes) {
            for (int a = i, b = i + elementBytes - 1; a < b; a++, b--) {
                byte kept = data[a];
                data[a] = data[b];
                data[b] = kept;
            }
        }
    }
}
