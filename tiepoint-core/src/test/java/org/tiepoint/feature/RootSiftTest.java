package org.tiepoint.feature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.opencv_core.KeyPoint;
import org.bytedeco.opencv.opencv_core.KeyPointVector;
import org.bytedeco.opencv.opencv_core.Mat;
import org.junit.jupiter.api.Test;
import org.tiepoint.image.Image;
import org.tiepoint.image.Mats;
import org.tiepoint.image.TestImages;

class RootSiftTest {
    private final Image image = TestImages.blobs(320, 240, 9);
    private final RootSift rootSift = new RootSift();

    /** OpenCV described its own key points at the octaves and layers that it found them at. */
    @Test
    void describesDetectedKeypointsAsOpenCvDoes() {
        Features features = rootSift.describe(image, new SiftDetector().detect(image, 100_000));
        int n = features.keypoints().count();
        assertTrue(n > 200, "only " + n);
        try (PointerScope scope = new PointerScope()) {
            KeyPointVector keypoints = new KeyPointVector();
            Mat described = new Mat();
            Sift.create(0.04, 10).detectAndCompute(Mats.grey(image), new Mat(), keypoints, described);
            assertEquals(n, keypoints.size());
            float[] sift = new float[n * 128];
            new FloatPointer(described.data()).get(sift);
            Map<String, Integer> places = new HashMap<>();
            for (int i = 0; i < n; i++) {
                KeyPoint k = keypoints.get(i);
                places.put((k.pt().x() - 0.25f) + " " + (k.pt().y() - 0.25f) + " " + k.size() + " " + k.angle(), i);
                assertEquals(k.octave() & 0xFFFF, Sift.octaveAndLayer(k.size(), 320, 240));
            }
            Keypoints ours = features.keypoints();
            for (int i = 0; i < n; i++) {
                int place = places.get(ours.x(i) + " " + ours.y(i) + " " + ours.sizes()[i] + " " + ours.angles()[i]);
                float[] expected = Arrays.copyOfRange(sift, place * 128, place * 128 + 128);
                double sum = 0;
                for (float value : expected) {
                    sum += value;
                }
                for (int k = 0; k < 128; k++) {
                    expected[k] = (float) Math.sqrt(expected[k] / sum);
                }
                assertArrayEquals(expected, row(features, i), 1e-6f);
            }
        }
    }

    /** A selection without small key points would otherwise be described from a pyramid without the doubled image. */
    @Test
    void describesAKeypointAloneAsAmongOthers() {
        Keypoints all = new SiftDetector().detect(image, 100_000);
        Features features = rootSift.describe(image, all);
        int largest = 0;
        for (int i = 0; i < all.count(); i++) {
            largest = all.sizes()[i] > all.sizes()[largest] ? i : largest;
        }
        Keypoints alone = new Keypoints(new float[] {all.x(largest), all.y(largest)}, new float[1],
                new float[] {all.sizes()[largest]}, new float[] {all.angles()[largest]});
        assertArrayEquals(row(features, largest), rootSift.describe(image, alone).descriptors());
    }

    @Test
    void givesLengthOneOrZero() {
        Features features = rootSift.describe(image, new GridDetector().detect(image, 50));
        for (int i = 0; i < features.keypoints().count(); i++) {
            double squares = 0;
            for (float value : row(features, i)) {
                squares += value * value;
            }
            assertEquals(1, squares, 1e-5);
        }
        Features flat = rootSift.describe(new Image(20, 20, new byte[1200]), Keypoints.ofPositions(new float[] {9, 9}));
        assertArrayEquals(new float[128], flat.descriptors());
    }

    @Test
    void takesNoKeypointsAndAnySize() {
        assertEquals(0, rootSift.describe(image, Keypoints.ofPositions(new float[0])).descriptors().length);
        float[] sizes = {0, 1e-9f, 1e9f, 300, Float.MIN_VALUE};
        Keypoints wild = new Keypoints(new float[] {5, 5, -90, 4, 100, 100, 319, 239, 1e7f, 8}, new float[5], sizes,
                new float[] {-1, 0, 359.9f, 90, 180});
        for (float value : rootSift.describe(image, wild).descriptors()) {
            assertTrue(value >= 0 && value <= 1);
        }
        assertEquals(128, rootSift.describe(new Image(1, 1, new byte[3]), Keypoints.ofPositions(new float[2]))
                .descriptors().length);
    }

    private static float[] row(Features features, int i) {
        return Arrays.copyOfRange(features.descriptors(), i * 128, i * 128 + 128);
    }
}
