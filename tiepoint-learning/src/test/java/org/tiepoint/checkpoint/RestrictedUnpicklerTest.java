package org.tiepoint.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RestrictedUnpicklerTest {
    private static final Path FILE = Path.of("evil.pth");

    /** What an attacker names, what the pickle library makes by default, and near misses of what is allowed. */
    @ParameterizedTest
    @CsvSource({
        "os, system", "posix, system", "nt, system", "subprocess, Popen", "subprocess, check_output",
        "builtins, eval", "builtins, exec", "builtins, getattr", "__builtin__, apply", "__builtin__, eval",
        "java.lang, Runtime", "java.lang.Runtime, getRuntime", "net.razorvine.pickle.objects, Reconstructor",
        "torch, load", "torch.serialization, load", "torch._utils, _rebuild_qtensor",
        "torch._utils, _import_dotted_name",
        "torch, ComplexFloatStorage", "torch, FloatStorage.__reduce__", "torch.storage, _load_from_bytes",
        "collections, defaultdict", "collections, OrderedDict.fromkeys", "collections OrderedDict, x",
        "numpy.core.multiarray, scalar", "numpy, dtype", "argparse, Namespace", "runpy, run_path",
        "__builtin__, complex", "builtins, complex", "array, array", "array, _array_reconstructor",
        "__builtin__, bytearray", "builtins, bytearray", "__builtin__, bytes", "datetime, datetime",
        "datetime, time", "datetime, date", "datetime, timedelta", "datetime, tzinfo", "pytz, _UTC", "pytz, _p",
        "pytz, timezone", "dateutil.tz, tzutc", "dateutil.tz, tzfile", "dateutil.zoneinfo, gettz",
        "decimal, Decimal", "copy_reg, _reconstructor", "copyreg, _reconstructor", "operator, attrgetter",
        "_codecs, encode", "exceptions, Exception", "builtins, ValueError", "Pyro4.errors, PyroError"})
    void refusesEveryOtherClass(String module, String name) {
        byte[] global = new PickleBytes().op("\u0080\u0002").global(module, name).op("(").text("id").op("tR.").bytes();
        byte[] stackGlobal = new PickleBytes().op("\u0080\u0004").text(module).text(name).op("\u0093.").bytes();
        byte[] instance = new PickleBytes().op("(i" + module + "\n" + name + "\n.").bytes();
        for (byte[] pickle : List.of(global, stackGlobal, instance)) {
            String message = refused(pickle);
            assertTrue(message.contains("refused: class " + module + "." + name + " is not allowed"), message);
            assertTrue(message.startsWith("evil.pth, data.pkl byte ") && message.contains("torch.save("), message);
        }
    }

    @Test
    void messagesCarryNoControlCharacters() {
        String message = refused(new PickleBytes().global("os\u001b[2J", "system\r").op(".").bytes());
        assertTrue(message.contains("class os?[2J.system? is not allowed"), message);
    }

    @Test
    void theLibrarysOwnClassesWouldBeMadeWithoutTheRestriction() throws Exception {
        byte[] pickle = new PickleBytes().global("decimal", "Decimal").op("(").text("1.5").op("tR.").bytes();
        assertEquals("java.math.BigDecimal",
                new net.razorvine.pickle.Unpickler().loads(pickle).getClass().getName());
        assertTrue(refused(pickle).contains("decimal.Decimal"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"I1\n.", "L1L\n.", "F1\n.", "S'a'\n.", "Va\n.", "N0.", "(1.", "N2.", "Pid\n.", "(o.",
        "p1\n.", "g1\n.", "ccollections\nOrderedDict\n)\u0081.", "ccollections\nOrderedDict\n)}\u0092.",
        "\u0082\u0001.", "\u0083\u0001\u0000.", "\u0084\u0001\u0000\u0000\u0000.",
        "\u0096\u0001\u0000\u0000\u0000\u0000\u0000\u0000\u0000a.",
        "\u0097.", "N\u0098.", "\u00ff.", "\u0000.", "(icollections\nOrderedDict\n.", "]}b.", "}Nb.",
        "ctorch\nFloatStorage\n)R.", "N)R.", "X\u0000\u0000\u0000\u0000)R."})
    void refusesOpcodesThatPyTorchDoesNotWrite(String pickle) {
        String message = refused(new PickleBytes().op(pickle).bytes());
        assertTrue(message.contains("refused: "), message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "N", "(", ".", "t.", "a.", "]a.", "Na.", "u.", "}N", "s.", "NNNs.", "}]Ns.", "}(]Nu.",
        "}(NNu.", "}(K\u0001u.",
        "\u0085.", "R.", "h\u0007.", "Q.", "NQ.", "(Xa", "\u0080\u0009.", "\u0093.", "NN\u0093.",
        "\u008f(]\u0090.", "(N", "]e.", "cos", "K", "J\u0001", "G1", "ccollections\nOrderedDict\n](NetR.",
        "ctorch._utils\n_rebuild_tensor_v2\n)R.", "ctorch._utils\n_rebuild_parameter\nN\u0085R.", "ctorch\nSize\n)R.",
        "ctorch\nSize\nNR.",
        "ccollections\nOrderedDict\n](](NNNee\u0085R."})
    void namesDamage(String pickle) {
        String message = refused(new PickleBytes().op(pickle).bytes());
        assertTrue(message.contains("damaged pickle: ") && !message.contains("null"), message);
    }

    @ParameterizedTest
    @CsvSource({"X, 4", "T, 4", "B, 4", "8d, 8", "8e, 8", "8b, 4"})
    void refusesLengthsBeyondTheEnd(String opcode, int bytes) {
        char code = (char) (opcode.length() == 1 ? opcode.charAt(0) : Integer.parseInt(opcode, 16));
        for (long length : new long[] {100, 0x7fffffff, 0xfffffff0L, Long.MAX_VALUE, -1}) {
            long field = bytes == 4 ? length & 0xffffffffL : length;
            String message = refused(new PickleBytes().op("" + code).littleEndian(field, bytes).op("abc.").bytes());
            assertTrue(message.contains("a length field says " + Long.toUnsignedString(field) + " bytes where 4")
                    || message.contains("an integer has " + field + " bytes"), message);
        }
    }

    @Test
    void refusesLongNamesAndIntegers() {
        assertTrue(refused(new PickleBytes().op("c").repeat("a", 100_000).bytes()).contains("longer than 256"));
        String integer = refused(new PickleBytes().op("\u008b").littleEndian(100_000, 4).repeat("a", 100_000).bytes());
        assertTrue(integer.contains("an integer has 100000 bytes"), integer);
    }

    @Test
    void boundsTheNumberOfOpcodes() {
        String message = refused(new PickleBytes().repeat("}", RestrictedUnpickler.MAX_OPCODES + 1).bytes());
        assertTrue(message.contains("more than " + RestrictedUnpickler.MAX_OPCODES + " opcodes"), message);
    }

    @Test
    void boundsCopiesOfOneList() {
        PickleBytes pickle = new PickleBytes().op("](").repeat("K\u0001", 50_000).op("e\u0085q\u0000")
                .op("c__builtin__\nset\nq\u0001").repeat("h\u0001h\u0000R", 1000).op(".");
        assertTrue(refused(pickle.bytes()).contains("opcodes and copied elements"));
    }

    @Test
    void boundsDepthAndCycles() {
        String deep = refused(new PickleBytes().repeat("]", 1_000_000).repeat("a", 999_999).op(".").bytes());
        assertTrue(deep.contains("nested deeper than 100"), deep);
        String tuples = refused(new PickleBytes().op(")").repeat("\u0085", 1_000_000).op(".").bytes());
        assertTrue(tuples.contains("nested deeper than 100"), tuples);
        String cycle = refused(new PickleBytes().op("]q\u0000h\u0000a.").bytes());
        assertTrue(cycle.contains("contains itself"), cycle);
        String cyclicKey = refused(new PickleBytes().op("}q\u0000h\u0000Ns.").bytes());
        assertTrue(cyclicKey.contains("no string, number or truth value"), cyclicKey);
        // every list was finished before it is used, so no walk meets more than two levels at once
        PickleBytes chain = new PickleBytes().op("]q\u0000(N");
        for (int i = 0; i < 200; i++) {
            chain.op("]q\u0001").op(i == 0 ? "Na" : "h\u0002a").op("q\u0002");
        }
        String shared = refused(chain.op("e.").bytes());
        assertTrue(shared.contains("nested deeper than 100"), shared);
    }

    @Test
    void boundsWhatRepeatedUseUnfoldsTo() {
        PickleBytes doubling = new PickleBytes().op("]");
        for (int i = 0; i < 60; i++) {
            doubling.op("q\u0000h\u0000\u0086");
        }
        String message = refused(doubling.op(".").bytes());
        assertTrue(message.contains("used repeatedly"), message);
    }

    @Test
    void readsContainersNumbersAndStrings() throws CheckpointException {
        byte[] pickle = new PickleBytes().op("\u0080\u0004\u0095").littleEndian(99, 8).op("}(").text("none").op("N")
                .text("list").op("](K\u0007M\u0001\u0001\u008a\u0001\u00ffe").text("half").op("G?\u00e0")
                .raw(new byte[6]).text("tuple").op("\u0088\u0089\u0086").text("set").op("\u008f(K\u0001K\u0001\u0090")
                .text("bytes").op("C\u0002ab").text("old").op("U\u0002\u00e9a").text("big")
                .op("\u008b").littleEndian(9, 4).raw(new byte[8]).op("\u0001").text("size")
                .op("ctorch\nSize\n(K\u0002K\u0003t\u0085R").integer(-5).op("c__builtin__\nfrozenset\n](K\u0009e\u0085Ru.")
                .bytes();
        Map<?, ?> map = (Map<?, ?>) load(pickle);
        assertEquals(Optional.empty(), map.get("none"));
        assertEquals(List.of(7L, 257L, -1L), map.get("list"));
        assertEquals(0.5, map.get("half"));
        assertEquals(List.of(true, false), map.get("tuple"));
        assertEquals(List.of(1L), map.get("set"));
        assertArrayEquals(new byte[] {'a', 'b'}, ((StoredTensor) map.get("bytes")).data());
        assertEquals("\u00e9a", map.get("old"));
        assertEquals(BigInteger.ONE.shiftLeft(64), map.get("big"));
        assertEquals(List.of(2L, 3L), map.get("size"));
        assertEquals(List.of(9L), map.get(-5L));
        assertEquals(List.of("none", "list", "half", "tuple", "set", "bytes", "old", "big", "size", -5L),
                List.copyOf(map.keySet()));
        assertThrows(UnsupportedOperationException.class, map::clear);
    }

    @Test
    void readsOrderedDictionariesWithAttributes() throws CheckpointException {
        byte[] pickle = new PickleBytes().global("collections", "OrderedDict").op("](](").text("a").op("K\u0001eN")
                .op("e").bytes();
        assertTrue(refused(pickle).contains("damaged"));
        byte[] python2 = new PickleBytes().global("collections", "OrderedDict").op("](](").text("a").op("K\u0001ee")
                .op("\u0085R}").text("_metadata").op("}sb.").bytes();
        assertEquals(Map.of("a", 1L), load(python2));
    }

    /** Random opcodes, weighted to those that are understood, so that many of them get far. */
    @Test
    void randomOpcodesGiveOnlyCheckpointExceptions() {
        String[] pieces = {"(", ".", "K\u0001", "N", "\u0088", "]", "}", ")", "a", "e", "s", "u", "t", "\u0085",
            "\u0086", "\u0087", "q\u0000", "h\u0000", "q\u0001", "h\u0001", "R", "b", "Q", "l", "d", "\u0094",
            "\u008f", "\u0090", "\u0091", "\u0093", "J\u00ff\u00ff\u00ff\u007f", "r\u00ff\u00ff\u00ff\u00ff",
            "X\u0007\u0000\u0000\u0000storage", "X\u0001\u0000\u0000\u00000", "ccollections\nOrderedDict\n",
            "ctorch._utils\n_rebuild_tensor_v2\n", "ctorch._utils\n_rebuild_parameter\n",
            "ctorch\nFloatStorage\n", "ctorch\nSize\n", "c__builtin__\nset\n"};
        Random random = new Random(11);
        int read = 0;
        for (int i = 0; i < 10_000; i++) {
            PickleBytes pickle = new PickleBytes();
            for (int n = random.nextInt(30); n > 0; n--) {
                pickle.op(pieces[random.nextInt(pieces.length)]);
            }
            try {
                load(pickle.op(".").bytes());
                read++;
            } catch (CheckpointException e) {
                assertTrue(e.getMessage().startsWith("evil.pth"), e.getMessage());
            }
        }
        assertTrue(read > 100, read + " were read");
    }

    private static String refused(byte[] pickle) {
        return assertThrows(CheckpointException.class, () -> load(pickle)).getMessage();
    }

    private static Object load(byte[] pickle) throws CheckpointException {
        Object raw = new RestrictedUnpickler(FILE, "data.pkl")
                .load(new PickleInput(new ByteArrayInputStream(pickle), pickle.length));
        return new PickleTree(FILE, reference -> new StoredTensor(DType.F32, new long[] {0}, new byte[0]))
                .convert(raw);
    }
}
