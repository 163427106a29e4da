package org.tiepoint.evaluation.reconstruction;

import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Runs the {@code colmap} program, version 3.8 or later, without a display and without a GPU. A command that takes longer
 * than its limit is ended with all that it started. Immutable.
 *
 * @param executable the program
 * @param limit      for one command
 */
public record ColmapProgram(Path executable, Duration limit) {
    private static final int LONGEST_REASON = 300;

    /** The program on the PATH. */
    public static Optional<Path> find() {
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.of(path.split(File.pathSeparator)).filter(folder -> !folder.isEmpty())
                .flatMap(folder -> Stream.of("colmap", "colmap.bat", "colmap.exe").map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable).findFirst();
    }

    /** The version that it says to be, such as 3.8. */
    public String version() throws IOException {
        String help = output("help");
        return help.lines().filter(line -> line.startsWith("COLMAP ")).findFirst()
                .map(line -> line.substring(7).replaceFirst("[ (].*", "").strip())
                .orElseThrow(() -> new ColmapException(executable + " does not say which version of COLMAP it is"));
    }

    /** The first of these options that a command of this version has. */
    public String option(String command, String... names) throws IOException {
        String help = output(command, "--help");
        return Stream.of(names).filter(name -> help.contains(name + " ")).findFirst()
                .orElseThrow(() -> new ColmapException(executable + " " + command + " has none of the options "
                        + String.join(", ", names) + ": use COLMAP 3.8 to 4"));
    }

    /**
     * Runs a command to its end.
     *
     * @param log gets what it prints, after what is there
     * @throws ColmapException when it fails or takes longer than the limit
     */
    public CpuMinutes run(Path log, String... arguments) throws IOException {
        List<String> command = command(arguments);
        Files.writeString(log, "\n$ " + String.join(" ", command) + "\n", StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
        long started = System.nanoTime();
        Process process = builder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).start();
        try {
            double cpu = await(process, arguments[0], started, log);
            if (process.exitValue() != 0) {
                throw new ColmapException("colmap " + arguments[0] + " failed with code " + process.exitValue()
                        + lastLine(log) + "; see " + log);
            }
            return new CpuMinutes((System.nanoTime() - started) / 60e9, cpu);
        } finally {
            end(process);
        }
    }

    private double await(Process process, String command, long started, Path log) throws IOException {
        double cpuMinutes = 0;
        try {
            while (!process.waitFor(200, TimeUnit.MILLISECONDS)) {
                cpuMinutes = process.toHandle().info().totalCpuDuration().map(cpu -> cpu.toMillis() / 60e3)
                        .orElse(cpuMinutes);
                if (System.nanoTime() - started > limit.toNanos()) {
                    throw new ColmapException("colmap " + command + " was ended after " + limit.toMinutes()
                            + " minutes; see " + log + ", or give it more time");
                }
            }
            return cpuMinutes;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private String output(String... arguments) throws IOException {
        Process process;
        try {
            process = builder(command(arguments)).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new ColmapException(executable + " cannot be run (" + e.getMessage() + "): install COLMAP, or name the"
                    + " program with --colmap");
        }
        try {
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } finally {
            end(process);
        }
    }

    private List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(executable.toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    private static ProcessBuilder builder(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("QT_QPA_PLATFORM", "offscreen");
        return builder;
    }

    /** The log's last line that says anything, for the message. */
    private static String lastLine(Path log) throws IOException {
        List<String> lines = Files.readString(log, StandardCharsets.ISO_8859_1).lines().map(String::strip)
                .filter(line -> !line.isEmpty()).toList();
        String last = lines.isEmpty() ? "" : lines.get(lines.size() - 1);
        return last.isEmpty() || last.startsWith("$ ") ? ""
                : ": " + last.substring(0, Math.min(LONGEST_REASON, last.length()));
    }
}
