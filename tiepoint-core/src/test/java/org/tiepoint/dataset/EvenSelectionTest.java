package org.tiepoint.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class EvenSelectionTest {
    @Test
    void takesEqualDistancesFromTheFirstOn() {
        List<Integer> all = List.of(0, 1, 2, 3, 4, 5, 6);
        assertEquals(List.of(0, 2, 4), EvenSelection.of(all, 3));
        assertEquals(List.of(0), EvenSelection.of(all, 1));
        assertEquals(all, EvenSelection.of(all, 7));
        assertEquals(all, EvenSelection.of(all, 100));
        assertEquals(List.of(), EvenSelection.of(all, 0));
        assertEquals(List.of(), EvenSelection.of(List.of(), 3));
    }
}
