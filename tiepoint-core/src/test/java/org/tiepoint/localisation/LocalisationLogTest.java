package org.tiepoint.localisation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tiepoint.dataset.DatasetException;

class LocalisationLogTest {
    private static final Map<String, String> SETTINGS = Map.of("method", "rootsift");
    private static final Localisation FOUND = new Localisation(Optional.of(TestViews.pose(3, new double[] {1, 2, 3})),
            90, 40, List.of("a.jpg", "b/c.jpg"));
    private static final Localisation LOST = new Localisation(Optional.empty(), 9, 4, List.of());

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = folder.resolve("log.jsonl");
        try (LocalisationLog log = LocalisationLog.open(file, SETTINGS)) {
            assertTrue(log.done().isEmpty());
            log.add("q 1.jpg", FOUND);
            log.add("q2.jpg", LOST);
        }
    }

    @Test
    void resultsAreReadBackToTheLastDigit() throws IOException {
        try (LocalisationLog log = LocalisationLog.open(file, SETTINGS)) {
            assertEquals(List.of("q 1.jpg", "q2.jpg"), List.copyOf(log.done().keySet()));
            assertEquals(LOST, log.done().get("q2.jpg"));
            Localisation found = log.done().get("q 1.jpg");
            assertArrayEquals(FOUND.pose().orElseThrow().rotation(), found.pose().orElseThrow().rotation());
            assertArrayEquals(FOUND.pose().orElseThrow().translation(), found.pose().orElseThrow().translation());
            assertEquals(FOUND.references(), found.references());
            assertEquals(List.of("q3.jpg"), LocalisationRun.left(List.of(query("q3.jpg"), query("q2.jpg")), log).stream()
                    .map(Query::name).toList());
        }
    }

    private static Query query(String name) {
        return new Query(name, Path.of(name), TestViews.CAMERA);
    }

    @Test
    void aLineThatWasCutIsDoneAgain() throws IOException {
        Files.writeString(file, "{\"name\":\"q3.jpg\",\"inl", StandardOpenOption.APPEND);
        try (LocalisationLog log = LocalisationLog.open(file, SETTINGS)) {
            assertEquals(2, log.done().size());
            log.add("q3.jpg", LOST);
        }
        try (LocalisationLog log = LocalisationLog.open(file, SETTINGS)) {
            assertEquals(3, log.done().size());
        }
    }

    @Test
    void otherSettingsAreRefused() {
        String message = assertThrows(DatasetException.class,
                () -> LocalisationLog.open(file, Map.of("method", "orb"))).getMessage();
        assertTrue(message.contains("made with method rootsift, not orb"), message);
    }

    @Test
    void mutatedLogsAreReadOrRefused() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        SplittableRandom random = new SplittableRandom(4);
        for (int i = 0; i < 3000; i++) {
            byte[] bytes = Arrays.copyOf(whole, 1 + random.nextInt(whole.length));
            for (int k = random.nextInt(3); k > 0; k--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            Files.deleteIfExists(file); // writing over a file waits for the disk
            Files.write(file, bytes);
            try {
                LocalisationLog.open(file, SETTINGS).close();
            } catch (DatasetException e) {
                assertFalse(e.getMessage().contains("\n"), e.getMessage());
            }
        }
    }
}
