package org.tiepoint.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ProgressTest {
    @Test
    void durationsReadAsClocks() {
        assertEquals("0:07", Progress.duration(7));
        assertEquals("59:59", Progress.duration(3599));
        assertEquals("1:00:01", Progress.duration(3601));
    }
}
