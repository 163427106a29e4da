package org.tiepoint.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tiepoint.checkpoint.CheckpointException;
import org.tiepoint.checkpoint.LegacyStateDict;
import org.tiepoint.checkpoint.ParameterStore;
import org.tiepoint.checkpoint.SafeTensors;
import org.tiepoint.checkpoint.StoredTensor;
import org.tiepoint.checkpoint.TrainingCheckpoint;
import org.tiepoint.feature.Features;
import org.tiepoint.feature.Keypoints;
import org.tiepoint.image.Image;
import org.tiepoint.image.ImageResizer;
import org.tiepoint.network.DescriptorMaps;
import org.tiepoint.network.ImageNormalisation;
import org.tiepoint.network.ResUNet;
import org.tiepoint.tensor.Device;
import org.tiepoint.tensor.NoGradient;
import org.tiepoint.tensor.Tensor;
import org.tiepoint.tensor.TensorScope;
import org.tiepoint.testing.TinyTraining;
import org.tiepoint.train.Trainer;

/** A network of drawn values, saved in every form that a describer loads. */
class CapsDescriberTest {
    @TempDir
    static Path folder;

    private static ResUNet network;
    private static Path training;
    private static CapsDescriber describer;

    @BeforeAll
    static void save() throws IOException {
        network = new ResUNet(TinyTraining.parse(TinyTraining.recipe(1)).network(), 4, Device.CPU);
        training = Files.createDirectories(folder.resolve("training"));
        write(network, training.resolve(Trainer.LAST));
        describer = CapsDescriber.load(training);
    }

    @AfterAll
    static void close() {
        describer.close();
        network.close();
    }

    private static void write(ResUNet saved, Path file) throws IOException {
        new TrainingCheckpoint(3, 1, TinyTraining.recipe(1), Map.of(), Map.of(), state(saved), Map.of()).write(file);
    }

    private static Map<String, StoredTensor> state(ResUNet saved) {
        return ParameterStore.store(saved.parameters().all());
    }

    /** Smooth blobs and noise: every place looks different. */
    private static Image picture(int width, int height) {
        SplittableRandom random = new SplittableRandom(8);
        byte[] rgb = new byte[3 * width * height];
        for (int i = 0; i < rgb.length; i++) {
            int pixel = i / 3;
            double wave = Math.sin(pixel % width * 0.21 + i % 3) * Math.cos(pixel / width * 0.13 - i % 3);
            rgb[i] = (byte) (128 + 70 * wave + random.nextInt(50) - 25);
        }
        return new Image(width, height, rgb);
    }

    private static Keypoints points(float... xy) {
        return Keypoints.ofPositions(xy);
    }

    private static void assertNear(float[] expected, float[] actual, double share) {
        float largest = 0;
        for (float value : expected) {
            largest = Math.max(largest, Math.abs(value));
        }
        assertTrue(largest > 0);
        assertArrayEquals(expected, actual, (float) share * largest);
    }

    @Test
    void allFormsGiveTheSameDescriptors() throws IOException {
        Keypoints keypoints = points(10, 12, 50.25f, 30.5f, 99, 69);
        Image image = picture(100, 70);
        float[] expected = describer.describe(image, keypoints).descriptors();
        Path released = LegacyStateDict.write(folder.resolve("caps.pth"), "net.", state(network));
        for (Path file : List.of(training.resolve(Trainer.LAST), released)) {
            try (CapsDescriber other = CapsDescriber.load(file)) {
                assertEquals(describer.dimension(), other.dimension());
                assertArrayEquals(expected, other.describe(image, keypoints).descriptors(), file.toString());
            }
        }
    }

    @Test
    void theBestCheckpointOfAFolderComesFirst() throws IOException {
        Path both = Files.createDirectories(folder.resolve("both"));
        write(network, both.resolve(Trainer.BEST));
        try (ResUNet later = new ResUNet(network.options(), 5, Device.CPU)) {
            write(later, both.resolve(Trainer.LAST));
        }
        Keypoints keypoints = points(10, 12);
        try (CapsDescriber best = CapsDescriber.load(both)) {
            assertArrayEquals(describer.describe(picture(64, 64), keypoints).descriptors(),
                    best.describe(picture(64, 64), keypoints).descriptors());
        }
    }

