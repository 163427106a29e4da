package org.tiepoint.stylise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tiepoint.image.Image;

class RelightingTest {
    private static final int WIDTH = 160;
    private static final int HEIGHT = 120;
    private static final int HORIZON = 50;

    /** A pale blue sky over a brown wall of bricks. */
    private static Image house() {
        byte[] rgb = new byte[3 * WIDTH * HEIGHT];
        for (int i = 0; i < WIDTH * HEIGHT; i++) {
            boolean sky = i / WIDTH < HORIZON;
            boolean joint = i % WIDTH % 10 == 0 || i / WIDTH % 6 == 0;
            rgb[3 * i] = (byte) (sky ? 190 : joint ? 150 : 110);
            rgb[3 * i + 1] = (byte) (sky ? 205 : joint ? 140 : 80);
            rgb[3 * i + 2] = (byte) (sky ? 225 : joint ? 130 : 60);
        }
        return new Image(WIDTH, HEIGHT, rgb);
    }

    private static Image lit(Light light, long seed) {
        return new Relighting(List.of(light)).stylise(house(), seed);
    }

    /** Mean level of a channel in some rows. */
    private static double mean(Image image, int channel, int from, int to) {
        double sum = 0;
        for (int i = from * WIDTH; i < to * WIDTH; i++) {
            sum += image.rgb()[3 * i + channel] & 0xff;
        }
        return sum / (to - from) / WIDTH;
    }

    private static double contrast(Image image, int from, int to) {
        double mean = mean(image, 1, from, to);
        double sum = 0;
        for (int i = from * WIDTH; i < to * WIDTH; i++) {
            double departure = (image.rgb()[3 * i + 1] & 0xff) - mean;
            sum += departure * departure;
        }
        return Math.sqrt(sum / (to - from) / WIDTH);
    }

    @Test
    void theSkyIsFoundToItsEdge() {
        Plane sky = PhotoScene.of(house()).sky();
        for (int x = 0; x < WIDTH; x += 7) {
            assertTrue(sky.at(x, 5) > 0.9 && sky.at(x, HORIZON - 3) > 0.8, "sky " + sky.at(x, HORIZON - 3));
            assertTrue(sky.at(x, HORIZON + 8) < 0.15 && sky.at(x, HEIGHT - 4) < 0.05,
                    "wall " + sky.at(x, HORIZON + 8));
        }
    }

    /** A white wall that darkens slowly downwards has no outline: it is no sky. */
    @Test
    void aFadingWallIsNoSky() {
        Image wall = new Image(WIDTH, HEIGHT, new byte[3 * WIDTH * HEIGHT]);
        for (int i = 0; i < wall.rgb().length; i++) {
            wall.rgb()[i] = (byte) (230 - 1.6 * (i / 3 / WIDTH));
        }
        float[] sky = PhotoScene.of(wall).sky().values();
        assertArrayEquals(new float[sky.length], sky, 1e-3f);
    }

    @Test
    void nightIsDarkAndDarkestInTheSky() {
        double sky = 0;
        double ground = 0;
        for (int seed = 0; seed < 8; seed++) {
            Image night = lit(Light.NIGHT, seed);
            sky += mean(night, 1, 5, HORIZON - 5) / 8;
            ground += mean(night, 1, HORIZON + 5, HEIGHT - 5) / 8;
        }
        assertTrue(sky < 0.45 * mean(house(), 1, 5, HORIZON - 5), "sky " + sky);
        assertTrue(ground < 0.9 * mean(house(), 1, HORIZON + 5, HEIGHT - 5), "ground " + ground);
        assertTrue(ground > 15, "ground " + ground);
    }

    @Test
    void hazeTakesContrastFromWhatIsFar() {
        for (int seed = 0; seed < 5; seed++) {
            Image haze = lit(Light.HAZE, seed);
            double near = contrast(haze, HEIGHT - 20, HEIGHT) / contrast(house(), HEIGHT - 20, HEIGHT);
            double far = contrast(haze, HORIZON + 2, HORIZON + 22) / contrast(house(), HORIZON + 2, HORIZON + 22);
            assertTrue(far < near && far < 0.9 && near > 0.4, "contrast " + far + " far, " + near + " near");
        }
    }

    @Test
    void theLowSunIsWarmAndLeavesAShadow() {
        int sides = 0;
        for (int seed = 0; seed < 8; seed++) {
            Image sunset = lit(Light.SUNSET, seed);
            double[] warmth = new double[WIDTH];
            double[] levels = new double[WIDTH];
            for (int i = (HORIZON + 8) * WIDTH; i < HEIGHT * WIDTH; i++) {
                levels[i % WIDTH] += sunset.rgb()[3 * i] & 0xff;
                warmth[i % WIDTH] += (sunset.rgb()[3 * i] & 0xff) / (1.0 + (sunset.rgb()[3 * i + 2] & 0xff));
            }
            double left = levels[12] + levels[13] + levels[14];
            double right = levels[WIDTH - 13] + levels[WIDTH - 14] + levels[WIDTH - 15];
            if (Math.max(left, right) > 1.3 * Math.min(left, right)) {
                sides++;
                assertEquals(left > right, warmth[13] > warmth[WIDTH - 14], "the lit side is the warm one");
            }
        }
        assertTrue(sides >= 2, sides + " shadows across the picture");
    }

    @Test
    void daylightChangesExposureAndBalance() {
        double least = 255;
        double most = 0;
        double coolest = 9;
        double warmest = 0;
        for (int seed = 0; seed < 20; seed++) {
            Image day = lit(Light.DAYLIGHT, seed);
            least = Math.min(least, mean(day, 1, 60, 110));
            most = Math.max(most, mean(day, 1, 60, 110));
            double warmth = mean(day, 0, 60, 110) / mean(day, 2, 60, 110);
            coolest = Math.min(coolest, warmth);
            warmest = Math.max(warmest, warmth);
        }
        assertTrue(least < 75 && most > 105, least + " to " + most);
        assertTrue(warmest > 1.15 * coolest, coolest + " to " + warmest);
    }

    @Test
    void impossibleChoicesAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Relighting(List.of()));
        assertEquals("share is 1.5: it must be 0 to 1", assertThrows(IllegalArgumentException.class,
                () -> new EitherStyliser(Relighting.any(), Relighting.any(), 1.5)).getMessage());
    }
}
