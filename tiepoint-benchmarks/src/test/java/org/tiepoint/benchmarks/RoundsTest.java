package org.tiepoint.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class RoundsTest {
    @Test
    void theRatioIsTheMedianOfTheRounds() {
        Rounds.Timed ours = new Rounds.Timed("ours", List.of(1.0, 20.0, 3.0));
        Rounds.Timed other = new Rounds.Timed("other", List.of(2.0, 10.0, 4.0));
        assertEquals(3, ours.median());
        assertEquals(0.75, ours.ratioTo(other));
        assertEquals(2.5, Rounds.Timed.median(List.of(4.0, 1.0, 2.0, 3.0)));
    }

    @Test
    void rowsShowTimesAndRatio() {
        Row row = Row.beside("what", new Rounds.Timed("ours", List.of(12.34)), new Rounds.Timed("other",
                List.of(123.4)));
        assertEquals(new Row("what", "12.3 ms", "other: 123 ms", "0.10"), row);
    }
}
