package org.tiepoint.geometry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_calib3d;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.junit.jupiter.api.Test;

class LensDistortionTest {
    private static final double[] FOCAL = {300, 310, 200, 150};

    @Test
    void agreesWithOpenCvsBrownModel() {
        check(new Camera(CameraModel.SIMPLE_PINHOLE, 400, 300, new double[] {300, 200, 150}), 300, 0, 0, 0, 0);
        check(new Camera(CameraModel.SIMPLE_RADIAL, 400, 300, new double[] {300, 200, 150, 0.1}), 300, 0.1, 0, 0, 0);
        check(new Camera(CameraModel.RADIAL, 400, 300, new double[] {300, 200, 150, 0.1, -0.05}), 300, 0.1, -0.05, 0,
                0);
        check(camera(CameraModel.OPENCV, 0.1, -0.05, 0.01, -0.02), 310, 0.1, -0.05, 0.01, -0.02);
        check(camera(CameraModel.FULL_OPENCV, 0.1, -0.05, 0.01, -0.02, 0.03, 0.04, 0.05, 0.06), 310, 0.1, -0.05, 0.01,
                -0.02, 0.03, 0.04, 0.05, 0.06);
    }

    @Test
    void putsFisheyeRaysByTheirAngle() {
        LensDistortion lens = new LensDistortion(camera(CameraModel.OPENCV_FISHEYE, 0.1, -0.05, 0.01, -0.02));
        double[] xy = new double[2];
        lens.project(0, 0, xy);
        assertEquals(200, xy[0]);
        assertEquals(150, xy[1]);
        for (double degrees : new double[] {1, 30, 45, 60, 80}) {
            double angle = Math.toRadians(degrees);
            double distorted = angle + 0.1 * Math.pow(angle, 3) - 0.05 * Math.pow(angle, 5)
                    + 0.01 * Math.pow(angle, 7) - 0.02 * Math.pow(angle, 9);
            lens.project(0.6 * Math.tan(angle), -0.8 * Math.tan(angle), xy);
            assertEquals(200 + 300 * 0.6 * distorted, xy[0], 1e-9);
            assertEquals(150 - 310 * 0.8 * distorted, xy[1], 1e-9);
        }
    }

    private static Camera camera(CameraModel model, double... distortion) {
        double[] parameters = Arrays.copyOf(FOCAL, 4 + distortion.length);
        System.arraycopy(distortion, 0, parameters, 4, distortion.length);
        return new Camera(model, 400, 300, parameters);
    }

    private static void check(Camera camera, double fy, double... distortion) {
        LensDistortion lens = new LensDistortion(camera);
        Random random = new Random(4);
        double[] xy = new double[2];
        try (PointerScope scope = new PointerScope()) {
            Mat zero = mat(3, 1, 1, 0, 0, 0);
            Mat k = mat(3, 3, 1, 300, 0, 200, 0, fy, 150, 0, 0, 1);
            for (int i = 0; i < 100; i++) {
                double x = 2 * random.nextDouble() - 1;
                double y = 2 * random.nextDouble() - 1;
                Mat image = new Mat();
                opencv_calib3d.projectPoints(mat(1, 1, 3, x, y, 1), zero, zero, k, mat(1, distortion.length, 1,
                        distortion), image);
                double[] expected = new double[2];
                new DoublePointer(image.data()).get(expected);
                lens.project(x, y, xy);
                assertEquals(expected[0], xy[0], 1e-9);
                assertEquals(expected[1], xy[1], 1e-9);
            }
        }
    }

    private static Mat mat(int rows, int columns, int channels, double... values) {
        Mat mat = new Mat(rows, columns, opencv_core.CV_64FC(channels));
        new DoublePointer(mat.data()).put(values);
        return mat;
    }
}
