package org.tiepoint.dataset.pairs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tiepoint.dataset.DatasetException;

class PairsFileTest {
    private static final List<NamePair> PAIRS = List.of(new NamePair("db/1.jpg", "query/ü.jpg"),
            new NamePair("b.png", "a.png"));

    @TempDir
    Path folder;

    @Test
    void whatIsWrittenIsReadBack() throws IOException {
        Path file = folder.resolve("pairs.txt");
        PairsFile.write(file, PAIRS);
        assertEquals("db/1.jpg query/ü.jpg\nb.png a.png\n", Files.readString(file));
        assertEquals(PAIRS, PairsFile.read(file));
    }

    @Test
    void errorsNameTheLine() throws IOException {
        assertRefused("a b\nc\n", "line 2", "needs two");
        assertRefused("a b\n\n#\nc c\n", "line 4", "itself");
        assertTrue(assertThrows(DatasetException.class, () -> PairsFile.read(folder.resolve("none.txt")))
                .getMessage().contains("none.txt: no such file"));
    }

    private void assertRefused(String text, String... parts) throws IOException {
        Path file = Files.writeString(folder.resolve("bad.txt"), text);
        String message = assertThrows(DatasetException.class, () -> PairsFile.read(file)).getMessage();
        for (String part : parts) {
            assertTrue(message.contains(part) && message.contains("bad.txt"), message);
        }
    }

    @Test
    void aNameThatTheFormCannotHoldIsRefusedAndNothingWritten() {
        Path file = folder.resolve("blank.txt");
        for (String name : List.of("my photo.jpg", "#1.jpg", "")) {
            assertThrows(DatasetException.class, () -> PairsFile.write(file, List.of(new NamePair("a.jpg", name))));
        }
        assertFalse(Files.exists(file));
    }

    @Test
    void mutatedFilesAreReadOrRefused() throws IOException {
        byte[] whole = "a/1.jpg b/2.jpg\n# note\nb/2.jpg c.png 0.5\n".getBytes(StandardCharsets.UTF_8);
        SplittableRandom random = new SplittableRandom(5);
        Path file = folder.resolve("mutated.txt");
        for (int i = 0; i < 10_000; i++) {
            byte[] bytes = Arrays.copyOf(whole, random.nextInt(whole.length + 1));
            for (int k = random.nextInt(5); k > 0 && bytes.length > 0; k--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            Files.deleteIfExists(file); // writing over a file waits for the disk
            Files.write(file, bytes);
            try {
                PairsFile.read(file).forEach(pair -> assertFalse(pair.first().isEmpty() || pair.second().isEmpty()));
            } catch (DatasetException e) {
                assertFalse(e.getMessage().contains("\n"), e.getMessage());
            }
        }
    }
}
