package org.tiepoint.checkpoint;

/**
 * A tensor as a pickle describes it, before its storage is read.
 *
 * @param storage where the numbers are
 * @param offset  element of the storage at which the tensor begins
 * @param shape   sizes
 * @param strides elements between neighbours of each dimension
 */
record TensorReference(StorageReference storage, long offset, long[] shape, long[] strides) {
    /**
     * A storage, or a part of one.
     *
     * @param dtype  number format
     * @param key    name of the storage in the file
     * @param count  elements of the whole storage
     * @param offset first element of the part
     * @param length elements of the part
     */
    record StorageReference(DType dtype, String key, long count, long offset, long length) {}

    boolean isContiguous() {
        long expected = 1;
        for (int i = shape.length - 1; i >= 0; i--) {
            if (shape[i] != 1 && strides[i] != expected) {
                return false;
            }
            expected *= shape[i];
        }
        return true;
    }
}
