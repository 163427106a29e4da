package org.tiepoint.cli;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What the README and the docs say can be typed, can be typed. */
class ReadmeTest {
    private static final Path ROOT = Path.of("..");
    private static final String IMPORTS = "import java.nio.file.Path; import org.tiepoint.image.*;"
            + " import org.tiepoint.feature.*; import org.tiepoint.match.*; import org.tiepoint.estimate.*;"
            + " import org.tiepoint.model.*; ";

    @TempDir
    Path classes;

    @Test
    void everyCommandParses() throws IOException {
        List<String> commands = new ArrayList<>();
        for (Path file : List.of(ROOT.resolve("README.md"), ROOT.resolve("docs/data.md"),
                ROOT.resolve("docs/training.md"), ROOT.resolve("docs/evaluation.md"))) {
            Matcher matcher = Pattern.compile("(?m)^\\./tiepoint (.*)$").matcher(Files.readString(file));
            while (matcher.find()) {
                commands.add(matcher.group(1).replaceAll(" +#.*", "").strip());
            }
        }
        assertTrue(commands.size() >= 8, commands.toString());
        for (String command : commands) {
            assertDoesNotThrow(() -> Tiepoint.commandLine().parseArgs(command.split(" +")), command);
        }
    }

    @Test
    void everyExampleOfAHelpTextParses() {
        examplesParse(Tiepoint.commandLine());
    }

    /** Those of all commands below; a line that ends with a backslash goes on in the next one. */
    private static void examplesParse(CommandLine parent) {
        parent.getSubcommands().values().forEach(line -> {
            String footer = String.join("\n", line.getCommandSpec().usageMessage().footer());
            for (String text : footer.replaceAll("\\\\\n *", "").split("\n")) {
                if (text.startsWith("  tiepoint ")) {
                    String[] words = text.strip().split(" +");
                    String[] arguments = List.of(words).subList(1, words.length).toArray(String[]::new);
                    assertDoesNotThrow(() -> Tiepoint.commandLine().parseArgs(arguments), text);
                }
            }
            examplesParse(line);
        });
    }

    @Test
    void theJavaLinesCompile() throws IOException {
        Matcher block = Pattern.compile("(?s)```java\n(.*?)```").matcher(Files.readString(ROOT.resolve("README.md")));
        assertTrue(block.find());
        String code = IMPORTS + "class Example { static void main(String[] arguments) throws Exception {\n"
                + block.group(1) + "}}";
        assertFalse(block.find());
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter errors = new StringWriter();
        JavaFileObject source = new SimpleJavaFileObject(URI.create("string:///Example.java"),
                JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return code;
            }
        };
        boolean compiled = compiler.getTask(errors, null, null, List.of("-d", classes.toString()), null,
                List.of(source)).call();
        assertEquals("", errors.toString());
        assertTrue(compiled);
    }

    @Test
    void everyLinkedFileIsThere() throws IOException {
        for (String name : List.of("README.md", "docs/architecture.md", "docs/data.md", "docs/training.md",
                "docs/evaluation.md")) {
            Path file = ROOT.resolve(name);
            Matcher link = Pattern.compile("\\]\\(([^)#:]+)\\)").matcher(Files.readString(file));
            while (link.find()) {
                assertTrue(Files.exists(file.resolveSibling(link.group(1))), name + ": " + link.group(1));
            }
        }
    }
}
