package org.tiepoint.evaluation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.tiepoint.dataset.DatasetException;
import org.tiepoint.interop.numpy.NumpyArray;

/**
 * An array of an index file, of objects or of numbers, by its first dimension. Nothing is believed about what the file
 * holds: whatever does not fit is an error that names the file, the array and the element.
 *
 * @param value a List or a NumpyArray
 */
record IndexArray(Path file, String name, Object value) {
    private static final int LONGEST_QUOTE = 80;

    /** The array of that name. */
    static IndexArray of(Path file, Map<String, Object> arrays, String name) throws DatasetException {
        Object value = arrays.get(name);
        if (value instanceof List || value instanceof NumpyArray array && array.shape().length > 0) {
            return new IndexArray(file, name, value);
        }
        throw new DatasetException(file, name, value == null ? "is missing, there are " + arrays.keySet()
                + "; give an index file" : "is no array; download the file again");
    }

    int count() {
        return value instanceof List<?> list ? list.size() : ((NumpyArray) value).shape()[0];
    }

    /** An element that is text. */
    String text(int index) throws DatasetException {
        if (element(index) instanceof String text) {
            return text;
        }
        throw error(index, "is no text; download the file again");
    }

    /** An element that is a matrix of so many finite numbers. */
    double[] numbers(int index, int count) throws DatasetException {
        double[] numbers = flat(index, element(index), count);
        if (numbers.length != count) {
            throw error(index, "holds " + numbers.length + " numbers, expected " + count
                    + "; download the file again");
        }
        for (double number : numbers) {
            if (!Double.isFinite(number)) {
                throw error(index, "holds " + number + ", a number must be finite; download the file again");
            }
        }
        return numbers;
    }

    /** The two indices that an element ((i, j), ...) begins with. */
    int[] pair(int index) throws DatasetException {
        if (element(index) instanceof List<?> info && !info.isEmpty()) {
            double[] indices = flat(index, info.get(0), 2);
            if (indices.length == 2 && indices[0] == (int) indices[0] && indices[1] == (int) indices[1]) {
                return new int[] {(int) indices[0], (int) indices[1]};
            }
        }
        throw error(index, "does not begin with two indices; download the file again");
    }

    private Object element(int index) throws DatasetException {
        if (index < 0 || index >= count()) {
            throw new DatasetException(file, name, "has " + count() + " elements, and element " + index
                    + " is asked for; download the file again");
        }
        return value instanceof List<?> list ? list.get(index) : new Row((NumpyArray) value, index);
    }

    /** A part of an array of numbers. */
    private record Row(NumpyArray array, int index) {
        double[] numbers() {
            int bytes = array.data().length / array.shape()[0];
            int count = bytes / array.type().bytes();
            return new NumpyArray(array.type(), new int[] {count}, Arrays.copyOfRange(array.data(), index * bytes,
                    (index + 1) * bytes)).toDoubles();
        }
    }

    /** The numbers in a value, a list of them, or a list of lists: at most a few more than wanted. */
    private double[] flat(int index, Object given, int wanted) throws DatasetException {
        if (given instanceof Row row) {
            return row.numbers();
        }
        if (given instanceof NumpyArray array) {
            return array.count() > 4 * wanted ? new double[0] : array.toDoubles();
        }
        List<Double> numbers = new ArrayList<>();
        if (given instanceof List<?> list && list.size() <= wanted) {
            for (Object row : list) {
                List<?> elements = row instanceof List<?> inner && inner.size() <= wanted ? inner : List.of(row);
                for (Object element : elements) {
                    if (!(element instanceof Number)) {
                        throw error(index, "holds something that is no number; download the file again");
                    }
                    numbers.add(((Number) element).doubleValue());
                }
            }
        }
        return numbers.stream().mapToDouble(Double::doubleValue).toArray();
    }

    DatasetException error(int index, String problem) {
        return new DatasetException(file, name + "[" + index + "]", problem);
    }

    /** A text for a message: in quotes, cut where it is long, without control characters. */
    static String quoted(String text) {
        String plain = text.replaceAll("\\p{Cntrl}", "?");
        return "'" + (plain.length() <= LONGEST_QUOTE ? plain : plain.substring(0, LONGEST_QUOTE) + "...") + "'";
    }
}
