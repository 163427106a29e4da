package org.tiepoint.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ProgressTest {
    @Test
    void durationsReadAsClocks() {
        assertEquals("0:07", Progress.duration(7));
        assertEquals("59:59", Progress.duration(3599));
        assertEquals("1:00:01", Progress.duration(3601));
    }

    @Test
    void timeLeftFollowsFromTheFreshStepsAndTheLimit() {
        try (Progress progress = Progress.start("train", 100, "steps", new PrintWriter(new StringWriter()))) {
            progress.skip(40);
            assertEquals("train: 40 of 100 steps, 0:03 gone", progress.line(3));
            progress.advanceTo(50, "loss 0.5");
            assertEquals("train: 50 of 100 steps, 0:10 gone, 0:50 left, loss 0.5", progress.line(10));
        }
        try (Progress limited = Progress.start("train", 100, "steps", 30, new PrintWriter(new StringWriter()))) {
            limited.advanceTo(1);
            assertEquals("train: 1 of 100 steps, 0:10 gone, 0:20 left", limited.line(10));
        }
    }

    @Test
    void notesAreLines() {
        StringWriter text = new StringWriter();
        try (Progress progress = Progress.start("extract", 2, "images", new PrintWriter(text))) {
            progress.note("a.png is damaged");
            progress.step();
        }
        assertTrue(text.toString().startsWith("a.png is damaged"), text.toString());
    }
}
