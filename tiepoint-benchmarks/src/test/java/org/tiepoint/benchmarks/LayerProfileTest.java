package org.tiepoint.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayerProfileTest {
    @TempDir
    private Path folder;

    @Test
    void theFastestRunOfANodeCounts() throws IOException {
        Path file = folder.resolve("profile.json");
        Files.writeString(file, """
                [{"cat": "Session", "name": "model_run", "dur": 9},
                 {"cat": "Node", "name": "a_fence_before", "dur": 1, "args": {"op_name": "Conv"}},
                 {"cat": "Node", "name": "a_kernel_time", "dur": 3000, "args": {"op_name": "Conv",
                  "output_type_shape": [{"float": [1, 16, 10, 20]}],
                  "input_type_shape": [{"float": [1, 8, 10, 20]}, {"float": [16, 8, 3, 3]}, {"float": [16]}]}},
                 {"cat": "Node", "name": "b_kernel_time", "dur": 500, "args": {"op_name": "Add",
                  "output_type_shape": [{"float": [1, 16, 10, 20]}], "input_type_shape": []}},
                 {"cat": "Node", "name": "a_kernel_time", "dur": 2000, "args": {"op_name": "Conv"}}]
                """);
        LayerProfile profile = LayerProfile.read(file);
        assertEquals(List.of("a", "b"), profile.layers().stream().map(LayerProfile.Layer::name).toList());
        LayerProfile.Layer convolution = profile.layers().get(0);
        assertEquals("1x16x10x20", convolution.output());
        assertEquals("3x3 of 8", convolution.kernel());
        assertEquals(2, convolution.millis());
        assertEquals(2e-9 * 16 * 200 * 72, convolution.gflop(), 1e-12);
        assertEquals(0, profile.layers().get(1).gflop());
        assertEquals(2.5, profile.millis());
    }
}
