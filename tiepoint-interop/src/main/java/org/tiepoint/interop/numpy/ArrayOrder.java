package org.tiepoint.interop.numpy;

/** Turns the elements of arrays into the order that {@link NumpyArray} has. */
final class ArrayOrder {
    private ArrayOrder() {}

    /**
     * An array of elements in any order.
     *
     * @param data shared where nothing has to be turned, else left as it is
     */
    static NumpyArray littleEndianRows(NumpyType type, int[] shape, byte[] data, boolean bigEndian, boolean columns) {
        int size = type.bytes();
        byte[] swapped = bigEndian && size > 1 ? swap(data.clone(), size) : data;
        return new NumpyArray(type, shape, columns && shape.length > 1 ? toRowMajor(swapped, size, shape) : swapped);
    }

    private static byte[] swap(byte[] data, int size) {
        for (int i = 0; i < data.length; i += size) {
            for (int a = i, b = i + size - 1; a < b; a++, b--) {
                byte kept = data[a];
                data[a] = data[b];
                data[b] = kept;
            }
        }
        return data;
    }

    private static byte[] toRowMajor(byte[] columns, int size, int[] shape) {
        byte[] rows = new byte[columns.length];
        int[] index = new int[shape.length];
        for (int to = 0; to < rows.length; to += size) {
            int from = 0;
            for (int d = shape.length - 1; d >= 0; d--) {
                from = from * shape[d] + index[d];
            }
            System.arraycopy(columns, from * size, rows, to, size);
            for (int d = shape.length - 1; d >= 0 && ++index[d] == shape[d]; d--) {
                index[d] = 0;
            }
        }
        return rows;
    }
}
