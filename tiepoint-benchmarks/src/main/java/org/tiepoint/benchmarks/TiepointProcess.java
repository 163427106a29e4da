package org.tiepoint.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The command line, run as people run it: by its launcher, in a process of its own. */
final class TiepointProcess {
    private static final long MILLIS_BETWEEN_SAMPLES = 250;

    private TiepointProcess() {}

    /**
     * What a run took.
     *
     * @param seconds  from the start to the end of the process
     * @param resident bytes in memory, every quarter of a second; empty where the system does not tell
     */
    record Run(double seconds, List<Long> resident) {
        /** The sample at a share of the run, in MB; empty where there is none. */
        OptionalLong residentMegabytes(double share) {
            return resident.isEmpty() ? OptionalLong.empty()
                    : OptionalLong.of(resident.get((int) Math.round(share * (resident.size() - 1))) / 1_000_000);
        }
    }

    /**
     * Runs a command to its end.
     *
     * @param processors how many Java takes the machine for; 0 for as many as there are
     * @param log        gets what it prints
     * @throws IOException when it fails
     */
    static Run run(Path root, int processors, Path log, List<String> arguments) throws IOException {
        boolean windows = System.getProperty("os.name").startsWith("Windows");
        List<String> command = new ArrayList<>(List.of(root.resolve(windows ? "tiepoint.cmd" : "tiepoint").toString()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        if (processors > 0) {
            builder.environment().put("JAVA_OPTS", "-XX:ActiveProcessorCount=" + processors);
        }
        long start = System.nanoTime();
        Process process = builder.start();
        process.getOutputStream().close();
        List<Long> resident = new ArrayList<>();
        try {
            while (!process.waitFor(MILLIS_BETWEEN_SAMPLES, TimeUnit.MILLISECONDS)) {
                // the launcher becomes Java, with the same number
                resident(process.pid()).ifPresent(resident::add);
            }
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        if (process.exitValue() != 0) {
            List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
            throw new IOException("tiepoint " + String.join(" ", arguments) + ": exit code " + process.exitValue()
                    + (lines.isEmpty() ? "" : " (" + lines.get(lines.size() - 1) + ")"));
        }
        return new Run(seconds, resident);
    }

    private static OptionalLong resident(long pid) {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS")).mapToLong(line ->
                    1024 * Long.parseLong(line.replaceAll("\\D", ""))).findFirst();
        } catch (IOException | UncheckedIOException e) {
            return OptionalLong.empty();
        }
    }
}
