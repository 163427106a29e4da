package org.tiepoint.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tiepoint.image.ImageSize;
import picocli.CommandLine.TypeConversionException;

/** Sizes, positions and intrinsics as a user writes them. */
class ArgumentFormsTest {
    @Test
    void readsASize() {
        assertEquals(new ImageSize(640, 480), new ImageSizeForm().convert("640x480"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"640", "640x", "0x480", "-640x480", "640x480x3", "640,480", "1000000x2", ""})
    void refusesOtherSizes(String text) {
        var thrown = assertThrows(TypeConversionException.class, () -> new ImageSizeForm().convert(text));
        assertTrue(thrown.getMessage().contains("'" + text + "'"), thrown.getMessage());
    }

    @Test
    void readsAPosition() {
        assertEquals(new PixelPosition(320, 240.5), new PixelPosition.Converter().convert("320, 240.5"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"320", "1,2,3", "a,b", "NaN,1", "1,Infinity", ""})
    void refusesOtherPositions(String text) {
        assertThrows(TypeConversionException.class, () -> new PixelPosition.Converter().convert(text));
    }

    @Test
    void oneSetOfIntrinsicsServesBothImages() {
        Intrinsics both = new Intrinsics.Converter().convert("525,526,319.5,239.5");
        assertEquals(List.of(525.0, 526.0, 319.5, 239.5), both.left());
        assertEquals(both.left(), both.right());
        assertEquals(600.0, new Intrinsics.Converter().convert("525,526,319,239;600,600,1,2").right().get(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0,525,1,1", "525,-1,1,1", "525,525,1", "1,1,1,1;1,1,1,1;1,1,1,1", "NaN,1,1,1", "1,1,1,1;"})
    void refusesOtherIntrinsics(String text) {
        assertThrows(TypeConversionException.class, () -> new Intrinsics.Converter().convert(text));
    }
}
