package org.tiepoint.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes the table of what was measured. */
@Command(name = "table", mixinStandardHelpOptions = true,
        description = "Print the table of what was measured, or put it into a document.")
final class TableCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--results", paramLabel = "DIR", defaultValue = "${sys:tiepoint.results}",
            description = "Folder of the results (default: ${DEFAULT-VALUE}).")
    private Path results;

    @Option(names = "--into", paramLabel = "FILE", description = "Put it between the two lines '" + Table.START
            + "' and '" + Table.END + "' of this file.")
    private Optional<Path> into;

    @Override
    public Integer call() throws IOException {
        String table = Table.markdown(Results.readAll(results));
        if (into.isPresent()) {
            Table.insert(into.get(), table);
        } else {
            spec.commandLine().getOut().print(table);
            spec.commandLine().getOut().flush();
        }
        return 0;
    }
}
