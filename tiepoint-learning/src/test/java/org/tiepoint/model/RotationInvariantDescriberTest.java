package org.tiepoint.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tiepoint.checkpoint.ParameterStore;
import org.tiepoint.checkpoint.TrainingCheckpoint;
import org.tiepoint.feature.Describer;
import org.tiepoint.feature.Features;
import org.tiepoint.feature.Keypoints;
import org.tiepoint.image.Image;
import org.tiepoint.image.ImageResizer;
import org.tiepoint.image.TestImages;
import org.tiepoint.match.Matches;
import org.tiepoint.match.MutualNearestNeighborMatcher;
import org.tiepoint.network.CompactNet;
import org.tiepoint.objective.StoredNames;
import org.tiepoint.onnx.OnnxExtractor;
import org.tiepoint.onnx.RotationInvariantDescriber;
import org.tiepoint.recipe.RecipeFile;
import org.tiepoint.tensor.Device;

/** A network of random values finds points again by their patches, whatever the roll and the zoom. */
class RotationInvariantDescriberTest {
    private static final int SIDE = 160;
    private static final int POINTS = 70;

    @TempDir
    static Path folder;

    private static OnnxExtractor upright;
    private static RotationInvariantDescriber describer;

    private final Image image = TestImages.blobs(SIDE, SIDE, 5);

    @BeforeAll
    static void load() throws IOException {
        Path file = folder.resolve("compact.safetensors");
        try (CompactNet network = new CompactNet(new CompactNet.Options(32, 8, 2, 8), 3, Device.CPU)) {
            new TrainingCheckpoint(1, 1, RecipeFile.text("compact-s"), Map.of(), Map.of(), ParameterStore.store(
                    StoredNames.with(StoredNames.DESCRIPTOR, network.parameters().all())), Map.of()).write(file);
        }
        upright = (OnnxExtractor) TrainedModel.load(file, 10);
        describer = new RotationInvariantDescriber(upright);
    }

    @AfterAll
    static void close() {
        describer.close();
        assertThrows(IllegalStateException.class, () -> upright.describe(TestImages.blobs(64, 64, 1),
                Keypoints.ofPositions(new float[] {20, 20})));
    }

    /** In the middle, so that they stay inside at any angle. */
    private static Keypoints points(boolean oriented) {
        SplittableRandom random = new SplittableRandom(2);
        float[] xy = new float[2 * POINTS];
        float[] sizes = new float[POINTS];
        float[] angles = new float[POINTS];
        for (int i = 0; i < POINTS; i++) {
            double radius = 50 * Math.sqrt(random.nextDouble());
            double direction = 2 * Math.PI * random.nextDouble();
            xy[2 * i] = (float) ((SIDE - 1) / 2.0 + radius * Math.cos(direction));
            xy[2 * i + 1] = (float) ((SIDE - 1) / 2.0 + radius * Math.sin(direction));
            sizes[i] = oriented ? (float) (3 + 4 * random.nextDouble()) : Keypoints.UNSCALED_SIZE;
            angles[i] = oriented ? (float) (360 * random.nextDouble()) : -1;
        }
        return new Keypoints(xy, new float[POINTS], sizes, angles);
    }

    private static Keypoints turned(Keypoints points, double degrees) {
        double cosine = Math.cos(Math.toRadians(degrees));
        double sine = Math.sin(Math.toRadians(degrees));
        float[] xy = new float[2 * POINTS];
        float[] angles = points.angles().clone();
        for (int i = 0; i < POINTS; i++) {
            double dx = points.x(i) - (SIDE - 1) / 2.0;
            double dy = points.y(i) - (SIDE - 1) / 2.0;
            xy[2 * i] = (float) ((SIDE - 1) / 2.0 + cosine * dx - sine * dy);
            xy[2 * i + 1] = (float) ((SIDE - 1) / 2.0 + sine * dx + cosine * dy);
            angles[i] = angles[i] < 0 ? angles[i] : (float) ((angles[i] + degrees) % 360);
        }
        return new Keypoints(xy, points.scores(), points.sizes(), angles);
    }

