package org.tiepoint.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tiepoint.image.Image;
import org.tiepoint.tensor.Tensor;
import org.tiepoint.tensor.TensorScope;

class ImageNormalisationTest {
    @Test
    void coloursBecomeChannels() {
        try (TensorScope scope = new TensorScope()) {
            Image image = new Image(2, 1, new byte[] {0, (byte) 255, 51, (byte) 128, 0, (byte) 255});
            Tensor batch = ImageNormalisation.batch(List.of(image, new Image(2, 1, new byte[6])));
            assertArrayEquals(new long[] {2, 3, 1, 2}, batch.shape());
            float[] expected = {-0.485f / 0.229f, (128 / 255f - 0.485f) / 0.229f, (1 - 0.456f) / 0.224f,
                -0.456f / 0.224f, (0.2f - 0.406f) / 0.225f, (1 - 0.406f) / 0.225f};
            assertArrayEquals(expected, batch.select(0, 0).toFloats(), 1e-6f);
        }
    }

    @Test
    void sizesMustAgree() {
        assertEquals("a batch needs images of one size: 2x1 and 1x2", assertThrows(IllegalArgumentException.class,
                () -> ImageNormalisation.batch(List.of(new Image(2, 1, new byte[6]), new Image(1, 2, new byte[6]))))
                .getMessage());
    }
}
