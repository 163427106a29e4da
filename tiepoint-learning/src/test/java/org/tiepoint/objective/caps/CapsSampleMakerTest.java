package org.tiepoint.objective.caps;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tiepoint.dataset.DepthRange;
import org.tiepoint.dataset.ImagePair;
import org.tiepoint.dataset.PosedCollection;
import org.tiepoint.dataset.PosedCollections;
import org.tiepoint.dataset.synthetic.SceneOptions;
import org.tiepoint.dataset.synthetic.SyntheticCollectionWriter;
import org.tiepoint.dataset.synthetic.SyntheticScene;
import org.tiepoint.geometry.Epipolar;
import org.tiepoint.geometry.Matrices;
import org.tiepoint.geometry.Pose;
import org.tiepoint.image.Image;
import org.tiepoint.objective.posed.CroppedView;
import org.tiepoint.objective.posed.PairList;
import org.tiepoint.recipe.CapsRecipe;
import org.tiepoint.recipe.RecipeException;
import org.tiepoint.testing.TinyTraining;

/** Samples of a rendered scene, whose true correspondences are known. */
class CapsSampleMakerTest {
    private static final int PHOTO_WIDTH = 200;
    private static final int PHOTO_HEIGHT = 128;
    private static final int WIDTH = 96;
    private static final int HEIGHT = 64;
    private static final String NO_COLOUR = "{brightness: 0, contrast: 0, saturation: 0, hue: 0}";
    private static final String NO_WARP = "{rollDegrees: 0, zoom: 1, tilt: 1}";
    private static final PairList.ScenePair PAIR = new PairList.ScenePair(0, new ImagePair(0, 2));

    @TempDir
    static Path folder;

    private static SyntheticScene scene;
    private static List<PosedCollection> collections;

    @BeforeAll
    static void render() throws IOException {
        scene = SyntheticScene.create(new SceneOptions(4, 3, PHOTO_WIDTH, PHOTO_HEIGHT, 10, 0, 1));
        SyntheticCollectionWriter.write(scene, folder);
        collections = PosedCollections.open(folder);
    }

    private static CapsRecipe recipe(String colour, String warp) throws RecipeException {
        String text = TinyTraining.recipe(1);
        text = TinyTraining.with(text, "width", WIDTH);
        text = TinyTraining.with(text, "height", HEIGHT);
        text = TinyTraining.with(text, "queries", 200);
        text = TinyTraining.with(text, "colour", colour);
        text = TinyTraining.with(text, "warpGrows", 0);
        return TinyTraining.parse(TinyTraining.with(text, "warp", warp));
    }

    /** The photos are 200x128 and cover 96x64: scaled by 1/2 to 100x64, cut to a width of 96. */
    private static double[] photoToCut(double left) {
        return new double[] {0.5, 0, -0.25 - left, 0, 0.5, -0.25, 0, 0, 1};
    }

    /** True correspondences lie on the epipolar lines of the sample, cut and warped as it is. */
    @Test
    void correspondencesLieOnTheLinesOfACutAndWarpedPair() throws IOException {
        CapsRecipe recipe = recipe(NO_COLOUR, "{rollDegrees: 40, zoom: 1.6, tilt: 1.5}");
        CapsSampleMaker maker = new CapsSampleMaker(recipe, collections);
        for (long seed = 0; seed < 6; seed++) {
            CapsSample sample = maker.augmented(PAIR, false, seed, 0);
            SplittableRandom random = new SplittableRandom(seed);
            double left = Math.round((100 - WIDTH) * random.nextDouble());
            random.nextDouble();
            double[] warp = recipe.augmentation().warp().draw(WIDTH, HEIGHT, random);
            assertEquals(200 * 2, sample.queries().length);
            double[] toPhoto = Matrices.inverse(photoToCut(left));
            double[] toSecond = Matrices.multiply(warp, photoToCut(left));
            int known = 0;
            for (int i = 0; i < sample.queries().length; i += 2) {
                double[] photo = Matrices.apply(toPhoto,
                        new double[] {sample.queries()[i], sample.queries()[i + 1], 1});
                Optional<double[]> seen = scene.correspondence(0, 2, photo[0], photo[1]);
                if (seen.isPresent()) {
                    double[] second = Matrices.apply(toSecond, new double[] {seen.get()[0], seen.get()[1], 1});
                    assertEquals(0, Epipolar.distance(sample.fundamental(), sample.queries()[i],
                            sample.queries()[i + 1], second[0], second[1]), 2e-3);
                    known++;
                }
            }
            assertTrue(known > 30, "only " + known + " correspondences");
        }
    }

