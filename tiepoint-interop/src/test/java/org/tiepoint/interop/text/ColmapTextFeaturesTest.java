package org.tiepoint.interop.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tiepoint.feature.Features;
import org.tiepoint.feature.Keypoints;

class ColmapTextFeaturesTest {
    private static final Keypoints ONE = new Keypoints(new float[] {1.25f, 3}, new float[] {1}, new float[] {6},
            new float[] {90});

    @TempDir
    Path folder;

    @Test
    void movesTheOriginAndScalesToLength512() throws IOException {
        float[] descriptor = new float[128];
        descriptor[0] = 3;
        descriptor[2] = 0.3f;
        descriptor[127] = 4;
        assertEquals(List.of("1 128", "1.75 3.5 3.0 1.5707964 255 0 31" + " 0".repeat(124) + " 255"),
                lines(new Features(ONE, 128, descriptor)));
        Keypoints unturned = Keypoints.ofPositions(new float[2]);
        assertEquals("0.5 0.5 0.5 0.0" + " 45".repeat(128), lines(new Features(unturned, 128, ones(128, 7))).get(1));
        assertEquals("0.5 0.5 0.5 0.0" + " 0".repeat(128), lines(new Features(unturned, 128, new float[128])).get(1));
    }

    @Test
    void leavesOutDescriptorsThatColmapCannotTake() throws IOException {
        float[] signed = ones(128, 1);
        signed[5] = -1;
        for (Features features : List.of(new Features(ONE, 64, ones(64, 1)), new Features(ONE, 128, signed))) {
            assertTrue(lines(features).get(1).endsWith(" 0".repeat(128)));
        }
        assertEquals(List.of("0 128"), lines(new Features(Keypoints.ofPositions(new float[0]), 3, new float[0])));
    }

    private List<String> lines(Features features) throws IOException {
        Path file = folder.resolve("a.jpg.txt");
        ColmapTextFeatures.write(file, features);
        return Files.readAllLines(file);
    }

    private static float[] ones(int count, float value) {
        float[] values = new float[count];
        java.util.Arrays.fill(values, value);
        return values;
    }
}
