package org.tiepoint.interop.colmap;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tiepoint.dataset.DatasetException;
import org.tiepoint.dataset.PosedCollection;
import org.tiepoint.dataset.PosedImage;
import org.tiepoint.geometry.Camera;
import org.tiepoint.geometry.CameraModel;
import org.tiepoint.geometry.Pose;
import org.tiepoint.image.Image;
import org.tiepoint.image.ImageSize;

class CameraSourceTest {
    private static final ImageSize SIZE = new ImageSize(40, 30);

    @TempDir
    Path folder;

    private DatabaseCamera exif(CameraModel model, int[]... tags) throws IOException {
        Path file = ExifPng.write(folder.resolve("a.png"), new Image(40, 30, new byte[3 * 40 * 30]), 1, tags);
        return CameraSource.exif(model).camera("a.png", file, SIZE);
    }

    @Test
    void withoutExifTheFocalLengthIsGuessed() throws IOException {
        DatabaseCamera camera = exif(CameraModel.SIMPLE_RADIAL);
        assertFalse(camera.priorFocalLength());
        assertArrayEquals(new double[] {48, 20, 15, 0}, camera.colmapParameters(), 1e-12);
        assertEquals(19.5, camera.camera().cx());
    }

    @Test
    void theEquivalentOn35MillimetreFilmCounts() throws IOException {
        DatabaseCamera camera = exif(CameraModel.OPENCV, new int[] {0xA405, 3, 28});
        assertTrue(camera.priorFocalLength());
        assertArrayEquals(new double[] {32, 32, 20, 15, 0, 0, 0, 0}, camera.colmapParameters(), 1e-12);
    }

    @Test
    void elseTheSensorWidthByItsResolution() throws IOException {
        // 4000 pixels at 400 a centimetre: 100 mm for a focal length of 50 mm
        int[][] tags = {{0x920A, 5, 50_000}, {0xA002, 3, 4000}, {0xA20E, 5, 400_000}, {0xA210, 3, 3}};
        assertEquals(20, exif(CameraModel.PINHOLE, tags).colmapParameters()[0], 1e-9);
        tags[3][2] = 2;
        assertEquals(20 / 2.54, exif(CameraModel.PINHOLE, tags).colmapParameters()[0], 1e-9);
        tags[2][2] = 0;
        assertFalse(exif(CameraModel.PINHOLE, tags).priorFocalLength());
    }

    @Test
    void aPosedCollectionTellsCamerasByName() throws IOException {
        Camera camera = Camera.pinhole(40, 30, 50, 51, 19, 14);
        Pose pose = new Pose(new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1}, new double[3]);
        CameraSource source = CameraSource.posed(new PosedCollection("scene",
                List.of(new PosedImage("a/1.jpg", Path.of("a/1.jpg"), camera, pose)), List.of(), Optional.empty()));
        DatabaseCamera found = source.camera("a/1.jpg", Path.of("1.jpg"), SIZE);
        assertTrue(found.priorFocalLength());
        assertArrayEquals(new double[] {50, 51, 19.5, 14.5}, found.colmapParameters());
        assertThrows(DatasetException.class, () -> source.camera("b.jpg", Path.of("b.jpg"), SIZE));
        assertThrows(DatasetException.class, () -> source.camera("a/1.jpg", Path.of("1.jpg"), new ImageSize(30, 40)));
    }
}
