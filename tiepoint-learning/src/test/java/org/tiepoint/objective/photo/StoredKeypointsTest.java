package org.tiepoint.objective.photo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tiepoint.feature.Features;
import org.tiepoint.feature.Keypoints;
import org.tiepoint.image.ImageSize;
import org.tiepoint.interop.hloc.HlocFeaturesWriter;
import org.tiepoint.interop.numpy.CapsFeatureFile;

class StoredKeypointsTest {
    private static final float[] XY = {1, 2, 30, 4};
    private static final Features FEATURES = new Features(Keypoints.ofPositions(XY), 1, new float[] {1, 1});
    private static final Photo KNOWN = new Photo("a", "a/1.jpg", Path.of("a/1.jpg"), Optional.empty());
    private static final Photo UNKNOWN = new Photo("a", "a/2.jpg", Path.of("a/2.jpg"), Optional.empty());

    @TempDir
    Path folder;

    @Test
    void areReadFromCapsFiles() throws IOException {
        Files.createDirectories(folder.resolve("a"));
        CapsFeatureFile.write(folder.resolve("a/1.jpg.caps"), FEATURES);
        try (StoredKeypoints stored = StoredKeypoints.open(folder)) {
            assertArrayEquals(XY, stored.of(KNOWN).xy());
            assertEquals(folder + ", a/2.jpg: has no a/2.jpg.caps or .npz: extract the features of this photo, or leave"
                    + " out the folder of key points", assertThrows(IOException.class, () -> stored.of(UNKNOWN))
                    .getMessage());
        }
    }

    @Test
    void areReadFromHlocsLayout() throws IOException {
        Path file = folder.resolve("features.h5");
        try (HlocFeaturesWriter writer = HlocFeaturesWriter.open(file, false)) {
            writer.write("a/1.jpg", FEATURES, new ImageSize(40, 40), HlocFeaturesWriter.USUAL_UNCERTAINTY);
            writer.finish();
        }
        try (StoredKeypoints stored = StoredKeypoints.open(file)) {
            assertArrayEquals(XY, stored.of(KNOWN).xy());
            String message = assertThrows(IOException.class, () -> stored.of(UNKNOWN)).getMessage();
            assertTrue(message.startsWith(file + ", a/2.jpg: has no features of this image"), message);
        }
    }
}