    /** Clockwise about the centre, by bilinear interpolation. */
    private static Image turned(Image image, double degrees) {
        double cosine = Math.cos(Math.toRadians(degrees));
        double sine = Math.sin(Math.toRadians(degrees));
        double centre = (SIDE - 1) / 2.0;
        byte[] rgb = new byte[image.rgb().length];
        for (int i = 0; i < rgb.length; i++) {
            double dx = i / 3 % SIDE - centre;
            double dy = i / 3 / SIDE - centre;
            double x = Math.max(0, Math.min(SIDE - 1.001, centre + cosine * dx + sine * dy));
            double y = Math.max(0, Math.min(SIDE - 1.001, centre - sine * dx + cosine * dy));
            int at = 3 * ((int) y * SIDE + (int) x) + i % 3;
            double across = x - (int) x;
            double upper = (image.rgb()[at] & 0xFF) * (1 - across) + (image.rgb()[at + 3] & 0xFF) * across;
            double lower = (image.rgb()[at + 3 * SIDE] & 0xFF) * (1 - across)
                    + (image.rgb()[at + 3 * SIDE + 3] & 0xFF) * across;
            rgb[i] = (byte) Math.round(upper * (1 - (y - (int) y)) + lower * (y - (int) y));
        }
        return new Image(SIDE, SIDE, rgb);
    }

    /** Share of the points that are matched with themselves. */
    private static double found(Describer by, Image first, Keypoints a, Image second, Keypoints b) {
        Features described = by.describe(second, b);
        assertEquals(by.dimension(), described.dimension());
        Matches matches = new MutualNearestNeighborMatcher().match(by.describe(first, a), described);
        int right = 0;
        for (int i = 0; i < matches.count(); i++) {
            right += matches.first(i) == matches.second(i) ? 1 : 0;
        }
        return (double) right / POINTS;
    }

    @ParameterizedTest
    @ValueSource(doubles = {30, 45, 90, 180})
    void findsPointsAgainAfterARoll(double degrees) {
        Image rolled = turned(image, degrees);
        Keypoints points = points(true);
        Keypoints after = turned(points, degrees);
        assertTrue(found(describer, image, points, rolled, after) > 0.9,
                () -> "" + found(describer, image, points, rolled, after));
        assertTrue(found(upright, image, points, rolled, after) < 0.5,
                () -> "" + found(upright, image, points, rolled, after));
    }

    @ParameterizedTest
    @ValueSource(doubles = {45, 90})
    void turnsPointsWithoutOrientationByTheirGradients(double degrees) {
        Keypoints points = points(false);
        double share = found(describer, image, points, turned(image, degrees), turned(points, degrees));
        assertTrue(share > 0.7, () -> "" + share);
    }

    @Test
    void findsPointsAgainAfterAZoom() {
        Keypoints points = points(true);
        float[] xy = new float[2 * POINTS];
        float[] sizes = new float[POINTS];
        for (int i = 0; i < xy.length; i++) {
            xy[i] = (points.xy()[i] + 0.5f) * 2 - 0.5f;
            sizes[i / 2] = points.sizes()[i / 2] * 2;
        }
        Image larger = ImageResizer.resize(image, 2 * SIDE, 2 * SIDE);
        Keypoints after = new Keypoints(xy, points.scores(), sizes, points.angles());
        assertTrue(found(describer, image, points, larger, after) > 0.9,
                () -> "" + found(describer, image, points, larger, after));
    }

    /** Key points come in any order of sizes, and a batch's end is no border. */
    @Test
    void describesEachPointAloneAsAmongOthers() {
        Keypoints points = points(true);
        float[] all = describer.describe(image, points).descriptors();
        for (int i : new int[] {0, 31, POINTS - 1}) {
            Keypoints one = new Keypoints(new float[] {points.x(i), points.y(i)}, new float[1],
                    new float[] {points.sizes()[i]}, new float[] {points.angles()[i]});
            assertArrayEquals(Arrays.copyOfRange(all, i * 128, i * 128 + 128),
                    describer.describe(image, one).descriptors(), 1e-5f);
        }
        assertEquals(128, describer.dimension());
        assertEquals(0, describer.describe(image, Keypoints.ofPositions(new float[0])).descriptors().length);
    }
}
