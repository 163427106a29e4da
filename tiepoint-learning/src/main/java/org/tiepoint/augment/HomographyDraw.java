package org.tiepoint.augment;

import static org.bytedeco.opencv.global.opencv_core.CV_32FC2;

import java.util.SplittableRandom;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Random homographies that cut a square out of a photo, as HNDesc draws them: the square is scaled, one pair of opposite
 * sides (both horizontal or both vertical ones, at random) is shortened, each side by a factor of its own, and the whole is
 * turned about the centre. What lies inside becomes the crop.
 *
 * @param side            of the crop in pixels, 16 to 4096; 256 in HNDesc
 * @param zoom            the square is scaled by a factor from [zoom, reach]; 0.8
 * @param reach           1 to 8, less where the photo ends; 1 in HNDesc, whose crops are enlarged parts of the photo
 * @param shortening      the two sides are scaled by factors from [shortening, 1]; 0.6
 * @param rotationDegrees drawn from [-rotationDegrees, rotationDegrees]; 15
 */
public record HomographyDraw(int side, double zoom, double reach, double shortening, double rotationDegrees) {
    public HomographyDraw {
        if (side < 16 || side > 4096) {
            throw new IllegalArgumentException("side is " + side + ": it must be 16 to 4096");
        }
        requireShare("zoom", zoom);
        if (!(reach >= 1 && reach <= 8)) {
            throw new IllegalArgumentException("reach is " + reach + ": it must be 1 to 8");
        }
        requireShare("shortening", shortening);
        if (!(rotationDegrees >= 0 && rotationDegrees <= 180)) {
            throw new IllegalArgumentException("rotationDegrees is " + rotationDegrees + ": it must be 0 to 180");
        }
    }

    /** HNDesc's. */
    public static HomographyDraw defaults() {
        return new HomographyDraw(256, 0.8, 1, 0.6, 15);
    }

    /** Half the diagonal of a square of the crop's side: what must fit into a photo around a centre. */
    public double radius() {
        return side / Math.sqrt(2);
    }

    /**
     * A drawn homography about a centre (pixels of the photo).
     *
     * @param room how many times {@link #radius()} the photo has around the centre, at least 1
     */
    Drawn draw(double centreX, double centreY, double room, SplittableRandom random) {
        double scale = within(zoom, Math.min(reach, room), random);
        boolean horizontal = random.nextBoolean();
        double first = within(shortening, 1, random);
        double second = within(shortening, 1, random);
        double angle = Math.toRadians(rotationDegrees * (2 * random.nextDouble() - 1));
        double half = (side - 1) / 2.0 * scale;
        float[] photo = new float[8];
        for (int i = 0; i < 4; i++) {
            boolean right = i % 2 == 1;
            boolean bottom = i >= 2;
            double x = (right ? half : -half) * (horizontal ? bottom ? second : first : 1);
            double y = (bottom ? half : -half) * (horizontal ? 1 : right ? second : first);
            photo[2 * i] = (float) (centreX + Math.cos(angle) * x - Math.sin(angle) * y);
            photo[2 * i + 1] = (float) (centreY + Math.sin(angle) * x + Math.cos(angle) * y);
        }
        float end = side - 1;
        return new Drawn(homography(photo, new float[] {0, 0, end, 0, 0, end, end, end}), scale);
    }

    /**
     * A homography.
     *
     * @param matrix photo to crop, row-major 3x3
     * @param scale  pixels of the photo a pixel of the crop, but for the shortening
     */
    record Drawn(double[] matrix, double scale) {}

    /** Takes four points to four points. */
    private static double[] homography(float[] from, float[] to) {
        try (PointerScope scope = new PointerScope()) {
            Mat matrix = opencv_imgproc.getPerspectiveTransform(points(from), points(to));
            double[] values = new double[9];
            new DoublePointer(matrix.data()).get(values);
            return values;
        }
    }

    private static Mat points(float[] xy) {
        Mat mat = new Mat(4, 1, CV_32FC2);
        new FloatPointer(mat.data()).put(xy, 0, 8);
        return mat;
    }

    private static double within(double least, double most, SplittableRandom random) {
        return least + (most - least) * random.nextDouble();
    }

    private static void requireShare(String name, double value) {
        if (!(value >= 0.05 && value <= 1)) {
            throw new IllegalArgumentException(name + " is " + value + ": it must be 0.05 to 1");
        }
    }
}
