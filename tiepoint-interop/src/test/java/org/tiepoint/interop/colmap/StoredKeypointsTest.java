package org.tiepoint.interop.colmap;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tiepoint.feature.Keypoints;
import org.tiepoint.image.Image;
import org.tiepoint.image.ImageReader;
import org.tiepoint.image.ImageSize;

class StoredKeypointsTest {
    @TempDir
    Path folder;

    @Test
    void colmapCountsFromThePixelsCorner() {
        StoredKeypoints stored = StoredKeypoints.of(Keypoints.ofPositions(new float[] {0, 2.25f, 7, 1}));
        assertEquals(2, stored.columns());
        assertArrayEquals(new float[] {0.5f, 2.75f, 7.5f, 1.5f}, stored.data());
        assertArrayEquals(new float[] {0, 2.25f, 7, 1}, stored.toKeypoints().xy());
    }

    @Test
    void orientedKeyPointsGetTheirShape() {
        Keypoints oriented = new Keypoints(new float[] {3, 4}, new float[] {1}, new float[] {10}, new float[] {30});
        StoredKeypoints stored = StoredKeypoints.of(oriented);
        double c = 5 * Math.cos(Math.PI / 6);
        assertArrayEquals(new float[] {3.5f, 4.5f, (float) c, -2.5f, 2.5f, (float) c}, stored.data(), 1e-5f);
        Keypoints back = stored.toKeypoints();
        assertEquals(10, back.sizes()[0], 1e-4);
        assertEquals(30, back.angles()[0], 1e-4);
    }

    @Test
    void fourColumnsAreScaleAndOrientation() {
        Keypoints read = new StoredKeypoints(4, new float[] {1, 1, 2, (float) (-Math.PI / 2)}).toKeypoints();
        assertEquals(4, read.sizes()[0], 1e-6);
        assertEquals(270, read.angles()[0], 1e-4);
    }

    @Test
    void otherNumbersOfColumnsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new StoredKeypoints(3, new float[3]));
        assertThrows(IllegalArgumentException.class, () -> new StoredKeypoints(2, new float[3]));
    }

    /** A white pixel of the upright image is white where the key point lands in the pixels as they lie. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void exifOrientationIsUndone(int orientation) throws IOException {
        Files.createDirectories(folder);
        Image stored = new Image(9, 6, new byte[3 * 9 * 6]);
        int x = 6;
        int y = 1;
        // a bar to the right of the place
        for (int i = 0; i < 3; i++) {
            int at = 3 * (y * 9 + x + i);
            stored.rgb()[at] = stored.rgb()[at + 1] = stored.rgb()[at + 2] = (byte) (255 - i);
        }
        Path file = ExifPng.write(folder.resolve("o.png"), stored, orientation);
        assertEquals(orientation, ImageReader.orientation(file));
        Image upright = ImageReader.read(file);
        int[] from = find(upright, 255);
        int[] to = find(upright, 253);
        float angle = (float) Math.toDegrees(Math.atan2(to[1] - from[1], to[0] - from[0]));
        Keypoints keypoints = new Keypoints(new float[] {from[0], from[1]}, new float[] {1}, new float[] {2},
                new float[] {angle < 0 ? angle + 360 : angle});
        Keypoints moved = new StoredOrientation(orientation, new ImageSize(9, 6)).toStored(keypoints);
        assertArrayEquals(new float[] {x, y}, moved.xy(), 1e-5f);
        assertEquals(1, Math.cos(Math.toRadians(moved.angles()[0])), 1e-6);
    }

    private static int[] find(Image image, int value) {
        for (int i = 0; i < image.width() * image.height(); i++) {
            if ((image.rgb()[3 * i] & 0xFF) == value) {
                return new int[] {i % image.width(), i / image.width()};
            }
        }
        throw new AssertionError("no pixel of value " + value);
    }
}
