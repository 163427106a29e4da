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
import picocli.CommandLine;

/** The help texts to the letter: src/test/resources/org/tiepoint/cli/help holds one file a command. */
class HelpTest {
    static Stream<String> commands() {
        return Stream.concat(Stream.of("tiepoint"), below(Tiepoint.commandLine(), ""));
    }

    /** The commands of a command line, and theirs after a blank; no aliases. */
    private static Stream<String> below(CommandLine line, String prefix) {
        return line.getSubcommands().entrySet().stream()
                .filter(command -> command.getKey().equals(command.getValue().getCommandName()))
                .flatMap(command -> Stream.concat(Stream.of(prefix + command.getKey()),
                        below(command.getValue(), prefix + command.getKey() + " ")));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void helpIsTheReviewedText(String command) throws IOException {
        String arguments = command.equals("tiepoint") ? "--help" : command + " --help";
        CommandRun run = CommandRun.of((Object[]) arguments.split(" "));
        assertEquals(0, run.exitCode());
        assertEquals("", run.err());
        Path actual = Path.of("target", "help", file(command));
        Files.createDirectories(actual.getParent());
        Files.writeString(actual, run.out());
        assertEquals(expected(command), run.out(), "compare with " + actual.toAbsolutePath()
                + ", and copy it to src/test/resources/org/tiepoint/cli/help where the new text is meant");
    }

    private static String expected(String command) throws IOException {
        try (InputStream in = HelpTest.class.getResourceAsStream("help/" + file(command))) {
            return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        }
    }

    private static String file(String command) {
        return command.replace(' ', '-') + ".txt";
    }
}