    /** The picture moves by the same warp as the lines. */
    @Test
    void thePictureIsWarpedAsTheLinesAre() throws IOException {
        CapsRecipe warped = recipe(NO_COLOUR, "{rollDegrees: 40, zoom: 1.6, tilt: 1.5}");
        CapsRecipe plain = recipe(NO_COLOUR, NO_WARP);
        for (long seed = 0; seed < 4; seed++) {
            CapsSample with = new CapsSampleMaker(warped, collections).augmented(PAIR, false, seed, 0);
            CapsSample without = new CapsSampleMaker(plain, collections).augmented(PAIR, false, seed, 0);
            assertArrayEquals(without.first().rgb(), with.first().rgb());
            SplittableRandom random = new SplittableRandom(seed);
            random.nextDouble();
            random.nextDouble();
            double[] warp = warped.augmentation().warp().draw(WIDTH, HEIGHT, random);
            double departure = 0;
            double contrast = 0;
            int compared = 0;
            for (int y = 8; y < HEIGHT - 8; y++) {
                for (int x = 8; x < WIDTH - 8; x++) {
                    double[] to = Matrices.apply(warp, new double[] {x, y, 1});
                    if (to[0] > 1 && to[1] > 1 && to[0] < WIDTH - 2 && to[1] < HEIGHT - 2) {
                        double level = level(without.second(), x, y);
                        departure += Math.abs(level - level(with.second(), to[0], to[1]));
                        contrast += Math.abs(level - level(with.second(), x, y));
                        compared++;
                    }
                }
            }
            assertTrue(compared > 500);
            assertTrue(departure < 0.5 * contrast, departure / compared + " of " + contrast / compared);
        }
    }

    /** The first step is not warped, the last of the growth wholly. */
    @Test
    void theWarpGrowsWithTheSteps() throws IOException {
        String text = TinyTraining.with(TinyTraining.recipe(1), "warpGrows", 100);
        CapsRecipe recipe = TinyTraining.parse(TinyTraining.with(text, "warp", "{rollDegrees: 40, zoom: 1.6, tilt: 1.5}"));
        assertTrue(recipe.augmentation().warpAt(0).isIdentity());
        assertEquals(20, recipe.augmentation().warpAt(50).rollDegrees());
        assertEquals(recipe.augmentation().warp(), recipe.augmentation().warpAt(100));
        assertEquals(recipe.augmentation().warp(), recipe.augmentation().warpAt(5000));
        CapsSampleMaker maker = new CapsSampleMaker(recipe, collections);
        CapsSample start = maker.augmented(PAIR, false, 1, 0);
        assertArrayEquals(start.second().rgb(), maker.augmented(PAIR, false, 1, 0).second().rgb());
        assertFalse(Arrays.equals(start.second().rgb(), maker.augmented(PAIR, false, 1, 100).second().rgb()));
        assertFalse(Arrays.equals(start.fundamental(), maker.augmented(PAIR, false, 1, 100).fundamental()));
    }

    private static double level(Image image, double x, double y) {
        int left = (int) x;
        int top = (int) y;
        double sum = 0;
        for (int i = 0; i < 4; i++) {
            double wx = i % 2 == 0 ? 1 - (x - left) : x - left;
            double wy = i / 2 == 0 ? 1 - (y - top) : y - top;
            sum += wx * wy * (image.rgb()[3 * ((top + i / 2) * image.width() + left + i % 2) + 1] & 0xff);
        }
        return sum;
    }

