package org.tiepoint.augment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tiepoint.feature.Keypoints;
import org.tiepoint.feature.RandomDetector;
import org.tiepoint.feature.SiftDetector;
import org.tiepoint.geometry.Matrices;
import org.tiepoint.image.Image;
import org.tiepoint.image.ImageResizer;

class CropPairMakerTest {
    private static final int SIDE = 96;
    private static final KeypointSource RANDOM = KeypointSource.detecting(new RandomDetector(5));

    /** Every place has a colour of its own, so that a point's place in the photo can be read from a crop. */
    private static Image places(int width, int height) {
        byte[] rgb = new byte[3 * width * height];
        for (int i = 0; i < width * height; i++) {
            rgb[3 * i] = (byte) (i % width * 200 / width + 20);
            rgb[3 * i + 1] = (byte) (i / width * 200 / height + 20);
            rgb[3 * i + 2] = (byte) (i / width / 12 % 2 == i % width / 12 % 2 ? 255 : 0);
        }
        return new Image(width, height, rgb);
    }

    private static CropPairMaker maker(double stylisedShare) {
        return new CropPairMaker(new CropPairMaker.Options(new HomographyDraw(SIDE, 0.8, 1, 0.6, 15), 50, 0.1, 20, 10,
                stylisedShare, ColourAugmentation.none()));
    }

    private static double level(Image image, double x, double y, int channel) {
        int x0 = Math.min((int) x, image.width() - 2);
        int y0 = Math.min((int) y, image.height() - 2);
        double sum = 0;
        for (int i = 0; i < 4; i++) {
            double weight = (i % 2 == 0 ? 1 - x + x0 : x - x0) * (i / 2 == 0 ? 1 - y + y0 : y - y0);
            sum += weight * (image.rgb()[3 * ((y0 + i / 2) * image.width() + x0 + i % 2) + channel] & 0xff);
        }
        return sum;
    }

    @ParameterizedTest
    @CsvSource({"400, 300", "160, 140", "90, 70"})
    void bothCropsShowTheSamePlaceAtAPoint(int width, int height) throws IOException {
        Image photo = places(width, height);
        double worst = 0;
        int points = 0;
        for (int seed = 0; seed < 30; seed++) {
            CropPair pair = maker(0).make(photo, StylisedCopy.NONE, RANDOM, seed);
            assertTrue(pair.count() > 5 && pair.count() <= 50, pair.count() + " points");
            for (int i = 0; i < 2 * pair.count(); i += 2) {
                float[] first = pair.first().points();
                float[] second = pair.second().points();
                double[] moved = Points.transfer(first[i], first[i + 1], pair.homography());
                assertArrayEquals(moved, new double[] {second[i], second[i + 1]}, 1e-4);
                assertTrue(Points.inside(first[i], first[i + 1], SIDE, SIDE, 0));
                assertTrue(Points.inside(second[i], second[i + 1], SIDE, SIDE, 0));
                for (int channel = 0; channel < 2; channel++) {
                    double departure = Math.abs(level(pair.first().image(), first[i], first[i + 1], channel)
                            - level(pair.second().image(), second[i], second[i + 1], channel));
                    worst = Math.max(worst, departure);
                    points++;
                }
            }
        }
        // a grey level is 2 pixels of the widest photo, 0.5 of the narrowest
        assertTrue(worst < 3.5, "worst departure " + worst + " grey levels over " + points);
    }

    /** Where the photo lies under a crop's point: given points of the photo stay on their places. */
    @Test
    void givenPointsAreTakenAlong() throws IOException {
        Image photo = places(400, 300);
        float[] xy = new float[2 * 40 * 30];
        for (int i = 0; i < xy.length; i += 2) {
            xy[i] = i / 2 % 40 * 10 + 3;
            xy[i + 1] = i / 2 / 40 * 10 + 4;
        }
        KeypointSource given = KeypointSource.given(Keypoints.ofPositions(xy));
        int points = 0;
        for (int seed = 0; seed < 20; seed++) {
            CropPair pair = maker(0).make(photo, StylisedCopy.NONE, given, seed);
            for (Crop crop : List.of(pair.first(), pair.second())) {
                for (int i = 0; i < 2 * crop.count(); i += 2) {
                    double x = (level(crop.image(), crop.points()[i], crop.points()[i + 1], 0) - 20) * 2;
                    double y = (level(crop.image(), crop.points()[i], crop.points()[i + 1], 1) - 20) * 1.5;
                    assertEquals(3, (x + 1.5) % 10 - 1, 2.5, "x " + x);
                    assertEquals(4, (y + 1) % 10, 2.5, "y " + y);
                    points++;
                }
            }
        }
        assertTrue(points > 500, points + " points");
    }

