package org.tiepoint.feature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tiepoint.image.Image;
import org.tiepoint.image.TestImages;

/** What every extractor promises. */
public abstract class ExtractorContractTest {
    /** Rich in detail. */
    protected final Image image = TestImages.blobs(320, 240, 7);

    /** The extractor under test; the test closes it. */
    protected abstract Extractor extractor(int maxKeypoints);

    private Features extract(Image of, int maxKeypoints) {
        try (Extractor extractor = extractor(maxKeypoints)) {
            return extractor.extract(of);
        }
    }

    @Test
    void keepsToTheLimitBestFirst() {
        for (int limit : new int[] {1, 2, 17, 100}) {
            Keypoints found = extract(image, limit).keypoints();
            assertTrue(found.count() <= limit, found.count() + " of " + limit);
            for (int i = 1; i < found.count(); i++) {
                assertTrue(found.scores()[i] <= found.scores()[i - 1]);
            }
        }
        int found = extract(image, 100).keypoints().count();
        assertTrue(found > 50, found + " found");
    }

    @Test
    void staysInsideTheImageWithFiniteDescriptors() {
        Features found = extract(image, 1000);
        for (int i = 0; i < found.keypoints().count(); i++) {
            assertTrue(found.keypoints().x(i) >= -0.5 && found.keypoints().x(i) < image.width());
            assertTrue(found.keypoints().y(i) >= -0.5 && found.keypoints().y(i) < image.height());
            assertTrue(found.keypoints().sizes()[i] > 0);
        }
        for (float number : found.descriptors()) {
            assertTrue(Float.isFinite(number));
        }
        try (Extractor extractor = extractor(10)) {
            assertEquals(extractor.dimension(), found.dimension());
        }
    }

    @Test
    void givesTheSameFromManyThreads() {
        try (Extractor extractor = extractor(200)) {
            Features once = extractor.extract(image);
            List<Features> again = IntStream.range(0, 4).parallel().mapToObj(i -> extractor.extract(image)).toList();
            for (Features other : again) {
                assertArrayEquals(once.keypoints().xy(), other.keypoints().xy());
                assertArrayEquals(once.descriptors(), other.descriptors());
            }
        }
    }

    /** Images of unlike sizes. */
    @Test
    void aListGivesTheSameAsOneByOne() {
        List<Image> images = List.of(image, TestImages.blobs(100, 140, 2), image, TestImages.blobs(201, 77, 3));
        try (Extractor extractor = extractor(60)) {
            List<Features> found = extractor.extract(images);
            assertEquals(images.size(), found.size());
            for (int i = 0; i < images.size(); i++) {
                Features alone = extractor.extract(images.get(i));
                assertArrayEquals(alone.keypoints().xy(), found.get(i).keypoints().xy());
                assertArrayEquals(alone.descriptors(), found.get(i).descriptors());
            }
            assertEquals(List.of(), extractor.extract(List.of()));
        }
    }

    @Test
    void takesSmallAndFlatImages() {
        byte[] grey = new byte[3 * 70 * 70];
        Arrays.fill(grey, (byte) 90);
        try (Extractor extractor = extractor(20)) {
            for (int side : new int[] {1, 2, 5, 16, 33, 63, 70}) {
                int found = extractor.extract(new Image(side, side, Arrays.copyOf(grey, 3 * side * side))).keypoints()
                        .count();
                assertTrue(found <= 20);
            }
            assertTrue(extractor.extract(new Image(70, 3, new byte[3 * 70 * 3])).keypoints().count() <= 20);
        }
    }

    /**
     * The mean of the left-right asymmetry of the positions, in pixels: a method that puts key points too far right by
     * b gives 2 b. Only key points that the mirrored image shows too, and of at least this size.
     */
    protected double mirrorBias(Image image, float minSize, int atLeast) {
        Keypoints there = extract(image, 3000).keypoints();
        Keypoints mirrored = extract(mirrored(image), 3000).keypoints();
        double sum = 0;
        int count = 0;
        for (int i = 0; i < there.count(); i++) {
            double nearest = Double.NaN;
            for (int j = 0; j < mirrored.count(); j++) {
                double dx = there.x(i) + mirrored.x(j) - (image.width() - 1);
                double dy = there.y(i) - mirrored.y(j);
                boolean near = Math.hypot(dx, dy) < 3 && there.sizes()[i] == mirrored.sizes()[j]
                        && !(Math.abs(dx) >= Math.abs(nearest));
                nearest = near ? dx : nearest;
            }
            if (there.sizes()[i] >= minSize && !Double.isNaN(nearest)) {
                sum += nearest;
                count++;
            }
        }
        assertTrue(count >= atLeast, "only " + count + " key points of the mirrored image are the same");
        return sum / count;
    }

    private static Image mirrored(Image image) {
        byte[] rgb = new byte[image.rgb().length];
        for (int i = 0; i < image.width() * image.height(); i++) {
            int from = i / image.width() * image.width() + image.width() - 1 - i % image.width();
            System.arraycopy(image.rgb(), 3 * from, rgb, 3 * i, 3);
        }
        return new Image(image.width(), image.height(), rgb);
    }
}
