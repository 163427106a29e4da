package org.tiepoint.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The help texts to the letter: src/test/resources/org/tiepoint/cli/help holds one file a command. */
class HelpTest {
    static Stream<String> commands() {
        return Stream.concat(Stream.of("tiepoint"), Tiepoint.commandLine().getSubcommands().keySet().stream());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void helpIsTheReviewedText(String command) throws IOException {
        CommandRun run = command.equals("tiepoint") ? CommandRun.of("--help") : CommandRun.of(command, "--help");
        assertEquals(0, run.exitCode());
        assertEquals("", run.err());
        Path actual = Path.of("target", "help", command + ".txt");
        Files.createDirectories(actual.getParent());
        Files.writeString(actual, run.out());
        assertEquals(expected(command), run.out(), "compare with " + actual.toAbsolutePath()
                + ", and copy it to src/test/resources/org/tiepoint/cli/help where the new text is meant");
    }

    private static String expected(String command) throws IOException {
        try (InputStream in = HelpTest.class.getResourceAsStream("help/" + command + ".txt")) {
            return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        }
    }
}
