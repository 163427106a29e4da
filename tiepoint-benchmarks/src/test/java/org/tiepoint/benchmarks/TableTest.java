package org.tiepoint.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableTest {
    private static final Results RESULTS = new Results("networks", "a machine", List.of(
            new Row("ours", "1.00 ms", "theirs: 2.00 ms", "0.50"), Row.alone("memory", "3 | 4 MB")), List.of("x: why"));

    @TempDir
    private Path folder;

    @Test
    void rowsThenMachineThenWhatIsMissing() {
        assertEquals("""
                | what | measured | compared with | ratio |
                |---|--:|---|--:|
                | ours | 1.00 ms | theirs: 2.00 ms | 0.50 |
                | memory | 3 \\| 4 MB |  |  |

                Measured on a machine.
                Left out: x: why.
                """, Table.markdown(List.of(RESULTS)));
    }

    @Test
    void takesThePlaceOfTheTableBefore() throws IOException {
        String document = "before\n" + Table.START + "\nold\n\nolder\n" + Table.END + "\nafter\n";
        String expected = "before\n" + Table.START + "\nnew\n" + Table.END + "\nafter\n";
        assertEquals(expected, Table.insert(document, "\nnew\n\n", "README.md"));
        assertEquals(expected, Table.insert(expected, "new", "README.md"));
    }

    @Test
    void aFileIsWrittenOnlyWhereItChanges() throws IOException {
        Path file = folder.resolve("README.md");
        Files.writeString(file, "é\r\n" + Table.START + Table.END);
        Table.insert(file, "| a |");
        assertEquals("é\r\n" + Table.START + "\n| a |\n" + Table.END, Files.readString(file));
        Files.setLastModifiedTime(file, FileTime.fromMillis(1000));
        Table.insert(file, "| a |");
        assertEquals(FileTime.fromMillis(1000), Files.getLastModifiedTime(file));
    }

    @Test
    void refusesADocumentWithoutItsPlace() {
        for (String document : List.of("", Table.START, Table.END + Table.START,
                Table.START + Table.END + Table.START + Table.END)) {
            IOException failure = assertThrows(IOException.class, () -> Table.insert(document, "new", "README.md"));
            assertTrue(failure.getMessage().startsWith("README.md: "), failure.getMessage());
        }
    }

    @Test
    void theReadmeHasThePlace() throws IOException {
        Path readme = Path.of("../README.md");
        String document = Files.readString(readme);
        assertTrue(Table.insert(document, "new", readme.toString()).contains("new"));
    }

    @Test
    void resultsComeBackInTheOrderOfTheGroups() throws IOException {
        Results startup = new Results("startup", "a machine", List.of(), List.of());
        startup.write(folder);
        RESULTS.write(folder);
        assertEquals(List.of(RESULTS, startup), Results.readAll(folder));
    }

    @Test
    void damagedOrMissingResultsAreNamed() throws IOException {
        IOException none = assertThrows(IOException.class, () -> Results.readAll(folder));
        assertTrue(none.getMessage().contains("has no results"), none.getMessage());
        Files.writeString(folder.resolve("kernels.json"), "{");
        IOException damaged = assertThrows(IOException.class, () -> Results.readAll(folder));
        assertTrue(damaged.getMessage().contains("kernels.json: is damaged"), damaged.getMessage());
    }
}
