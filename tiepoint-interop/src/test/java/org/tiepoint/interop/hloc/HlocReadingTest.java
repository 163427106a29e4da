package org.tiepoint.interop.hloc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tiepoint.feature.Features;
import org.tiepoint.image.ImageSize;

/** Files that h5py wrote in all its ways (scripts/check-h5py.py --fixtures): the numbers are those of its formulas. */
class HlocReadingTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"h5py-earliest.h5", "h5py-v114.h5"})
    void readsWhatH5pyWrites(String name) throws IOException {
        try (HlocFeatures file = HlocFeatures.open(copy(name, folder))) {
            List<String> images = file.images();
            assertEquals(11, images.size());
            for (String image : images) {
                check(file.features(image), image);
                assertEquals(Optional.of(new ImageSize(640, 480)), file.imageSize(image));
                assertEquals(Optional.of(1.25), file.uncertaintyPixels(image));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"h5py-earliest.h5", "h5py-v114.h5"})
    void extendsWhatH5pyWrote(String name) throws IOException {
        Path path = copy(name, folder);
        HlocFeaturesTest.write(path, "db/0/new.jpg", HlocFeaturesTest.features(1, 5));
        try (HlocFeatures file = HlocFeatures.open(path)) {
            assertEquals(12, file.images().size());
            check(file.features("db/6/20.jpg"), "db/6/20.jpg");
            HlocFeaturesTest.assertSame(HlocFeaturesTest.features(1, 5), file.features("db/0/new.jpg"));
        }
    }

    static Path copy(String name, Path folder) throws IOException {
        try (InputStream in = HlocReadingTest.class.getResourceAsStream(name)) {
            return Files.write(folder.resolve(name), in.readAllBytes());
        }
    }

    private static void check(Features features, String image) {
        int n = 20;
        int d = 4;
        assertEquals(n, features.keypoints().count(), image);
        assertEquals(d, features.dimension(), image);
        float[] xy = new float[2 * n];
        float[] descriptors = new float[n * d];
        float[] scores = new float[n];
        for (int i = 0; i < n; i++) {
            xy[2 * i] = i / 2f;
            xy[2 * i + 1] = i / 4f + 1;
            scores[i] = i / 8f;
            for (int j = 0; j < d; j++) {
                descriptors[i * d + j] = ((7 * j + 3 * i) % 11 - 5) / 4f;
            }
        }
        assertArrayEquals(xy, features.keypoints().xy(), image);
        assertArrayEquals(scores, features.keypoints().scores(), image);
        assertArrayEquals(descriptors, features.descriptors(), image);
    }
}
