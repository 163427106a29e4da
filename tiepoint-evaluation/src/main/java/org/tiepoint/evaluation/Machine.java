package org.tiepoint.evaluation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What seconds were measured on.
 *
 * @param processor model name, as far as the system tells
 * @param cores     processors that Java may use
 * @param system    operating system and architecture
 */
public record Machine(String processor, int cores, String system) {
    /** This one. */
    public static Machine current() {
        String system = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        String processor = linuxModel().or(Machine::macModel)
                .orElse(Optional.ofNullable(System.getenv("PROCESSOR_IDENTIFIER")).orElse("unknown processor"));
        return new Machine(processor, Runtime.getRuntime().availableProcessors(), system);
    }

    private static Optional<String> linuxModel() {
        try {
            return Files.readAllLines(Path.of("/proc/cpuinfo"), StandardCharsets.ISO_8859_1).stream()
                    .filter(line -> line.startsWith("model name")).findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> macModel() {
        if (!System.getProperty("os.name").startsWith("Mac")) {
            return Optional.empty();
        }
        try {
            Process process = new ProcessBuilder("sysctl", "-n", "machdep.cpu.brand_string").start();
            String model = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return model.isEmpty() ? Optional.empty() : Optional.of(model);
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
