package org.tiepoint.geometry;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class PointUndistorterTest {
    private static final List<Camera> CAMERAS = List.of(
            new Camera(CameraModel.SIMPLE_RADIAL, 640, 480, new double[] {500, 320, 240, -0.08}),
            new Camera(CameraModel.RADIAL, 640, 480, new double[] {500, 320, 240, 0.1, -0.02}),
            new Camera(CameraModel.OPENCV, 640, 480, new double[] {500, 510, 320, 240, -0.1, 0.02, 1e-3, -2e-3}),
            new Camera(CameraModel.OPENCV_FISHEYE, 640, 480, new double[] {300, 310, 320, 240, 0.05, -0.01, 0.002, 0}),
            new Camera(CameraModel.FULL_OPENCV, 640, 480, new double[] {500, 510, 320, 240, -0.1, 0.02, 1e-3, -2e-3,
                0.01, 0.02, -0.01, 0.003}));

    @Test
    void takesBackWhatTheLensDoes() {
        for (Camera camera : CAMERAS) {
            PointUndistorter undistorter = new PointUndistorter(camera);
            double[] pixels = {0, 0, 639, 0, 100, 400, 320, 240, 639, 479, 320.5, 10};
            double[] moved = undistorter.undistort(pixels);
            LensDistortion lens = new LensDistortion(camera);
            double[] again = new double[2];
            for (int i = 0; i < pixels.length; i += 2) {
                lens.project((moved[i] - camera.cx()) / camera.fx(), (moved[i + 1] - camera.cy()) / camera.fy(), again);
                assertArrayEquals(new double[] {pixels[i], pixels[i + 1]}, again, 1e-7, camera.model().name());
            }
            assertTrue(Math.hypot(moved[0], moved[1]) > 1, "the corner moves: " + camera.model());
            assertTrue(undistorter.pinhole().isPinhole());
            assertEquals(camera.fy(), undistorter.pinhole().fy());
        }
    }

    @Test
    void pixelsOfAPinholeStay() {
        double[] pixels = {1, 2};
        assertSame(pixels, new PointUndistorter(Camera.pinhole(4, 4, 5, 5, 2, 2)).undistort(pixels));
    }

    @Test
    void aPixelThatNoRayReachesIsFinite() {
        Camera folded = new Camera(CameraModel.SIMPLE_RADIAL, 640, 480, new double[] {300, 320, 240, -0.9});
        for (double value : new PointUndistorter(folded).undistort(new double[] {0, 0, 639, 479})) {
            assertTrue(Double.isFinite(value));
        }
    }
}