    /** Corner pixels of the padded picture are the corners of the maps. */
    @Test
    void descriptorsAreTheMapsAtThePoints() {
        Image image = picture(144, 128);
        Features features = describer.describe(image, points(0, 0, 143, 127, 71.5f, 63.5f));
        assertEquals(32, features.dimension());
        try (TensorScope scope = new TensorScope(); NoGradient noGradient = new NoGradient()) {
            DescriptorMaps maps = network.apply(ImageNormalisation.batch(List.of(image)), false);
            assertEquals(List.of(8L, 9L, 32L, 36L), List.of(maps.coarse().size(2), maps.coarse().size(3),
                    maps.fine().size(2), maps.fine().size(3)));
            assertDescriptor(features, 0, at(maps.coarse(), 0, 0), at(maps.fine(), 0, 0));
            assertDescriptor(features, 1, at(maps.coarse(), 7, 8), at(maps.fine(), 31, 35));
            Tensor coarse = at(maps.coarse(), 3, 4).add(at(maps.coarse(), 4, 4)).mul(0.5);
            Tensor fine = at(maps.fine(), 15, 17).add(at(maps.fine(), 15, 18)).add(at(maps.fine(), 16, 17))
                    .add(at(maps.fine(), 16, 18)).mul(0.25);
            assertDescriptor(features, 2, coarse, fine);
        }
    }

    private static Tensor at(Tensor map, int row, int column) {
        return map.select(0, 0).select(1, row).select(1, column);
    }

    private static void assertDescriptor(Features features, int point, Tensor coarse, Tensor fine) {
        float[] expected = Tensor.concatenate(0, coarse, fine).normalised(0).toFloats();
        assertNear(expected, Arrays.copyOfRange(features.descriptors(), 32 * point, 32 * point + 32), 1e-4);
    }

    /** Up to the next multiple of 16 the border is padding of the mean colour: there it may as well be pixels. */
    @Test
    void columnsOfTheMeanColourChangeNothing() {
        Image image = picture(150, 130);
        byte[] wider = new byte[3 * 160 * 130];
        for (int row = 0; row < 130; row++) {
            System.arraycopy(image.rgb(), 3 * 150 * row, wider, 3 * 160 * row, 3 * 150);
            for (int i = 3 * (160 * row + 150); i < 3 * 160 * (row + 1); i += 3) {
                wider[i] = 124;
                wider[i + 1] = 116;
                wider[i + 2] = 104;
            }
        }
        Keypoints keypoints = points(20, 20, 75, 60, 149, 129, 0, 129);
        float[] expected = describer.describe(image, keypoints).descriptors();
        float[] actual = describer.describe(new Image(160, 130, wider), keypoints).descriptors();
        assertNear(expected, actual, 0.02);
    }

