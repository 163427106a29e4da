package org.tiepoint.interop.tensorboard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventWriterTest {
    @TempDir
    Path folder;

    @Test
    void beginsWithTheFileVersion() throws IOException {
        Clock clock = Clock.fixed(Instant.ofEpochSecond(1_700_000_000, 250_000_000), ZoneOffset.UTC);
        Path runs = folder.resolve("runs").resolve("a");
        try (EventWriter writer = EventWriter.open(runs, clock)) {
            assertTrue(writer.file().getFileName().toString().matches(
                    "events\\.out\\.tfevents\\.1700000000\\.[^.]+\\.\\d+\\.\\d+"), writer.file().toString());
            Map<Integer, Object> first = EventReader.read(writer.file()).get(0);
            assertEquals(1_700_000_000.25, Double.longBitsToDouble((Long) first.get(1)));
            assertEquals("brain.Event:2", text(first.get(3)));
            assertEquals(2, first.size());
        }
    }

    @Test
    void framesLikeTensorFlow() {
        byte[] record = TensorFlowRecord.frame("brain".getBytes(StandardCharsets.US_ASCII)).array();
        assertEquals(21, record.length);
        assertEquals(5, record[0]);
        // RFC 3720, B.4: CRC-32C of 32 zero bytes is 8a9136aa
        assertEquals(Integer.rotateRight(0x8a9136aa, 15) + 0xa282ead8,
                TensorFlowRecord.maskedChecksum(new byte[32], 32));
    }

    @Test
    void writesScalars() throws IOException {
        double[] values = {0.5, Double.NaN, Double.POSITIVE_INFINITY, -1e-3};
        try (EventWriter writer = EventWriter.open(folder)) {
            for (int i = 0; i < values.length; i++) {
                writer.scalar("loss/total", 3_000_000_000L * i, values[i]);
            }
            List<Map<Integer, Object>> events = EventReader.read(writer.file());
            assertEquals(values.length + 1, events.size());
            for (int i = 0; i < values.length; i++) {
                assertEquals(i == 0 ? null : (Object) (3_000_000_000L * i), events.get(i + 1).get(2));
                Map<Integer, Object> value = value(events.get(i + 1));
                assertEquals("loss/total", text(value.get(1)));
                assertEquals((float) values[i], Float.intBitsToFloat((Integer) value.get(2)));
                assertEquals(2, value.size());
            }
        }
    }

    @Test
    void writesImages() throws IOException {
        byte[] png = {1, 2, 3};
        try (EventWriter writer = EventWriter.open(folder)) {
            writer.image("epipolar", 7, png, 640, 480);
            Map<Integer, Object> event = EventReader.read(writer.file()).get(1);
            assertEquals(7L, event.get(2));
            Map<Integer, Object> value = value(event);
            assertEquals("epipolar", text(value.get(1)));
            Map<Integer, Object> image = EventReader.fields((byte[]) value.get(4));
            assertEquals(480L, image.get(1));
            assertEquals(640L, image.get(2));
            assertEquals(3L, image.get(3));
            assertArrayEquals(png, (byte[]) image.get(4));
            assertThrows(IllegalArgumentException.class, () -> writer.image("a", 1, png, 0, 1));
        }
    }

    @Test
    void resumesInANewFile() throws IOException {
        Path first;
        byte[] before;
        try (EventWriter writer = EventWriter.open(folder)) {
            writer.scalar("loss", 1, 1);
            first = writer.file();
            before = Files.readAllBytes(first);
        }
        try (EventWriter writer = EventWriter.resume(folder, 40)) {
            assertNotEquals(first, writer.file());
            List<Map<Integer, Object>> events = EventReader.read(writer.file());
            assertEquals("brain.Event:2", text(events.get(0).get(3)));
            assertEquals(40L, events.get(1).get(2));
            assertEquals(Map.of(1, 1L), EventReader.fields((byte[]) events.get(1).get(7)));
            assertNull(events.get(1).get(5));
        }
        assertArrayEquals(before, Files.readAllBytes(first));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(2, files.count());
        }
    }

    @Test
    void threadsDoNotMixRecords() throws Exception {
        try (EventWriter writer = EventWriter.open(folder)) {
            List<Thread> threads = new ArrayList<>();
            List<IOException> failures = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                Thread thread = new Thread(() -> {
                    try {
                        for (int i = 1; i <= 100; i++) {
                            writer.scalar("loss", i, i);
                        }
                    } catch (IOException e) {
                        failures.add(e);
                    }
                });
                thread.start();
                threads.add(thread);
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertEquals(List.of(), failures);
            assertEquals(401, EventReader.read(writer.file()).size());
        }
    }

    @Test
    void namesTheFileThatCannotBeWritten() throws IOException {
        EventWriter writer = EventWriter.open(folder);
        writer.close();
        IOException e = assertThrows(IOException.class, () -> writer.scalar("loss", 1, 1));
        assertTrue(e.getMessage().startsWith("cannot write " + writer.file() + ": "), e.getMessage());
    }

    private static Map<Integer, Object> value(Map<Integer, Object> event) throws IOException {
        return EventReader.fields((byte[]) EventReader.fields((byte[]) event.get(5)).get(1));
    }

    private static String text(Object bytes) {
        return new String((byte[]) bytes, StandardCharsets.UTF_8);
    }
}
