package org.tiepoint.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.tiepoint.dataset.DatasetErrors.assertRefused;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tiepoint.geometry.Camera;
import org.tiepoint.geometry.CameraModel;
import org.tiepoint.geometry.Pose;

class PosedImageLoaderTest {
    private static final Pose POSE = new Pose(new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1}, new double[3]);

    @TempDir
    Path folder;

    private PosedImage photo(int width, int height, Camera camera) throws IOException {
        return new PosedImage("a.png", TestPhotos.write(folder.resolve("a.png"), width, height), camera, POSE);
    }

    @Test
    void takesTheDistortionOut() throws IOException {
        PosedImage posed = photo(64, 48, new Camera(CameraModel.SIMPLE_RADIAL, 64, 48, new double[] {60, 32, 24, 0.1}));
        LoadedView view = PosedImageLoader.load(posed);

        assertEquals(true, view.camera().isPinhole());
        assertEquals(64, view.image().width());
        assertArrayEquals(view.camera().parameters(), PosedImageLoader.camera(posed).parameters());
    }

    @Test
    void rescalesTheCameraToThePhotosSize() throws IOException {
        PosedImage posed = photo(32, 21, Camera.pinhole(96, 64, 90, 90, 47.5, 31.5));
        Camera camera = PosedImageLoader.load(posed).camera();

        assertEquals(32, camera.width());
        assertEquals(21, camera.height());
        assertArrayEquals(new double[] {30, 90.0 * 21 / 64, 15.5, 10}, camera.parameters(), 1e-12);
        assertArrayEquals(camera.parameters(), PosedImageLoader.camera(posed).parameters());
    }

    @Test
    void refusesAnotherShape() throws IOException {
        PosedImage posed = photo(32, 30, Camera.pinhole(96, 64, 90, 90, 47.5, 31.5));
        assertRefused(() -> PosedImageLoader.load(posed), "a.png", "32x30", "96x64", "another version");
        assertRefused(() -> PosedImageLoader.camera(posed), "a.png", "32x30", "96x64");
    }

    @Test
    void namesThePhotoWhoseLensCannotBeRight() throws IOException {
        PosedImage posed = photo(64, 48, new Camera(CameraModel.SIMPLE_RADIAL, 64, 48, new double[] {20, 32, 24, 90}));
        assertRefused(() -> PosedImageLoader.load(posed), "a.png", "SIMPLE_RADIAL", "check the distortion");
    }
}
