package org.tiepoint.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PnmDecoderTest {
    @Test
    void readsEveryKind() throws DamagedImageException {
        assertArrayEquals(grey(255, 0, 0, 255), decode("P1 2 2 0 1\n10"));
        assertArrayEquals(grey(0, 51, 102, 255), decode("P2\n# a comment\n2 2 5\n0 1 2 5"));
        assertArrayEquals(new int[] {1, 2, 3, 255, 0, 7}, decode("P3 2 1 255 1 2 3 255 0 7 "));
        assertArrayEquals(grey(0, 255, 0, 0, 0, 0, 0, 0, 255), decode("P4 9 1\n\u00bf\u0000"));
        assertArrayEquals(grey(9, 255), decode("P5 2 1 255\n\u0009\u00ff"));
        assertArrayEquals(new int[] {1, 2, 3}, decode("P6#c\n1 1 255 \u0001\u0002\u0003"));
    }

    @Test
    void scalesByTheMaximumValue() throws DamagedImageException {
        assertArrayEquals(grey(0, 128, 255), decode("P5 3 1 1023\n\0\0\u0002\u0000\u0003\u00ff"));
        assertArrayEquals(grey(255), decode("P2 1 1 15 99"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"P5 2 2 255\nabc", "P2 2 2 255 1 2 3", "P1 2 2 011", "P6 1 1 65535\nabcde", "P4 9 2\nabc"})
    void saysThatPixelsAreMissing(String file) {
        assertTrue(refusal(file).contains("cut short"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"P5 2 x 255\nabcd", "P2 1 1 255 a", "P1 1 1 2", "P5 1 1 65536\nab", "P5 1 1 0\na",
        "P5 0 1 255\n"})
    void saysWhatIsDamaged(String file) {
        assertTrue(refusal(file).contains("damaged"));
    }

    @Test
    void doesNotOverflow() {
        assertEquals(Integer.MAX_VALUE, assertDoesNotDecode("P5 99999999999999999999 1 255\n").width());
    }

    private static EncodedImage assertDoesNotDecode(String file) {
        try {
            return EncodedImage.parse(ImageFormat.PNM, TestImages.ascii(file));
        } catch (DamagedImageException e) {
            throw new AssertionError(e);
        }
    }

    private static String refusal(String file) {
        return assertThrows(DamagedImageException.class, () -> {
            EncodedImage.parse(ImageFormat.PNM, TestImages.ascii(file));
            decode(file);
        }).getMessage();
    }

    private static int[] decode(String file) throws DamagedImageException {
        byte[] rgb = new PnmDecoder(TestImages.ascii(file)).decode().rgb();
        return IntStream.range(0, rgb.length).map(i -> rgb[i] & 0xFF).toArray();
    }

    private static int[] grey(int... levels) {
        return IntStream.of(levels).flatMap(level -> IntStream.of(level, level, level)).toArray();
    }
}
