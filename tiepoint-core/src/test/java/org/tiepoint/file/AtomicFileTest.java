package org.tiepoint.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
    @TempDir
    Path folder;

    @Test
    void writesAndReplaces() throws IOException {
        Path target = folder.resolve("a.bin");
        AtomicFile.write(target, out -> out.write(bytes("one")));
        AtomicFile.write(target, out -> out.write(bytes("two")));
        assertEquals("two", Files.readString(target));
        assertEquals(List.of("a.bin"), names());
    }

    @Test
    void keepsTheOldFileWhenTheDiskIsFull() throws IOException {
        Path target = folder.resolve("a.bin");
        AtomicFile.write(target, out -> out.write(bytes("old")));
        IOException e = assertThrows(IOException.class, () -> AtomicFile.write(target, out -> {
            out.write(new byte[100_000]);
            throw new IOException("No space left on device");
        }));
        assertEquals("cannot write " + target + ": No space left on device; the file that was there is unchanged",
                e.getMessage());
        assertEquals("old", Files.readString(target));
        assertEquals(List.of("a.bin"), names());
    }

    @Test
    void leavesNothingWhenTheContentThrows() throws IOException {
        assertThrows(IllegalStateException.class, () -> AtomicFile.write(folder.resolve("a.bin"), out -> {
            throw new IllegalStateException();
        }));
        assertEquals(List.of(), names());
    }

    @Test
    void removesWhatAKilledProcessLeft() throws IOException {
        Files.writeString(folder.resolve(".a.bin.2147483646-1.tmp"), "half");
        Files.writeString(folder.resolve(".b.bin.2147483646-1.tmp"), "another target's");
        long alive = ProcessHandle.current().pid();
        Files.writeString(folder.resolve(".a.bin." + alive + "-999999.tmp"), "being written");
        AtomicFile.write(folder.resolve("a.bin"), out -> out.write(1));
        assertEquals(Stream.of(".a.bin." + alive + "-999999.tmp", ".b.bin.2147483646-1.tmp", "a.bin").sorted().toList(),
                names());
    }

    @Test
    void namesTheMissingFolder() {
        Path target = folder.resolve("none").resolve("a.bin");
        IOException e = assertThrows(IOException.class, () -> AtomicFile.write(target, out -> out.write(1)));
        assertTrue(e.getMessage().startsWith("cannot write " + target + ": there is no folder"), e.getMessage());
        IOException isFolder = assertThrows(IOException.class, () -> AtomicFile.write(folder, out -> out.write(1)));
        assertTrue(isFolder.getMessage().contains("is a folder"), isFolder.getMessage());
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
