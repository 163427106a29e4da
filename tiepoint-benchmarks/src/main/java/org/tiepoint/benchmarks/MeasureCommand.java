package org.tiepoint.benchmarks;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.tiepoint.onnx.EmbeddedModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures groups of benchmarks, writes a file of results each, and prints the table. */
@Command(name = "measure", mixinStandardHelpOptions = true, description = "Measure, and print the table.")
final class MeasureCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "GROUP", description = "${COMPLETION-CANDIDATES} (default: all).")
    private List<Group> groups = List.of(Group.values());

    @Option(names = {"-m", "--model"}, paramLabel = "NAME=FILE", description = "What stands for an embedded model, such as"
            + " compact-s: an ONNX file of 'tiepoint export' (default: the one in the jar).")
    private Map<String, Path> models = new LinkedHashMap<>();

    @Option(names = "--data", paramLabel = "DIR", defaultValue = "${sys:tiepoint.data}",
            description = "Folder with peers/ (xfeat.onnx, alike-n.pt) and posed/colmap/ (photos; without them rendered"
                    + " ones are taken) (default: ${DEFAULT-VALUE}).")
    private Path data;

    @Option(names = "--results", paramLabel = "DIR", defaultValue = "${sys:tiepoint.results}",
            description = "Folder for the results (default: ${DEFAULT-VALUE}).")
    private Path results;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "5",
            description = "How often each is measured, in turns with what it is compared with (default: 5).")
    private int rounds;

    @Option(names = "--seconds", paramLabel = "N", defaultValue = "3",
            description = "To warm up, and then to measure, each time (default: 3).")
    private int seconds;

    @Option(names = "--photos", paramLabel = "N", defaultValue = "1000",
            description = "For the throughput, a multiple of 4 (default: 1000).")
    private int photos;

    @Option(names = "--homography", paramLabel = "DIR",
            description = "For accuracy: the --out of 'tiepoint evaluate homography' with features named compact-...")
    private Optional<Path> homographies;

    @Option(names = "--pose", paramLabel = "DIR",
            description = "For accuracy: the --out of 'tiepoint evaluate pose' with features named compact-...")
    private Optional<Path> poses;

    @Override
    public Integer call() throws IOException {
        require("--rounds", rounds, rounds >= 1);
        require("--seconds", seconds, seconds >= 1);
        require("--photos", photos, photos >= 4 && photos % 4 == 0);
        for (Map.Entry<String, Path> model : models.entrySet()) {
            if (EmbeddedModel.of(model.getKey()).isEmpty()) {
                throw new ParameterException(spec.commandLine(), "--model " + model.getKey() + " is none of "
                        + String.join(", ", EmbeddedModel.words()));
            }
            if (!Files.isRegularFile(model.getValue())) {
                throw new ParameterException(spec.commandLine(), "--model " + model.getKey() + ": there is no file "
                        + model.getValue());
            }
        }
        PrintWriter err = spec.commandLine().getErr();
        Path work = Files.createDirectories(results.resolve("work")).toAbsolutePath();
        Plan plan = new Plan(files(work), data, Path.of(System.getProperty("tiepoint.root", ".")), work,
                new Rounds(rounds, seconds, work.resolve("jmh.log"), err), photos, homographies, poses,
                err);
        List<Results> measured = new ArrayList<>();
        for (Group group : groups) {
            Results result = group.measure(plan);
            result.write(results);
            measured.add(result);
        }
        spec.commandLine().getOut().print(Table.markdown(measured));
        spec.commandLine().getOut().flush();
        return 0;
    }

    /** The given models, the embedded ones for the others. */
    private Map<String, Path> files(Path work) throws IOException {
        Map<String, Path> files = new LinkedHashMap<>();
        for (EmbeddedModel model : EmbeddedModel.values()) {
            String name = model.word();
            files.put(name, models.containsKey(name) ? models.get(name).toAbsolutePath()
                    : Files.write(work.resolve(name + ".onnx"), model.content()));
        }
        return files;
    }

    private void require(String option, int value, boolean possible) {
        if (!possible) {
            throw new ParameterException(spec.commandLine(), option + " cannot be " + value);
        }
    }
}
