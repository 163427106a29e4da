package org.tiepoint.estimate;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_calib3d;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * The two rotations and the direction, up to its sign, that an essential matrix allows (Hartley and Zisserman, result
 * 9.19), as OpenCV's decomposeEssentialMat orders and signs them.
 *
 * @param firstRotation  row-major 3x3
 * @param secondRotation row-major 3x3
 * @param direction      3 numbers, length 1
 */
record EssentialDecomposition(double[] firstRotation, double[] secondRotation, double[] direction) {
    static EssentialDecomposition of(double[] essential) {
        if (essential.length != 9) {
            throw new IllegalArgumentException("an essential matrix takes 9 numbers, got " + essential.length);
        }
        try (PointerScope scope = new PointerScope()) {
            Mat e = new Mat(3, 3, opencv_core.CV_64F);
            new DoublePointer(e.data()).put(essential);
            Mat first = new Mat();
            Mat second = new Mat();
            Mat direction = new Mat();
            opencv_calib3d.decomposeEssentialMat(e, first, second, direction);
            return new EssentialDecomposition(numbers(first, 9), numbers(second, 9), numbers(direction, 3));
        }
    }

    private static double[] numbers(Mat mat, int count) {
        double[] numbers = new double[count];
        new DoublePointer(mat.data()).get(numbers);
        return numbers;
    }
}
