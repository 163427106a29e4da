package org.tiepoint.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tiepoint.feature.Features;
import org.tiepoint.feature.ImageFeatures;
import org.tiepoint.feature.Keypoints;
import org.tiepoint.image.Image;
import org.tiepoint.image.ImageSize;
import org.tiepoint.image.ImageWriter;

class ImageFeatureProviderTest {
    @TempDir
    Path folder;

    private final List<String> seen = new ArrayList<>();
    private boolean closed;
    private Path file;

    /** 5 x 4 pixels, black but for the one at (3, 1). */
    @BeforeEach
    void write() throws IOException {
        byte[] rgb = new byte[3 * 5 * 4];
        rgb[3 * (5 + 3)] = (byte) 255;
        file = folder.resolve("a.png");
        ImageWriter.writePng(new Image(5, 4, rgb), file);
    }

    /** A key point at the brightest pixel. */
    private final class Brightest implements ImageFeatures {
        @Override
        public Features of(String name, Image image) {
            seen.add(name + " " + image.width() + "x" + image.height());
            for (int i = 0; i < image.width() * image.height(); i++) {
                if (image.rgb()[3 * i] != 0) {
                    return new Features(Keypoints.ofPositions(new float[] {i % image.width(), i / image.width()}), 1,
                            new float[1]);
                }
            }
            throw new AssertionError("black");
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void featuresOfATurnedImageComeBackToItsFile(int quarters) throws IOException {
        try (ImageFeatureProvider provider = new ImageFeatureProvider(Brightest::new, true)) {
            provider.open();
            SizedFeatures features = provider.features(new SetImage(file, "x/a.png", quarters));
            assertEquals(new ImageSize(5, 4), features.size());
            assertArrayEquals(new float[] {3, 1}, features.features().keypoints().xy());
        }
        assertEquals(List.of("x/a.png " + (quarters % 2 == 0 ? "5x4" : "4x5")), seen);
        assertTrue(closed);
    }

    @Test
    void storedFeaturesBelongToTheImageAsItLies() throws IOException {
        ImageFeatureProvider provider = new ImageFeatureProvider(Brightest::new, false);
        provider.open();
        assertArrayEquals(new float[] {3, 1}, provider.features(new SetImage(file, "a.png", 1)).features().keypoints()
                .xy());
        assertEquals(List.of("a.png 5x4"), seen);
    }

    @Test
    void whatWasNeverOpenedIsNotClosed() throws IOException {
        new ImageFeatureProvider(Brightest::new, true).close();
        assertFalse(closed);
    }
}
