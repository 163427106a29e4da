package org.tiepoint.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class NativeWorkTest {
    private static final int SIGTERM_STATUS = 128 + 15;

    /** Computes without end: forward and a long backward through convolutions, as a training does. */
    public static final class Endless {
        public static void main(String[] arguments) {
            while (true) {
                try (NativeWork work = new NativeWork(); TensorScope scope = new TensorScope()) {
                    Tensor weight = Tensor.full(0.01, 16, 16, 3, 3).requireGradient(true);
                    Tensor x = Tensor.full(1, 1, 16, 48, 48);
                    for (int layer = 0; layer < 300; layer++) {
                        x = x.convolve(weight, Optional.empty(), 1, 1).relu();
                    }
                    System.out.println("backward");
                    x.sum().backward();
                    System.out.println("done");
                }
            }
        }
    }

    /** Without the wait the process ends amid backward(), on a busy machine mostly by a SIGSEGV within libtorch. */
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows ends a process without its shutdown hooks")
    @Test
    void terminationDuringAComputationIsNoCrash(@TempDir Path folder) throws IOException, InterruptedException {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Process process = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m", "-cp", classPath,
                Endless.class.getName())).directory(folder.toFile()).redirectErrorStream(true).start();
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            assertEquals("backward", output.readLine());
            process.toHandle().destroy();
            List<String> lines = output.lines().toList();
            assertEquals(List.of(), lines.stream().filter(line -> !line.matches("backward|done")).toList());
            assertTrue(!lines.isEmpty() && lines.get(lines.size() - 1).equals("done"),
                    "ended amid backward(): " + lines);
            assertEquals(SIGTERM_STATUS, process.waitFor());
        } finally {
            process.destroyForcibly();
        }
        try (Stream<Path> left = Files.list(folder)) {
            assertTrue(left.findAny().isEmpty(), "a crash report was left");
        }
    }
}
