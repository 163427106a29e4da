package org.tiepoint.graph;

/**
 * A side of an input or an output: a number that is fixed, or a name for one that each run chooses. Sides of one name
 * are equal.
 *
 * @param size at least 1; 0 where there is a name
 * @param name empty where there is a number
 */
public record Dimension(long size, String name) {
    public Dimension {
        if (name.isEmpty() == size < 1) {
            throw new IllegalArgumentException("a dimension of size " + size + " and name '" + name
                    + "': it has either a size of at least 1, or a name");
        }
    }

    public static Dimension of(long size) {
        return new Dimension(size, "");
    }

    public static Dimension named(String name) {
        return new Dimension(0, name);
    }

    ProtoMessage message() {
        ProtoMessage message = new ProtoMessage();
        return name.isEmpty() ? message.integer(OnnxFields.DIMENSION_VALUE, size)
                : message.text(OnnxFields.DIMENSION_NAME, name);
    }
}
