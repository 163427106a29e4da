package org.tiepoint.evaluation.reconstruction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** With shell scripts in COLMAP's place. */
@DisabledOnOs(OS.WINDOWS)
class ColmapProgramTest {
    @TempDir
    Path folder;

    private Path log;

    @BeforeEach
    void name() {
        log = folder.resolve("colmap.log");
    }

    private ColmapProgram program(String script, Duration limit) throws IOException {
        Path file = Files.writeString(folder.resolve("colmap"), "#!/bin/sh\n" + script + "\n");
        assertTrue(file.toFile().setExecutable(true));
        return new ColmapProgram(file, limit);
    }

    @Test
    void asksForItsVersionAndOptions() throws IOException {
        ColmapProgram four = program("echo 'COLMAP 4.0.1 (Commit abc) -- Structure from Motion'\n"
                + "echo '  --FeatureExtraction.use_gpu arg (=1)'", Duration.ofMinutes(1));
        assertEquals("4.0.1", four.version());
        assertEquals("--FeatureExtraction.use_gpu", four.option("feature_extractor", "--SiftExtraction.use_gpu",
                "--FeatureExtraction.use_gpu"));
        assertThrows(ColmapException.class, () -> four.option("mapper", "--no.such"));
    }

    @Test
    void keepsALogOfEveryCommand() throws IOException {
        ColmapProgram program = program("echo offscreen=$QT_QPA_PLATFORM $1", Duration.ofMinutes(1));
        program.run(log, "mapper");
        program.run(log, "matcher");
        String text = Files.readString(log);
        assertTrue(text.contains("offscreen=offscreen mapper") && text.contains("offscreen=offscreen matcher"), text);
    }

    @Test
    void aFailureNamesTheCommandAndItsLastWords() throws IOException {
        ColmapProgram program = program("echo no such photo\nexit 3", Duration.ofMinutes(1));
        ColmapException failed = assertThrows(ColmapException.class, () -> program.run(log, "mapper"));
        assertEquals("colmap mapper failed with code 3: no such photo; see " + log, failed.getMessage());
    }

    @Test
    void aCommandThatHangsIsEnded() throws IOException {
        ColmapProgram program = program("sleep 100", Duration.ofMillis(500));
        ColmapException ended = assertThrows(ColmapException.class, () -> program.run(log, "mapper"));
        assertTrue(ended.getMessage().contains("was ended"), ended.getMessage());
    }

    @Test
    void aMissingProgramIsNamed() {
        ColmapException missing = assertThrows(ColmapException.class,
                () -> new ColmapProgram(folder.resolve("none"), Duration.ofMinutes(1)).version());
        assertTrue(missing.getMessage().contains("--colmap"), missing.getMessage());
    }
}
