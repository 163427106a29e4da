package org.tiepoint.geometry;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.junit.jupiter.api.Test;
import org.tiepoint.image.Image;
import org.tiepoint.image.Mats;

class UndistorterTest {
    private static final List<Camera> CAMERAS = List.of(
            new Camera(CameraModel.SIMPLE_RADIAL, 160, 120, new double[] {150, 80, 58, 0.2}),
            new Camera(CameraModel.SIMPLE_RADIAL, 160, 120, new double[] {150, 80, 58, -0.2}),
            new Camera(CameraModel.OPENCV, 160, 120, new double[] {150, 152, 82, 58, 0.1, -0.05, 0.01, -0.01}),
            new Camera(CameraModel.OPENCV_FISHEYE, 160, 120, new double[] {80, 80, 80, 60, 0.05, -0.01, 0, 0}),
            new Camera(CameraModel.FULL_OPENCV, 160, 120,
                    new double[] {150, 152, 82, 58, 0.1, -0.05, 0.01, -0.01, 0.02, 0.01, 0.01, 0.01}));

    @Test
    void everyPixelComesFromThePhoto() {
        double[] xy = new double[2];
        for (Camera camera : CAMERAS) {
            Camera pinhole = Undistorter.pinhole(camera);
            LensDistortion lens = new LensDistortion(camera);
            assertTrue(pinhole.isPinhole());
            assertEquals(160, pinhole.width());
            assertEquals(120, pinhole.height());
            assertEquals(camera.cx(), pinhole.cx());
            assertTrue(pinhole.fx() >= camera.fx() && pinhole.fx() < 1.6 * camera.fx(), pinhole.fx() + "");
            assertEquals(camera.fy() / camera.fx(), pinhole.fy() / pinhole.fx(), 1e-12);
            for (int y = 0; y < 120; y++) {
                for (int x = 0; x < 160; x++) {
                    lens.project((x - pinhole.cx()) / pinhole.fx(), (y - pinhole.cy()) / pinhole.fy(), xy);
                    assertTrue(xy[0] >= -0.5 && xy[0] <= 159.5 && xy[1] >= -0.5 && xy[1] <= 119.5,
                            camera.model() + " " + x + "," + y + " -> " + xy[0] + "," + xy[1]);
                }
            }
        }
    }

    @Test
    void keepsTheFocalLengthWhereNothingIsBlank() {
        assertEquals(150, Undistorter.pinhole(CAMERAS.get(1)).fx());
        assertTrue(Undistorter.pinhole(CAMERAS.get(0)).fx() > 150);
    }

    @Test
    void agreesWithOpenCvsRemap() {
        byte[] rgb = new byte[3 * 160 * 120];
        for (int i = 0; i < rgb.length; i++) {
            int x = i / 3 % 160;
            int y = i / 480;
            rgb[i] = (byte) (127 + 60 * Math.sin(x / 9.0 + i % 3) + 60 * Math.cos(y / 7.0));
        }
        Image image = new Image(160, 120, rgb);
        for (Camera camera : CAMERAS) {
            byte[] expected = remap(image, camera);
            byte[] actual = Undistorter.undistort(image, camera).rgb();
            for (int i = 0; i < rgb.length; i++) {
                // OpenCV rounds positions to 1/32 pixel
                assertEquals(expected[i] & 255, actual[i] & 255, 2, camera.model() + " at " + i);
            }
        }
    }

    private static byte[] remap(Image image, Camera camera) {
        Camera pinhole = Undistorter.pinhole(camera);
        LensDistortion lens = new LensDistortion(camera);
        double[] xy = new double[2];
        float[] mapX = new float[160 * 120];
        float[] mapY = new float[160 * 120];
        for (int i = 0; i < mapX.length; i++) {
            lens.project((i % 160 - pinhole.cx()) / pinhole.fx(), (i / 160 - pinhole.cy()) / pinhole.fy(), xy);
            mapX[i] = (float) xy[0];
            mapY[i] = (float) xy[1];
        }
        try (PointerScope scope = new PointerScope()) {
            Mat first = new Mat(120, 160, opencv_core.CV_32F);
            new FloatPointer(first.data()).put(mapX);
            Mat second = new Mat(120, 160, opencv_core.CV_32F);
            new FloatPointer(second.data()).put(mapY);
            Mat result = new Mat();
            opencv_imgproc.remap(Mats.rgb(image), result, first, second, opencv_imgproc.INTER_LINEAR,
                    opencv_core.BORDER_REPLICATE, new Scalar());
            return Mats.image(result).rgb();
        }
    }

    @Test
    void leavesAPinholeAlone() {
        Camera camera = Camera.pinhole(2, 1, 5, 6, 0.5, 0);
        Image image = new Image(2, 1, new byte[] {1, 2, 3, 4, 5, 6});
        assertSame(image, Undistorter.undistort(image, camera));
        assertArrayEquals(camera.parameters(), Undistorter.pinhole(camera).parameters());
    }

    @Test
    void aFisheyeIsNoPinholeEvenWithoutParameters() {
        Camera camera = new Camera(CameraModel.OPENCV_FISHEYE, 160, 120, new double[] {80, 80, 80, 60, 0, 0, 0, 0});
        assertTrue(!camera.isPinhole() && Undistorter.pinhole(camera).isPinhole());
    }

    @Test
    void refusesImpossibleDistortionAndAnotherSize() {
        Camera wild = new Camera(CameraModel.SIMPLE_RADIAL, 160, 120, new double[] {50, 80, 60, 40});
        assertTrue(assertThrows(IllegalArgumentException.class, () -> Undistorter.pinhole(wild)).getMessage()
                .contains("check the distortion parameters"));
        assertThrows(IllegalArgumentException.class,
                () -> Undistorter.undistort(new Image(1, 1, new byte[3]), CAMERAS.get(0)));
    }

    @Test
    void resizesDistortedCamerasUnevenly() {
        Camera camera = CAMERAS.get(0);
        Camera resized = camera.resizedTo(80, 61);
        double[] before = new double[2];
        double[] after = new double[2];
        new LensDistortion(camera).project(0.3, -0.2, before);
        new LensDistortion(resized).project(0.3, -0.2, after);
        assertEquals((before[0] + 0.5) / 2 - 0.5, after[0], 1e-9);
        assertEquals((before[1] + 0.5) * 61 / 120 - 0.5, after[1], 1e-9);
        assertEquals(CameraModel.SIMPLE_RADIAL, camera.resizedTo(80, 60).model());
    }
}