    @Test
    void withoutAugmentationTheMiddleIsCutAndTheTruthIsKnown() throws IOException {
        CapsSampleMaker maker = new CapsSampleMaker(recipe("{brightness: 1, contrast: 1, saturation: 1, hue: 0.4}",
                "{rollDegrees: 40, zoom: 1.6, tilt: 1.5}"), collections);
        CapsSample sample = maker.undisturbed(PAIR, false, 1);
        assertArrayEquals(sample.second().rgb(), maker.undisturbed(PAIR, false, 2).second().rgb());
        assertEquals("synthetic-4 000.png 002.png", sample.name());
        double[] toPhoto = Matrices.inverse(photoToCut(2));
        int known = 0;
        for (int i = 0; i < sample.queries().length; i += 2) {
            double[] photo = Matrices.apply(toPhoto, new double[] {sample.queries()[i], sample.queries()[i + 1], 1});
            Optional<double[]> seen = scene.correspondence(0, 2, photo[0], photo[1]);
            if (!Double.isNaN(sample.truth()[i]) && seen.isPresent()) {
                double[] cut = Matrices.apply(photoToCut(2), new double[] {seen.get()[0], seen.get()[1], 1});
                assertEquals(cut[0], sample.truth()[i], 0.5);
                assertEquals(cut[1], sample.truth()[i + 1], 0.5);
                known++;
            }
        }
        assertTrue(known > 30, "only " + known + " correspondences");
    }

    @Test
    void portraitSamplesSwapTheSides() throws IOException {
        CapsSample sample = new CapsSampleMaker(recipe(NO_COLOUR, NO_WARP), collections).augmented(PAIR, true, 1, 0);
        assertEquals(HEIGHT, sample.first().width());
        assertEquals(WIDTH, sample.second().height());
    }

    /** What the second picture shows is kept, at the depths that the scene really has. */
    @Test
    void pruningKeepsWhatTheSecondPictureShows() {
        Pose relative = scene.pose(0).to(scene.pose(2));
        DepthRange depth = collections.get(0).depths().orElseThrow();
        double[] fundamental = Epipolar.fundamental(scene.camera(0), scene.pose(0), scene.camera(2), scene.pose(2));
        QueryPruning pruning = new QueryPruning(fundamental, scene.camera(0).matrix(), scene.camera(2).matrix(),
                relative, PHOTO_WIDTH, PHOTO_HEIGHT, depth.min() / 1.5, depth.max() * 1.5, false);
        int visible = 0;
        for (int y = 0; y < PHOTO_HEIGHT; y += 5) {
            for (int x = 0; x < PHOTO_WIDTH; x += 5) {
                if (scene.correspondence(0, 2, x, y).isPresent()) {
                    assertTrue(pruning.keeps(x, y), "(" + x + ", " + y + ")");
                    visible++;
                }
            }
        }
        assertTrue(visible > 200);
    }

    @Test
    void theSampleFollowsFromItsSeed() throws IOException {
        CapsSampleMaker maker = new CapsSampleMaker(recipe("{brightness: 1, contrast: 1, saturation: 1, hue: 0.4}",
                "{rollDegrees: 40, zoom: 1.6, tilt: 1.5}"), collections);
        CapsSample one = maker.augmented(PAIR, false, 7, 0);
        CapsSample same = maker.augmented(PAIR, false, 7, 0);
        CapsSample other = maker.augmented(PAIR, false, 8, 0);
        assertArrayEquals(one.first().rgb(), same.first().rgb());
        assertArrayEquals(one.second().rgb(), same.second().rgb());
        assertArrayEquals(one.queries(), same.queries());
        assertArrayEquals(one.fundamental(), same.fundamental());
        assertFalse(Arrays.equals(one.second().rgb(), other.second().rgb()));
        assertFalse(Arrays.equals(one.queries(), other.queries()));
    }
}
