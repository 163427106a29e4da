package org.tiepoint.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingCheckpointTest {
    @TempDir
    Path folder;

    @Test
    void writesAndReadsBack() throws IOException {
        Path file = folder.resolve("last.safetensors");
        TrainingCheckpoint written = sample(12);
        written.write(file);
        TrainingCheckpoint read = TrainingCheckpoint.read(file);
        assertEquals(12, read.step());
        assertEquals(-7, read.seed());
        assertEquals(written.recipe(), read.recipe());
        assertEquals(written.metrics(), read.metrics());
        assertEquals(written.state(), read.state());
        assertEquals(List.of("conv.weight"), List.copyOf(read.model().keySet()));
        assertArrayEquals(new float[] {1, 2}, read.model().get("conv.weight").toFloats());
        assertArrayEquals(new long[] {12}, read.optimizer().get("conv.weight.step").toLongs());
        assertEquals(List.of("model.conv.weight", "optimizer.conv.weight.step"),
                List.copyOf(SafeTensors.read(file).tensors().keySet()));
    }

    @Test
    void namesTheFileThatCannotBeWritten() {
        Path gone = folder.resolve("gone").resolve("last.safetensors");
        String message = assertThrows(IOException.class, () -> sample(2).write(gone)).getMessage();
        assertTrue(message.startsWith("cannot write " + gone + ": there is no folder"), message);
    }

    @Test
    void refusesWeightsAlone() throws IOException {
        Path file = folder.resolve("weights.safetensors");
        new SafeTensors(sample(0).model(), Map.of()).write(file);
        assertTrue(refused(file).contains("these are weights without the state of a training"));
    }

    @Test
    void refusesOtherFormats() throws IOException {
        Path file = folder.resolve("a.safetensors");
        new SafeTensors(Map.of(), Map.of("tiepoint", "{\"format\":2,\"version\":\"9.0\"}")).write(file);
        assertTrue(refused(file).contains("format 2 of Tiepoint 9.0 is not format 1"), refused(file));
        new SafeTensors(Map.of(), Map.of("tiepoint", "{\"format\":1}")).write(file);
        assertTrue(refused(file).contains("has no 'metrics'"), refused(file));
        new SafeTensors(Map.of(), Map.of("tiepoint", "{\"format\":1,\"metrics\":{},\"state\":{},\"step\":-1}"))
                .write(file);
        assertTrue(refused(file).contains("step -1 is no possible value"), refused(file));
        new SafeTensors(Map.of(), Map.of("tiepoint", "[")).write(file);
        assertTrue(refused(file).contains("bad JSON"), refused(file));
        new SafeTensors(Map.of(), Map.of("tiepoint", "")).write(file);
        assertTrue(refused(file).contains("has no 'format'"), refused(file));
    }

    @Test
    void refusesCutFiles() throws IOException {
        Path file = folder.resolve("last.safetensors");
        sample(3).write(file);
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length += 7) {
            Files.write(file, Arrays.copyOf(whole, length));
            refused(file);
        }
    }

    private static String refused(Path file) {
        return assertThrows(CheckpointException.class, () -> TrainingCheckpoint.read(file)).getMessage();
    }

    private static TrainingCheckpoint sample(long step) {
        return new TrainingCheckpoint(step, -7, "loss:\n  weight: 1 # \u00e9\n",
                Map.of("loss", 0.25, "nan", Double.NaN, "inf", Double.NEGATIVE_INFINITY), Map.of("random", "1 2 3"),
                Map.of("conv.weight", StoredTensor.ofFloats(new long[] {2}, new float[] {1, 2})),
                Map.of("conv.weight.step", StoredTensor.ofLongs(new long[0], new long[] {step})));
    }
}
