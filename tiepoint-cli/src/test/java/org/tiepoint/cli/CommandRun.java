package org.tiepoint.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** One run of the command line inside the test: its exit code and what it wrote. */
record CommandRun(int exitCode, String out, String err) {
    static CommandRun of(Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] texts = new String[arguments.length];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = arguments[i].toString();
        }
        CommandLine line = Tiepoint.commandLine().setColorScheme(CommandLine.Help.defaultColorScheme(
                CommandLine.Help.Ansi.OFF));
        int exitCode = line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(texts);
        return new CommandRun(exitCode, out.toString().replace("\r\n", "\n"), err.toString().replace("\r\n", "\n"));
    }
}
