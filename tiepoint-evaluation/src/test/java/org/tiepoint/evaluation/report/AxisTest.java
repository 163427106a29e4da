package org.tiepoint.evaluation.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class AxisTest {
    @Test
    void endsAtARoundNumberAtOrAboveTheLargest() {
        assertEquals(1000, Axis.upTo("matches", 873).to());
        assertEquals(200, Axis.upTo("matches", 873).step());
        assertEquals(5, Axis.upTo("matches", 5).to());
        assertEquals(1, Axis.upTo("matches", 5).step());
        assertEquals(0, Axis.upTo("nothing", 0).share(0));
    }

    @Test
    void labelsMultiplesOfTheStep() {
        Axis axis = new Axis("stops", -4, 4, 2);
        assertEquals(List.of(-4.0, -2.0, 0.0, 2.0, 4.0), axis.ticks());
        assertEquals("\u22124", axis.format(-4));
        assertEquals(List.of("0.0", "0.2", "0.4", "0.6", "0.8", "1.0"),
                Axis.share("").ticks().stream().map(Axis.share("")::format).toList());
        assertEquals("1.25", new Axis("", 1, 4, 0.25).format(1.25));
    }

    @Test
    void refusesNothingToShow() {
        assertThrows(IllegalArgumentException.class, () -> new Axis("", 1, 1, 0.1));
        assertThrows(IllegalArgumentException.class, () -> new Axis("", 0, Double.NaN, 0.1));
    }
}
