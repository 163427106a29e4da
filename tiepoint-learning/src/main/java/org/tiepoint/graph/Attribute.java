package org.tiepoint.graph;

/** A constant that belongs to a node, such as the strides of a convolution. */
public final class Attribute {
    private final ProtoMessage message;

    private Attribute(String name, int type) {
        message = new ProtoMessage().text(OnnxFields.ATTRIBUTE_NAME, name).integer(OnnxFields.ATTRIBUTE_TYPE, type);
    }

    public static Attribute of(String name, long value) {
        Attribute attribute = new Attribute(name, OnnxFields.TYPE_INTEGER);
        attribute.message.integer(OnnxFields.ATTRIBUTE_INTEGER, value);
        return attribute;
    }

    public static Attribute of(String name, float value) {
        Attribute attribute = new Attribute(name, OnnxFields.TYPE_FLOAT);
        attribute.message.number(OnnxFields.ATTRIBUTE_FLOAT, value);
        return attribute;
    }

    public static Attribute of(String name, String value) {
        Attribute attribute = new Attribute(name, OnnxFields.TYPE_TEXT);
        attribute.message.text(OnnxFields.ATTRIBUTE_TEXT, value);
        return attribute;
    }

    /** A list of integers. */
    public static Attribute list(String name, long... values) {
        Attribute attribute = new Attribute(name, OnnxFields.TYPE_INTEGERS);
        for (long value : values) {
            attribute.message.integer(OnnxFields.ATTRIBUTE_INTEGERS, value);
        }
        return attribute;
    }

    ProtoMessage message() {
        return message;
    }
}
