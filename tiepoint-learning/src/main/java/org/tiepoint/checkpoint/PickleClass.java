package org.tiepoint.checkpoint;

import java.util.HashMap;
import java.util.Map;

/** Everything that a pickle may name: the whole list, nothing is looked up elsewhere. */
enum PickleClass {
    ORDERED_DICT("collections OrderedDict"),
    SET("builtins set", "__builtin__ set", "builtins frozenset", "__builtin__ frozenset"),
    SIZE("torch Size"),
    REBUILD_TENSOR("torch._utils _rebuild_tensor_v2"),
    REBUILD_PARAMETER("torch._utils _rebuild_parameter"),
    DOUBLE_STORAGE(DType.F64, "torch DoubleStorage"),
    FLOAT_STORAGE(DType.F32, "torch FloatStorage"),
    HALF_STORAGE(DType.F16, "torch HalfStorage"),
    BFLOAT16_STORAGE(DType.BF16, "torch BFloat16Storage"),
    LONG_STORAGE(DType.I64, "torch LongStorage"),
    INT_STORAGE(DType.I32, "torch IntStorage"),
    SHORT_STORAGE(DType.I16, "torch ShortStorage"),
    CHAR_STORAGE(DType.I8, "torch CharStorage"),
    BYTE_STORAGE(DType.U8, "torch ByteStorage"),
    BOOL_STORAGE(DType.BOOL, "torch BoolStorage");

    private static final Map<String, PickleClass> BY_NAME = new HashMap<>();

    static {
        for (PickleClass c : values()) {
            for (String name : c.names) {
                BY_NAME.put(name, c);
            }
        }
    }

    private final DType dtype;
    private final String[] names;

    PickleClass(String... names) {
        this(null, names);
    }

    PickleClass(DType dtype, String... names) {
        this.dtype = dtype;
        this.names = names;
    }

    boolean isStorage() {
        return dtype != null;
    }

    /** The number format of a storage class. */
    DType dtype() {
        if (dtype == null) {
            throw new IllegalStateException(names[0] + " is no storage");
        }
        return dtype;
    }

    /** The class of that module and name, or null where it is refused. */
    static PickleClass find(String module, String name) {
        return BY_NAME.get(module + " " + name);
    }
}
