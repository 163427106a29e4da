package org.tiepoint.augment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.tiepoint.image.Image;

class ColourAugmentationTest {
    private static final ColourAugmentation HNDESC = ColourAugmentation.defaults();

    private static Image noise(int least, int most) {
        SplittableRandom random = new SplittableRandom(5);
        byte[] rgb = new byte[3 * 40 * 32];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (least + random.nextInt(most - least));
        }
        return new Image(40, 32, rgb);
    }

    private static int[] levels(Image image) {
        int[] levels = new int[image.rgb().length];
        Arrays.setAll(levels, i -> image.rgb()[i] & 0xff);
        return levels;
    }

    /** 1 - 0.4 * 0.7 * 0.9 of the pictures change; hardly any draw changes nothing. */
    @Test
    void theSharesAreThose() {
        Image image = noise(0, 256);
        int changed = 0;
        for (int seed = 0; seed < 1000; seed++) {
            changed += HNDESC.apply(image, new SplittableRandom(seed)) == image ? 0 : 1;
        }
        assertEquals(748, changed, 40);
        assertSame(image, ColourAugmentation.none().apply(image, new SplittableRandom(1)));
    }

    @Test
    void theDrawFollowsFromTheGenerator() {
        Image image = noise(0, 256);
        int[] before = levels(image);
        for (int seed = 0; seed < 40; seed++) {
            assertArrayEquals(levels(HNDESC.apply(image, new SplittableRandom(seed))),
                    levels(HNDESC.apply(image, new SplittableRandom(seed))));
        }
        assertArrayEquals(before, levels(image), "the original is untouched");
    }

    @Test
    void stretchingIsALineOfTheLevels() {
        Image image = noise(90, 160);
        int[] before = levels(image);
        double least = 9;
        double most = 0;
        for (int seed = 0; seed < 300; seed++) {
            int[] after = levels(HNDESC.stretch(image, new SplittableRandom(seed)));
            SplittableRandom same = new SplittableRandom(seed);
            double factor = 1 + 0.2 * (2 * same.nextDouble() - 1);
            double shift = 255 * 0.3 * (2 * same.nextDouble() - 1);
            least = Math.min(least, factor);
            most = Math.max(most, factor);
            for (int i = 0; i < before.length; i++) {
                assertEquals(Math.max(0, Math.min(255, factor * before[i] + shift)), after[i], 0.51);
            }
        }
        assertTrue(least < 0.82 && most > 1.18);
    }

    /** A full turn and the value stay; a turn by 120 degrees takes red to green. */
    @Test
    void tintingTurnsTheHueAndKeepsTheValue() {
        Image red = new Image(1, 1, new byte[] {(byte) 200, 40, 40});
        double most = 0;
        for (int seed = 0; seed < 200; seed++) {
            int[] after = levels(new ColourAugmentation(0, 0, 10, 0, 1, 0, 0).tint(red, new SplittableRandom(seed)));
            assertEquals(200, after[0], 1);
            // a sixth of a turn takes the second greatest channel from the least to the greatest value
            double degrees = 60.0 * (Math.max(after[1], after[2]) - 40) / 160;
            assertTrue(degrees <= 11.5, degrees + " degrees");
            most = Math.max(most, degrees);
        }
        assertTrue(most > 8.5, most + " degrees at most");
        Image grey = new Image(1, 1, new byte[] {80, 80, 80});
        assertArrayEquals(levels(grey), levels(HNDESC.tint(grey, new SplittableRandom(1))));
    }

    @Test
    void greyHasThreeEqualChannels() {
        Image image = noise(0, 256);
        int[] before = levels(image);
        int[] after = levels(ColourAugmentation.grey(image));
        for (int i = 0; i < after.length; i += 3) {
            assertEquals(0.299 * before[i] + 0.587 * before[i + 1] + 0.114 * before[i + 2], after[i], 0.51);
            assertEquals(after[i], after[i + 1]);
            assertEquals(after[i], after[i + 2]);
        }
    }

    @Test
    void exchangeKeepsTheLevelsOfAPixel() {
        Image image = noise(0, 256);
        for (int seed = 0; seed < 20; seed++) {
            Image exchanged = ColourAugmentation.exchange(image, new SplittableRandom(seed));
            assertNotSame(image, exchanged);
            for (int i = 0; i < image.rgb().length; i += 3) {
                assertArrayEquals(Arrays.stream(levels(image), i, i + 3).sorted().toArray(),
                        Arrays.stream(levels(exchanged), i, i + 3).sorted().toArray());
            }
        }
    }

    /** Local equalisation spreads the levels of a dull picture. */
    @Test
    void equalisationRaisesTheContrast() {
        Image dull = noise(110, 130);
        for (int seed = 0; seed < 10; seed++) {
            int[] after = levels(ColourAugmentation.equalise(dull, new SplittableRandom(seed)));
            double before = Arrays.stream(levels(dull)).summaryStatistics().getMax()
                    - Arrays.stream(levels(dull)).summaryStatistics().getMin();
            int range = Arrays.stream(after).max().orElseThrow() - Arrays.stream(after).min().orElseThrow();
            assertTrue(range > before, range + " after " + before);
        }
    }

    @Test
    void blurLowersAndNoiseRaisesTheDifferencesBetweenNeighbours() {
        Image image = noise(60, 200);
        for (int seed = 0; seed < 20; seed++) {
            Image blurred = new ColourAugmentation(0, 0, 0, 0, 0, 1, 0).apply(image, new SplittableRandom(seed));
            assertTrue(roughness(blurred) < 0.75 * roughness(image));
            Image flat = new Image(40, 32, new byte[3 * 40 * 32]);
            Arrays.fill(flat.rgb(), (byte) 120);
            Image noisy = new ColourAugmentation(0, 0, 0, 0, 0, 0, 1).apply(flat, new SplittableRandom(seed));
            double squares = Arrays.stream(levels(noisy)).mapToDouble(v -> (v - 120.0) * (v - 120)).average()
                    .orElseThrow();
            assertTrue(squares > 5 && squares < 200, "variance " + squares);
        }
    }

    private static double roughness(Image image) {
        int[] levels = levels(image);
        double sum = 0;
        for (int i = 3; i < levels.length; i++) {
            sum += Math.abs(levels[i] - levels[i - 3]);
        }
        return sum;
    }

    @Test
    void rangesAreChecked() {
        assertEquals("blurShare is 1.5: it must be 0 to 1", assertThrows(IllegalArgumentException.class,
                () -> new ColourAugmentation(0, 0, 0, 0, 0, 1.5, 0)).getMessage());
        assertThrows(IllegalArgumentException.class, () -> new ColourAugmentation(Double.NaN, 0, 0, 0, 0, 0, 0));
    }
}