    @Test
    void aSeedGivesTheSamePairInEveryThread() throws IOException {
        Image photo = places(300, 200);
        CropPairMaker maker = new CropPairMaker(new CropPairMaker.Options(new HomographyDraw(SIDE, 0.8, 1, 0.6, 15), 50,
                0.1, 20, 10, 0.5, ColourAugmentation.defaults()));
        KeypointSource sift = KeypointSource.detecting(new SiftDetector(SiftDetector.Options.defaults()));
        List<byte[]> crops = IntStream.range(0, 24).parallel().mapToObj(i -> {
            try {
                return maker.make(photo, StylisedCopy.NONE, sift, i / 2).second().image().rgb();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }).toList();
        for (int i = 0; i < crops.size(); i += 2) {
            assertArrayEquals(crops.get(i), crops.get(i + 1));
            assertTrue(i == 0 || !Arrays.equals(crops.get(i), crops.get(i - 1)));
        }
    }

    /** Most of the photo is one colour: almost every pair still comes from the part that shows something. */
    @Test
    void cropsOfLittleContrastAreDrawnAgain() throws IOException {
        Image photo = places(400, 400);
        for (int i = 0; i < 400 * 400; i++) {
            if (i % 400 > 150) {
                Arrays.fill(photo.rgb(), 3 * i, 3 * i + 3, (byte) 90);
            }
        }
        int flat = 0;
        for (int seed = 0; seed < 60; seed++) {
            CropPair pair = maker(0).make(photo, StylisedCopy.NONE, RANDOM, seed);
            flat += pair.count() == 0 ? 1 : 0;
        }
        assertTrue(flat <= 6, flat + " of 60 without points");
    }

    @Test
    void aPhotoWithoutContrastGivesAPairWithoutPoints() throws IOException {
        CropPair pair = maker(0).make(new Image(200, 200, new byte[3 * 200 * 200]), StylisedCopy.NONE, RANDOM, 1);
        assertEquals(0, pair.count());
        assertEquals(SIDE, pair.second().image().width());
    }

    /** The stylised copy is half the size and has its colours exchanged. */
    @Test
    void theSecondCropComesFromTheStylisedCopyWhereOneIsDrawn() throws IOException {
        Image photo = places(300, 200);
        byte[] exchanged = ImageResizer.resize(photo, 150, 100).rgb();
        for (int i = 0; i < exchanged.length; i += 3) {
            byte red = exchanged[i];
            exchanged[i] = exchanged[i + 1];
            exchanged[i + 1] = red;
        }
        AtomicInteger reads = new AtomicInteger();
        StylisedCopy copy = () -> {
            reads.incrementAndGet();
            return Optional.of(new Image(150, 100, exchanged));
        };
        int stylised = 0;
        for (int seed = 0; seed < 200; seed++) {
            CropPair pair = maker(0.7).make(photo, copy, RANDOM, seed);
            stylised += pair.stylised() ? 1 : 0;
            for (int i = 0; i < 2 * pair.count(); i += 2) {
                double red = level(pair.first().image(), pair.first().points()[i], pair.first().points()[i + 1], 0);
                double there = level(pair.second().image(), pair.second().points()[i], pair.second().points()[i + 1],
                        pair.stylised() ? 1 : 0);
                assertEquals(red, there, 4);
            }
        }
        assertEquals(stylised, reads.get());
        assertEquals(140, stylised, 20);
        assertEquals(0, IntStream.range(0, 20).filter(seed -> {
            try {
                return maker(1).make(photo, StylisedCopy.NONE, RANDOM, seed).stylised();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }).count());
    }

    @Test
    void aNegativeIsACropAsItLies() {
        Image photo = places(300, 200);
        float[] xy = {250, 150, 240, 140, 235, 160, 20, 20};
        Crop crop = maker(0).negative(photo, KeypointSource.given(Keypoints.ofPositions(xy)), 3);
        assertEquals(SIDE, crop.image().width());
        assertEquals(3, crop.count());
        for (int i = 0; i < 3; i++) {
            assertEquals(20 + xy[2 * i] * 200 / 300, level(crop.image(), crop.points()[2 * i],
                    crop.points()[2 * i + 1], 0), 1.1);
        }
        assertEquals(0, maker(0).negative(photo, (image, fromPhoto, most) -> new float[0], 3).count());
    }

    @Test
    void oneKeyPointAPixel() throws IOException {
        KeypointSource twice = (crop, fromPhoto, most) -> new float[] {50, 50, 50.2f, 49.9f, 60, 50, 50, 50};
        CropPair pair = maker(0).make(places(300, 200), StylisedCopy.NONE, twice, 2);
        assertArrayEquals(new float[] {50, 50, 60, 50}, pair.first().points());
    }

    @Test
    void drawsStayInTheirRanges() {
        HomographyDraw draw = HomographyDraw.defaults();
        SplittableRandom random = new SplittableRandom(2);
        double widest = 0;
        double shortest = 9;
        double longest = 0;
        for (int i = 0; i < 2000; i++) {
            double[] back = Matrices.inverse(draw.draw(400, 300, 1, random).matrix());
            double[][] corners = new double[4][];
            for (int j = 0; j < 4; j++) {
                corners[j] = Points.transfer(j % 2 * 255, j / 2 * 255, back);
                double[] c = corners[j];
                assertTrue(Math.hypot(c[0] - 400, c[1] - 300) <= draw.radius(), "corner " + c[0] + " " + c[1]);
            }
            double top = distance(corners[0], corners[1]);
            double bottom = distance(corners[2], corners[3]);
            double left = distance(corners[0], corners[2]);
            for (double side : new double[] {top, bottom, left}) {
                shortest = Math.min(shortest, side / 255);
                longest = Math.max(longest, side / 255);
            }
            double[] centre = {(corners[0][0] + corners[1][0]) / 2 - (corners[2][0] + corners[3][0]) / 2,
                (corners[0][1] + corners[1][1]) / 2 - (corners[2][1] + corners[3][1]) / 2};
            double turn = Math.toDegrees(Math.atan2(centre[0], -centre[1]));
            widest = Math.max(widest, Math.abs(turn));
        }
        assertTrue(widest > 14.5 && widest < 27, "turned by " + widest);
        assertTrue(shortest > 0.48 && shortest < 0.52, "shortest side " + shortest);
        assertTrue(longest > 0.97 && longest < 1.03, "longest side " + longest);
    }

    private static double distance(double[] a, double[] b) {
        return Math.hypot(a[0] - b[0], a[1] - b[1]);
    }

    /** Crops of more than their size of the photo stay inside it, are smoothed, and show the same places. */
    @Test
    void reachTakesInMoreOfThePhoto() throws IOException {
        HomographyDraw wide = new HomographyDraw(SIDE, 0.5, 3, 1, 0);
        double largest = 0;
        for (int i = 0; i < 200; i++) {
            double room = 1 + i / 100.0;
            HomographyDraw.Drawn drawn = wide.draw(400, 300, room, new SplittableRandom(i));
            assertTrue(drawn.scale() >= 0.5 && drawn.scale() <= room, drawn.scale() + " of " + room);
            assertEquals(drawn.scale(), 1 / drawn.matrix()[0], 1e-4);
            largest = Math.max(largest, drawn.scale());
        }
        assertTrue(largest > 2, "largest scale " + largest);
        CropPairMaker maker = new CropPairMaker(new CropPairMaker.Options(wide, 50, 0.1, 10, 10, 0,
                ColourAugmentation.none()));
        Image photo = places(800, 600);
        double ratio = 1;
        for (int seed = 0; seed < 30; seed++) {
            CropPair pair = maker.make(photo, StylisedCopy.NONE, RANDOM, seed);
            ratio = Math.max(ratio, pair.homography()[0]);
            for (int i = 0; i < 2 * pair.count(); i += 2) {
                for (int channel = 0; channel < 2; channel++) {
                    // smoothing reaches over the checks' edges, which are in the third channel alone
                    assertEquals(level(pair.first().image(), pair.first().points()[i], pair.first().points()[i + 1],
                            channel), level(pair.second().image(), pair.second().points()[i],
                            pair.second().points()[i + 1], channel), 3.5);
                }
            }
        }
        assertTrue(ratio > 2, "largest ratio of scales " + ratio);
    }

    @Test
    void impossibleOptionsAreRefused() {
        assertEquals("zoom is 1.1: it must be 0.05 to 1", assertThrows(IllegalArgumentException.class,
                () -> new HomographyDraw(256, 1.1, 1, 0.6, 15)).getMessage());
        assertEquals("reach is 0.9: it must be 1 to 8", assertThrows(IllegalArgumentException.class,
                () -> new HomographyDraw(256, 0.5, 0.9, 0.6, 15)).getMessage());
        assertThrows(IllegalArgumentException.class, () -> new HomographyDraw(8, 1, 1, 0.6, 15));
        assertThrows(IllegalArgumentException.class, () -> new HomographyDraw(256, 1, 1, 0.6, -1));
        CropPairMaker.Options options = CropPairMaker.Options.defaults();
        assertThrows(IllegalArgumentException.class, () -> new CropPairMaker.Options(options.homography(), 0, 0.1, 20,
                10, 0.7, options.colour()));
        assertThrows(IllegalArgumentException.class, () -> new CropPairMaker.Options(options.homography(), 1, 0.1, 20,
                10, 1.7, options.colour()));
    }
}
