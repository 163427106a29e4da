package org.tiepoint.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tiepoint.image.Image;
import org.tiepoint.image.TestImages;

class GradientOrientationTest {
    private static final int SIDE = 32;

    @ParameterizedTest
    @ValueSource(doubles = {0, 17, 90, 133.3, 200, 355})
    void followsARamp(double degrees) {
        float[] planes = new float[2 + 3 * SIDE * SIDE];
        for (int i = 0; i < 3 * SIDE * SIDE; i++) {
            int x = i % SIDE;
            int y = i / SIDE % SIDE;
            planes[2 + i] = (float) (x * Math.cos(Math.toRadians(degrees)) + y * Math.sin(Math.toRadians(degrees)));
        }
        assertEquals(degrees, GradientOrientation.degrees(planes, 2, SIDE), 0.5);
    }

    @Test
    void turnsWithThePatch() {
        Image image = TestImages.blobs(80, 80, 7);
        float[] planes = new float[3 * SIDE * SIDE];
        PatchSampler sampler = new PatchSampler(image);
        sampler.sample(40, 40, 1, 0, SIDE, planes, 0);
        double upright = GradientOrientation.degrees(planes, 0, SIDE);
        sampler.sample(40, 40, 1, 90, SIDE, planes, 0);
        assertEquals(upright, (GradientOrientation.degrees(planes, 0, SIDE) + 90) % 360, 0.5);
    }

    @Test
    void flatPatchesHaveNone() {
        assertEquals(0, GradientOrientation.degrees(new float[3 * SIDE * SIDE], 0, SIDE));
    }
}
