package org.tiepoint.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tiepoint.checkpoint.ParameterStore;
import org.tiepoint.checkpoint.TrainingCheckpoint;
import org.tiepoint.feature.Features;
import org.tiepoint.feature.GridDetector;
import org.tiepoint.feature.KeypointSelection;
import org.tiepoint.feature.Keypoints;
import org.tiepoint.image.Image;
import org.tiepoint.image.TestImages;
import org.tiepoint.network.CompactNet;
import org.tiepoint.objective.StoredNames;
import org.tiepoint.onnx.OnnxExtractor;
import org.tiepoint.recipe.RecipeFile;
import org.tiepoint.tensor.Device;

/** What {@link OnnxExtractor} gives in tiles is what it gives for an image as a whole. */
class TiledExtractionTest {
    private static final int MANY = 100_000;
    /** Beyond which the network does not look. */
    private static final OnnxExtractor.Tiling FAR = new OnnxExtractor.Tiling(768 * 768, 192);

    @TempDir
    static Path folder;

    private static Path model;
    /** Not of whole tiles, nor of a multiple of the strides. */
    private final Image image = TestImages.blobs(1101, 707, 9);

    @BeforeAll
    static void write() throws IOException {
        Path checkpoint = folder.resolve("compact.safetensors");
        model = folder.resolve("compact.onnx");
        try (CompactNet network = new CompactNet(new CompactNet.Options(16, 8, 3, 8), 4, Device.CPU)) {
            new TrainingCheckpoint(1, 1, RecipeFile.text("compact-s"), Map.of(), Map.of(), ParameterStore.store(
                    StoredNames.with(StoredNames.DESCRIPTOR, network.parameters().all())), Map.of()).write(checkpoint);
        }
        ModelExport.of(checkpoint, ModelExport.Statement.none()).write(model, folder.resolve("compact.json"), "test");
    }

    private static OnnxExtractor extractor(int maxKeypoints, OnnxExtractor.Tiling tiling) throws IOException {
        return OnnxExtractor.load(model, new OnnxExtractor.Options(maxKeypoints, OptionalInt.of(4000),
                new KeypointSelection.Options(8, OptionalDouble.empty()), tiling, 2));
    }

    @Test
    void givesTheFeaturesOfTheWholeImage() throws IOException {
        for (int limit : new int[] {300, MANY}) {
            try (OnnxExtractor whole = extractor(limit, OnnxExtractor.Tiling.defaults());
                    OnnxExtractor tiled = extractor(limit, FAR)) {
                Features expected = whole.extract(image);
                Features found = tiled.extract(image);
                assertEquals(expected.keypoints().count(), found.keypoints().count());
                assertTrue(limit == 300 ? found.keypoints().count() == 300 : found.keypoints().count() > 1000,
                        found.keypoints().count() + " found");
                assertEquals(found.keypoints().count(), same(expected, found));
                assertArrayEquals(found.keypoints().xy(), tiled.detect(image, limit).xy());
            }
        }
    }

    /** How many have an equal, in whatever order: rounding may swap those of nearly the same score. */
    private static int same(Features expected, Features found) {
        int same = 0;
        for (int i = 0; i < expected.keypoints().count(); i++) {
            boolean equal = false;
            for (int j = 0; !equal && j < found.keypoints().count(); j++) {
                equal = Math.abs(expected.keypoints().x(i) - found.keypoints().x(j)) < 1e-3
                        && Math.abs(expected.keypoints().y(i) - found.keypoints().y(j)) < 1e-3
                        && Math.abs(expected.keypoints().scores()[i] - found.keypoints().scores()[j]) < 1e-5;
                for (int k = 0; equal && k < found.dimension(); k++) {
                    equal = Math.abs(expected.descriptors()[i * found.dimension() + k]
                            - found.descriptors()[j * found.dimension() + k]) < 1e-4;
                }
            }
            same += equal ? 1 : 0;
        }
        return same;
    }

    @Test
    void describesAndScoresAsForTheWholeImage() throws IOException {
        try (OnnxExtractor whole = extractor(1, OnnxExtractor.Tiling.defaults());
                OnnxExtractor tiled = extractor(1, FAR)) {
            Keypoints points = new GridDetector().detect(image, 500);
            assertArrayEquals(whole.describe(image, points).descriptors(), tiled.describe(image, points).descriptors(),
                    1e-4f);
            assertArrayEquals(whole.scores(image).values(), tiled.scores(image).values(), 1e-5f);
        }
    }

    /** Tiles that overlap less than the network looks differ along the seams, but no point comes twice. */
    @Test
    void noPointComesTwiceWhereTilesOverlapLittle() throws IOException {
        try (OnnxExtractor whole = extractor(MANY, OnnxExtractor.Tiling.defaults());
                OnnxExtractor tiled = extractor(MANY, new OnnxExtractor.Tiling(256 * 256, 16))) {
            Keypoints found = tiled.extract(image).keypoints();
            assertEquals(whole.extract(image).keypoints().count(), found.count(), 0.02 * found.count());
            for (int i = 0; i < found.count(); i++) {
                for (int j = 0; j < i; j++) {
                    assertTrue(Math.hypot(found.x(i) - found.x(j), found.y(i) - found.y(j)) >= 0.5);
                }
            }
        }
    }
}