    @Test
    void bigImagesAreDescribedAtTheLimit() throws IOException {
        try (CapsDescriber limited = CapsDescriber.load(training, 128, Device.CPU)) {
            Image image = picture(256, 192);
            float[] expected = limited.describe(ImageResizer.resize(image, 128, 96), points(40, 30.25f)).descriptors();
            assertNear(expected, limited.describe(image, points(80.5f, 61)).descriptors(), 1e-5);
        }
        assertEquals("maxSide is 63: it must be at least 64 pixels", assertThrows(IllegalArgumentException.class,
                () -> CapsDescriber.load(training, 63, Device.CPU)).getMessage());
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "20, 20", "3, 131", "129, 17", "145, 161"})
    void anyImageSizeIsDescribed(int width, int height) {
        Features features = describer.describe(picture(width, height), points(0, 0, width - 1, height - 1,
                width - 0.5f, height - 0.5f, width / 2f, height / 2f));
        assertEquals(4 * 32, features.descriptors().length);
        for (float value : features.descriptors()) {
            assertTrue(Float.isFinite(value));
        }
    }

    @Test
    void noPointsGiveNoDescriptors() {
        Features features = describer.describe(picture(20, 20), points());
        assertEquals(0, features.keypoints().count());
        assertEquals(32, features.dimension());
        assertEquals(List.of(), describer.correspond(picture(20, 20), picture(30, 30), new float[0]));
    }

    /** The greatest dot product of the whole fine map, found by a plain loop, in pixels of an image of another size. */
    @Test
    void correspondFindsTheNearestNeighbourOfTheFineMap() {
        Image left = picture(144, 128);
        Image right = picture(160, 144);
        float[] xy = {0, 0, 143, 127, 30, 40, 80.5f, 64.25f, 120, 20};
        List<DenseMatch> matches = describer.correspond(left, right, xy);
        assertEquals(5, matches.size());
        try (TensorScope scope = new TensorScope(); NoGradient noGradient = new NoGradient()) {
            float[] descriptors = describer.describe(left, points(xy)).descriptors();
            float[] fine = network.apply(ImageNormalisation.batch(List.of(right)), false).fine().toFloats();
            for (int i = 0; i < matches.size(); i++) {
                int best = 0;
                double greatest = Double.NEGATIVE_INFINITY;
                for (int place = 0; place < 36 * 40; place++) {
                    double dot = 0;
                    for (int c = 0; c < 16; c++) {
                        dot += descriptors[32 * i + 16 + c] * fine[36 * 40 * c + place];
                    }
                    if (dot > greatest) {
                        greatest = dot;
                        best = place;
                    }
                }
                assertEquals(best % 40 * 159 / 39.0, matches.get(i).x(), 1e-3);
                assertEquals(best / 40 * 143 / 35.0, matches.get(i).y(), 1e-3);
                assertTrue(matches.get(i).spread() > 0 && matches.get(i).spread() < 4);
            }
        }
    }

    /** Small images are padded: a match there is moved to the border. */
    @Test
    void correspondencesAreInsideTheImage() {
        for (DenseMatch match : describer.correspond(picture(50, 40), picture(30, 20), new float[] {0, 0, 49, 39,
            25.5f, 10})) {
            assertTrue(match.x() >= 0 && match.x() <= 29 && match.y() >= 0 && match.y() <= 19, match.toString());
        }
    }

    /** What a training starts from: the recipe's network with the values of its seed. */
    @Test
    void anUntrainedDescriberFollowsFromTheRecipe() throws IOException {
        String recipe = TinyTraining.with(TinyTraining.recipe(1), "seed", 4);
        try (CapsDescriber untrained = CapsDescriber.untrained(TinyTraining.parse(recipe), Optional.empty())) {
            assertArrayEquals(describer.describe(picture(64, 64), points(10, 12)).descriptors(),
                    untrained.describe(picture(64, 64), points(10, 12)).descriptors());
        }
    }

    @Test
    void aClosedDescriberSaysSo() throws IOException {
        CapsDescriber closed = CapsDescriber.load(training);
        closed.close();
        closed.close();
        assertEquals("the describer is closed", assertThrows(IllegalStateException.class,
                () -> closed.describe(picture(20, 20), points(1, 1))).getMessage());
        assertThrows(IllegalStateException.class,
                () -> closed.correspond(picture(20, 20), picture(20, 20), new float[2]));
    }

    @Test
    void unusableFilesAreNamed() throws IOException {
        Path empty = Files.createDirectories(folder.resolve("empty"));
        assertEquals(empty + " holds no model: there is neither best.safetensors nor last.safetensors; give the folder"
                + " that tiepoint train --out wrote, or a checkpoint file", problem(empty));
        Path absent = folder.resolve("absent.safetensors");
        assertTrue(problem(absent).startsWith(absent.toString()), problem(absent));
        Path weights = folder.resolve("weights.safetensors");
        new SafeTensors(state(network), Map.of()).write(weights);
        assertTrue(problem(weights).startsWith(weights + ", __metadata__: has no entry 'tiepoint'"), problem(weights));
        Path other = LegacyStateDict.write(folder.resolve("other.pth"), "", Map.of("fc.bias",
                StoredTensor.ofFloats(new long[] {2}, new float[2])));
        assertEquals(other + ", conv_coarse.conv.weight: is missing: this is no CAPS checkpoint; give one of CAPS's"
                + " released files or a model of tiepoint train", problem(other));
        Path text = Files.writeString(folder.resolve("text.pth"), "text");
        assertTrue(problem(text).startsWith(text + ": is no file of torch.save"), problem(text));
        Map<String, StoredTensor> fewer = new LinkedHashMap<>(state(network));
        fewer.keySet().removeIf(name -> name.startsWith("layer3.1"));
        Path unknown = LegacyStateDict.write(folder.resolve("unknown.pth"), "net.", fewer);
        assertEquals(unknown + ", layer3: has blocks of no known ResNet (18, 34, 50, 101 or 152)", problem(unknown));
        fewer = new LinkedHashMap<>(state(network));
        fewer.remove("iconv2.bn.running_mean");
        Path cut = LegacyStateDict.write(folder.resolve("cut.pth"), "net.", fewer);
        assertTrue(problem(cut).startsWith(cut + ", iconv2.bn.running_mean: is missing"), problem(cut));
    }

    private static String problem(Path file) {
        IOException e = assertThrows(IOException.class, () -> CapsDescriber.load(file));
        assertTrue(e instanceof CheckpointException || Files.isDirectory(file));
        assertEquals(1, e.getMessage().lines().count());
        return e.getMessage();
    }
}
