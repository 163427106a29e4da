package org.tiepoint.augment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.tiepoint.image.Image;

class ColourJitterTest {
    private static final float THIRD = 1 / 3f;

    private static Image noise(int least, int most) {
        SplittableRandom random = new SplittableRandom(5);
        byte[] rgb = new byte[3 * 20 * 10];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (least + random.nextInt(most - least));
        }
        return new Image(20, 10, rgb);
    }

    private static int[] levels(Image image) {
        int[] levels = new int[image.rgb().length];
        Arrays.setAll(levels, i -> image.rgb()[i] & 0xff);
        return levels;
    }

    private static int[] jittered(ColourJitter jitter, Image image, long seed) {
        return levels(jitter.apply(image, new SplittableRandom(seed)));
    }

    @Test
    void withoutRangesThePictureStays() {
        Image image = noise(0, 256);
        for (int seed = 0; seed < 30; seed++) {
            assertArrayEquals(levels(image), jittered(new ColourJitter(0, 0, 0, 0), image, seed));
        }
    }

    @Test
    void theDrawFollowsFromTheGenerator() {
        ColourJitter caps = new ColourJitter(1, 1, 1, 0.4);
        Image image = noise(0, 256);
        int[] before = levels(image);
        int[] first = jittered(caps, image, 1);
        assertArrayEquals(first, jittered(caps, image, 1));
        assertFalse(Arrays.equals(first, jittered(caps, image, 2)));
        assertArrayEquals(before, levels(image), "the original is untouched");
    }

    /** One factor for all, drawn from 0.5 to 1.5. */
    @Test
    void brightnessMultiplies() {
        Image image = noise(20, 160);
        int[] before = levels(image);
        double least = 2;
        double most = 0;
        for (int seed = 0; seed < 200; seed++) {
            int[] after = jittered(new ColourJitter(0.5, 0, 0, 0), image, seed);
            double factor = (double) Arrays.stream(after).sum() / Arrays.stream(before).sum();
            for (int i = 0; i < before.length; i++) {
                assertEquals(factor * before[i], after[i], 0.7);
            }
            least = Math.min(least, factor);
            most = Math.max(most, factor);
        }
        assertEquals(0.5, least, 0.02);
        assertEquals(1.5, most, 0.02);
    }

    @Test
    void contrastStretchesAroundTheMeanGrey() {
        Image image = noise(100, 160);
        int[] before = levels(image);
        double mean = 0;
        for (int i = 0; i < before.length; i += 3) {
            mean += (0.299 * before[i] + 0.587 * before[i + 1] + 0.114 * before[i + 2]) / (before.length / 3.0);
        }
        for (int seed = 0; seed < 20; seed++) {
            int[] after = jittered(new ColourJitter(0, 1, 0, 0), image, seed);
            double factor = (after[0] - mean) / (before[0] - mean);
            assertTrue(factor > -0.05 && factor < 2.05, "factor " + factor);
            for (int i = 0; i < before.length; i++) {
                double tolerance = 0.5 + 0.5 * Math.abs((before[i] - mean) / (before[0] - mean)) + 0.1;
                assertEquals(mean + factor * (before[i] - mean), after[i], tolerance);
            }
        }
    }

    @Test
    void saturationKeepsTheGreyOfEachPixel() {
        Image image = noise(90, 160);
        int[] before = levels(image);
        for (int seed = 0; seed < 20; seed++) {
            int[] after = jittered(new ColourJitter(0, 0, 1, 0), image, seed);
            for (int i = 0; i < before.length; i += 3) {
                assertEquals(0.299 * before[i] + 0.587 * before[i + 1] + 0.114 * before[i + 2],
                        0.299 * after[i] + 0.587 * after[i + 1] + 0.114 * after[i + 2], 0.6);
            }
        }
    }

    @Test
    void hueTurnsTheColourCircle() {
        float[] rgb = {1, 0, 0, 0, 1, 0, 0.2f, 0.2f, 0.8f, 0.5f, 0.5f, 0.5f, 0, 0, 0};
        ColourJitter.turn(rgb, THIRD);
        assertArrayEquals(new float[] {0, 1, 0, 0, 0, 1, 0.8f, 0.2f, 0.2f, 0.5f, 0.5f, 0.5f, 0, 0, 0}, rgb, 1e-5f);
        ColourJitter.turn(rgb, -THIRD);
        assertArrayEquals(new float[] {1, 0, 0, 0, 1, 0, 0.2f, 0.2f, 0.8f, 0.5f, 0.5f, 0.5f, 0, 0, 0}, rgb, 1e-5f);
        float[] orange = {1, 0.5f, 0};
        ColourJitter.turn(orange, 0.5f);
        assertArrayEquals(new float[] {0, 0.5f, 1}, orange, 1e-5f);
    }

    @Test
    void rangesAreChecked() {
        assertEquals("hue is 0.6: it must be 0 to 0.5 of a full turn",
                assertThrows(IllegalArgumentException.class, () -> new ColourJitter(0, 0, 0, 0.6)).getMessage());
        assertThrows(IllegalArgumentException.class, () -> new ColourJitter(-0.1, 0, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> new ColourJitter(0, Double.NaN, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> new ColourJitter(0, 0, Double.POSITIVE_INFINITY, 0));
    }
}
