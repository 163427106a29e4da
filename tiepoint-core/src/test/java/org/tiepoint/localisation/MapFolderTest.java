package org.tiepoint.localisation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tiepoint.dataset.DatasetException;
import org.tiepoint.feature.Features;
import org.tiepoint.feature.Keypoints;
import org.tiepoint.retrieval.Vlad;

class MapFolderTest {
    private static final Map<String, String> SETTINGS = Map.of("method", "test");

    @TempDir
    Path folder;

    private static ReferenceMap map(FeatureStore store) {
        Vlad vlad = Vlad.of(2, new float[] {0, 0, 1, 1});
        List<MapImage> images = List.of(new MapImage("a/ü.jpg", TestViews.CAMERA, TestViews.pose(1, new double[3])),
                new MapImage("b.jpg", TestViews.CAMERA, TestViews.pose(2, new double[3])));
        MapPoints points = new MapPoints(new double[] {1, 2, 3}, new int[][] {{-1, 0}, {0}});
        return new ReferenceMap(images, points, store, vlad, new float[][] {{1, 0, 0, 0}, {0, 1, 0, 0}});
    }

    @Test
    void aMapAndItsFeaturesComeBack() throws IOException {
        MapFolder kept = MapFolder.open(folder, SETTINGS);
        Features features = new Features(new Keypoints(new float[] {1, 2}, new float[] {3}, new float[] {4},
                new float[] {5}), 2, new float[] {6, 7});
        kept.features().put(1, features);
        kept.save(map(kept.features()));
        ReferenceMap loaded = MapFolder.open(folder, SETTINGS).load().orElseThrow();
        assertEquals("a/ü.jpg", loaded.images().get(0).name());
        assertTrue(Arrays.deepEquals(new int[][] {{-1, 0}, {0}}, loaded.points().pointOf()));
        assertEquals(2, loaded.points().observations());
        Keypoints keypoints = loaded.features(1).keypoints();
        assertEquals(List.of(1f, 2f, 3f, 4f, 5f), List.of(keypoints.x(0), keypoints.y(0), keypoints.scores()[0],
                keypoints.sizes()[0], keypoints.angles()[0]));
        assertThrows(IOException.class, () -> loaded.features(0));
    }

    @Test
    void whatIsDamagedCountsAsNotThere() throws IOException {
        MapFolder kept = MapFolder.open(folder, SETTINGS);
        kept.save(map(kept.features()));
        Path file = folder.resolve("map.points");
        byte[] whole = Files.readAllBytes(file);
        SplittableRandom random = new SplittableRandom(6);
        for (int i = 0; i < 2000; i++) {
            byte[] bytes = Arrays.copyOf(whole, random.nextInt(whole.length));
            Files.deleteIfExists(file);
            Files.write(file, bytes);
            assertEquals(Optional.empty(), kept.load());
        }
    }

    @Test
    void contentsOfARightChecksumAreCheckedToo() throws IOException {
        MapFolder kept = MapFolder.open(folder, SETTINGS);
        kept.save(map(kept.features()));
        Path file = folder.resolve("map.points");
        byte[] whole = Files.readAllBytes(file);
        byte[] content = Arrays.copyOfRange(whole, 8, whole.length - 4);
        SplittableRandom random = new SplittableRandom(7);
        int loaded = 0;
        for (int i = 0; i < 300; i++) {
            byte[] bytes = content.clone();
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            CheckedFile.write(file, "TPMAP001", out -> out.write(bytes));
            loaded += kept.load().isPresent() ? 1 : 0;
        }
        assertTrue(loaded < 300, "every change of a count or a camera was taken");
    }

    @Test
    void otherSettingsAreRefused() throws IOException {
        MapFolder.open(folder, SETTINGS);
        assertTrue(assertThrows(DatasetException.class, () -> MapFolder.open(folder, Map.of("method", "other")))
                .getMessage().contains("made with method test, not other"));
        Files.writeString(folder.resolve("map.json"), "{\"method\":");
        assertTrue(assertThrows(DatasetException.class, () -> MapFolder.open(folder, SETTINGS)).getMessage()
                .contains("is damaged"));
    }
}
