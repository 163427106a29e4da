package org.tiepoint.checkpoint;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes pickles opcode by opcode, also such as no pickler would. */
final class PickleBytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** Opcodes or raw text, one byte a character. */
    PickleBytes op(String latin) {
        out.writeBytes(latin.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    PickleBytes text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return op("X").littleEndian(utf8.length, 4).raw(utf8);
    }

    PickleBytes integer(int value) {
        return op("J").littleEndian(value, 4);
    }

    PickleBytes global(String module, String name) {
        return op("c" + module + "\n" + name + "\n");
    }

    PickleBytes raw(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    PickleBytes littleEndian(long value, int bytes) {
        byte[] all = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
        out.write(all, 0, bytes);
        return this;
    }

    PickleBytes repeat(String ops, int times) {
        return op(ops.repeat(times));
    }

    /** A tensor: tuples of sizes and strides are tuples of integers. */
    PickleBytes tensor(String storageClass, String key, int count, int offset, int[] shape, int[] strides) {
        global("torch._utils", "_rebuild_tensor_v2").op("((").text("storage").global("torch", storageClass);
        text(key).text("cpu").integer(count).op("tQ").integer(offset).tuple(shape).tuple(strides).op("\u0089");
        return global("collections", "OrderedDict").op(")RtR");
    }

    PickleBytes tuple(int... values) {
        op("(");
        for (int value : values) {
            integer(value);
        }
        return op("t");
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    /** A whole legacy file with one float storage for each key: object is the pickle without PROTO and STOP. */
    static byte[] legacy(byte[] object, String[] keys, float[][] storages) {
        PickleBytes file = new PickleBytes()
                .op("\u0080\u0002\u008a\n").raw(new byte[] {0x6c, (byte) 0xfc, (byte) 0x9c, 0x46, (byte) 0xf9, 0x20,
                    0x6a, (byte) 0xa8, 0x50, 0x19}).op(".")
                .op("\u0080\u0002M").littleEndian(1001, 2).op(".")
                .op("\u0080\u0002}(").text("little_endian").op("\u0088u.")
                .op("\u0080\u0002").raw(object).op(".")
                .op("\u0080\u0002](");
        for (String key : keys) {
            file.text(key);
        }
        file.op("e.");
        for (float[] storage : storages) {
            file.littleEndian(storage.length, 8);
            for (float value : storage) {
                file.littleEndian(Float.floatToIntBits(value), 4);
            }
        }
        return file.bytes();
    }
}
