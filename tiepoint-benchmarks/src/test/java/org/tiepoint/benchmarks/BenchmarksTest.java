package org.tiepoint.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class BenchmarksTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    private int run(String... arguments) {
        CommandLine line = Benchmarks.commandLine();
        return line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err, true)).execute(arguments);
    }

    @Test
    void theTableGoesIntoADocument() throws IOException {
        new Results("kernels", "a machine", List.of(Row.alone("what", "1 ms")), List.of()).write(folder);
        Path document = folder.resolve("README.md");
        Files.writeString(document, Table.START + "\n" + Table.END);
        assertEquals(0, run("table", "--results", folder.toString(), "--into", document.toString()));
        assertTrue(Files.readString(document).contains("| what | 1 ms |"));
        assertEquals(0, run("table", "--results", folder.toString()));
        assertTrue(out.toString().contains("| what | 1 ms |"));
    }

    @Test
    void failuresAreOneLine() {
        assertEquals(1, run("table", "--results", folder.toString()));
        assertEquals(1, err.toString().lines().count());
        assertTrue(err.toString().startsWith("tiepoint-benchmarks: " + folder), err.toString());
    }

    @Test
    void wrongUsageExitsWithTwo() {
        assertEquals(2, run());
        assertEquals(2, run("measure", "nothing"));
        assertEquals(2, run("measure", "--results", folder.toString(), "--photos", "5"));
        assertEquals(2, run("measure", "--results", folder.toString(), "--model", "compact-x=a.onnx"));
        assertEquals(2, run("measure", "--results", folder.toString(), "--model", "compact-s=missing.onnx"));
    }

    @Test
    void withoutAModelItsRowsAreLeftOut() throws IOException {
        Plan plan = new Plan(Map.of(), folder, folder, folder, new Rounds(1, 1, folder.resolve("log"),
                new PrintWriter(err)), 4, Optional.empty(), Optional.empty(), new PrintWriter(err));
        assertEquals(List.of("start of match: no compact-s was given"), Group.STARTUP.measure(plan).leftOut());
        assertEquals(List.of("throughput of extract: no compact-s was given"),
                Group.THROUGHPUT.measure(plan).leftOut());
        assertEquals(2, Group.ACCURACY.measure(plan).leftOut().size());
    }
}
