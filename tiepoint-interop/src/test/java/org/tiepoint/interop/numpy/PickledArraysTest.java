package org.tiepoint.interop.numpy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tiepoint.dataset.DatasetException;

class PickledArraysTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 5})
    void readsWhatPythonWrites(int protocol) throws IOException {
        Map<?, ?> map = (Map<?, ?>) PickledArrays.read(resource("protocol" + protocol + ".pkl"));
        assertEquals(List.of("a", "b\u00e9"), map.get("imlist"));
        assertEquals(BigInteger.ONE.shiftLeft(70), map.get("big"));
        assertEquals(-5L, map.get("neg"));
        assertEquals(Optional.empty(), map.get("none"));
        assertEquals(List.of(1L, List.of(2L, 3.0)), map.get("t"));
        assertEquals(true, map.get("true"));
        assertArrayEquals(new byte[] {0, -1, 'x'}, (byte[]) map.get("by"));
        Map<?, ?> truth = (Map<?, ?>) ((List<?>) map.get("gnd")).get(0);
        assertArrayEquals(new long[] {1, 2, 3}, ((NumpyArray) truth.get("easy")).toLongs());
        assertEquals(0, ((NumpyArray) truth.get("hard")).count());
        assertArrayEquals(new float[] {1.5f, 2, 3, 4}, ((NumpyArray) truth.get("bbx")).toFloats());
        assertEquals(List.of(7L, 2.5), truth.get("junk"));
        assertArrayEquals(new float[] {0, 1, 2, 3, 4, 5}, ((NumpyArray) map.get("f2")).toFloats());
        List<?> objects = (List<?>) map.get("o");
        assertEquals(List.of(0L, 1L), objects.get(0));
        assertEquals(Optional.empty(), objects.get(1));
        assertArrayEquals(new double[] {1, 1}, ((NumpyArray) objects.get(2)).toDoubles());
        assertEquals(List.of("x", "yy"), map.get("s"));
        assertEquals(Map.of("a", 1L), map.get("od"));
        assertArrayEquals(new float[] {0.5f}, ((NumpyArray) map.get("h")).toFloats());
        assertArrayEquals(new long[] {1, 0}, ((NumpyArray) map.get("b")).toLongs());
    }

    @Test
    void readsArraysOfObjectsInNpzFiles() throws IOException {
        Path file = resource("objects.npz");
        Map<String, Object> arrays = NpzReader.readObjects(file);
        List<?> second = (List<?>) ((List<?>) arrays.get("pair_infos")).get(1);
        assertEquals(List.of(List.of(1L, 2L), 0.25, Optional.empty()), second);
        assertEquals("[3]", java.util.Arrays.toString(assertInstanceOf(NumpyArray.class, arrays.get("x")).shape()));
        assertEquals(List.of("a/b.jpg", Optional.empty()), arrays.get("paths"));
        assertTrue(assertThrows(DatasetException.class, () -> NpzReader.read(file)).getMessage().contains("type 'O'"));
    }

    @ParameterizedTest
    @CsvSource({"os, system", "posix, system", "builtins, eval", "builtins, getattr", "numpy, load", "numpy.core, x",
        "subprocess, Popen", "torch._utils, _rebuild_tensor_v2", "java.lang, Runtime", "copyreg, _reconstructor"})
    void refusesEveryOtherClass(String module, String name) throws IOException {
        for (String pickle : List.of("c" + module + "\n" + name + "\n(VS\ntR.",
                "V" + module + "\nV" + name + "\n\u0093)R.")) {
            String message = refused(pickle);
            assertTrue(message.contains("names " + module + "." + name + ", which is refused"), message);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "(.", "a.", "]a.", "N", "h\u0007.", "R.", "NNR.", "}Ns.", "}]Ns.", "}(NNu.", "t.",
        "X\u00ff\u00ff\u00ff\u007fabc.", "\u008d\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0080.", "I1", "Ix\n.", "Fx\n.", "Sx\n.",
        "cnumpy\ndtype\n.", "cnumpy\ndtype\n]R.", "cnumpy\ndtype\n(Vx\ntR.", "(i\n.", "Pid\n.", "NQ.",
        "cnumpy\ndtype\n(Vf4\ntR.", "](cnumpy\ndtype\ne.", "\u0082\u0001.", "}q\u0000h\u0000Ns.",
        "cnumpy.core.multiarray\n_reconstruct\n)R.", "cnumpy.core.multiarray\n_reconstruct\n)R(NNNNtb.",
        "cnumpy.core.multiarray\n_reconstruct\n)R((I99999\nI99999\nI99999\ntcnumpy\ndtype\n(Vf4\ntRI00\nC\u0000tb.",
        "cnumpy.core.multiarray\n_reconstruct\n)R((I2000000000\nI0\ntcnumpy\ndtype\n(VS0\ntRI00\nC\u0004abcdtb."})
    void namesDamage(String pickle) throws IOException {
        String message = refused(pickle);
        assertTrue(message.matches(".*bad.pkl, byte \\d+: (is a damaged pickle: it|is no pickle).*"), message);
    }

    /** Doubled sixty times; a list in itself. */
    @Test
    void sharedAndCyclicValuesTakeNoMemory() throws IOException {
        StringBuilder doubling = new StringBuilder(")");
        for (int i = 0; i < 60; i++) {
            doubling.append("q\u0000h\u0000\u0086");
        }
        Files.write(folder.resolve("bad.pkl"), (doubling + ".").getBytes(StandardCharsets.ISO_8859_1));
        assertEquals(2, ((List<?>) PickledArrays.read(folder.resolve("bad.pkl"))).size());
        Files.write(folder.resolve("bad.pkl"), "]q\u0000h\u0000a.".getBytes(StandardCharsets.ISO_8859_1));
        assertEquals(1, ((List<?>) PickledArrays.read(folder.resolve("bad.pkl"))).size());
        String array = "cnumpy.core.multiarray\n_reconstruct\n)R((K\u0064tcnumpy\ndtype\n(Vu1\ntRI00\nh\u0007tb0";
        String message = refused("C\u0064" + "x".repeat(100) + "q\u00070" + array.repeat(100) + ".");
        assertTrue(message.contains("uses the same numbers in many arrays") || message.contains("damaged"), message);
    }

    private String refused(String pickle) throws IOException {
        Path file = Files.write(folder.resolve("bad.pkl"), pickle.getBytes(StandardCharsets.ISO_8859_1));
        return assertThrows(DatasetException.class, () -> PickledArrays.read(file)).getMessage();
    }

    /** Made by Python's pickle and numpy's savez. */
    private Path resource(String name) throws IOException {
        try (InputStream in = PickledArraysTest.class.getResourceAsStream(name + ".base64")) {
            return Files.write(folder.resolve(name), Base64.getMimeDecoder().decode(in.readAllBytes()));
        }
    }
}
