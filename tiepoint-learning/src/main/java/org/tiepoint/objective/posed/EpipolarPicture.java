package org.tiepoint.objective.posed;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Point;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.tiepoint.geometry.Matrices;
import org.tiepoint.image.Image;
import org.tiepoint.image.Mats;

/**
 * The epipolar picture of a pair: on the left some query points, on the right, in the same colours, their true epipolar
 * lines and where the network expects them. A good network puts every disc on the line of its colour.
 */
public final class EpipolarPicture {
    private static final int POINTS = 24;

    private EpipolarPicture() {}

    /**
     * Draws it.
     *
     * @param fundamental from the first to the second picture, row-major 3x3, pixels
     * @param queries     n x 2, row-major: points of the first picture, pixels
     * @param locations   n x 2, row-major: where they are expected in the second picture, pixels
     */
    public static Image draw(Image first, Image second, double[] fundamental, float[] queries, float[] locations) {
        int width = first.width();
        int height = first.height();
        try (PointerScope scope = new PointerScope()) {
            Mat canvas = new Mat(height, 2 * width, Mats.rgb(first).type());
            Mats.rgb(first).copyTo(new Mat(canvas, new Rect(0, 0, width, height)));
            Mat right = new Mat(canvas, new Rect(width, 0, width, height));
            Mats.rgb(second).copyTo(right);
            int count = locations.length / 2;
            int drawn = Math.min(POINTS, count);
            for (int i = 0; i < drawn; i++) {
                int query = (int) ((long) i * count / drawn);
                Scalar colour = colour((double) i / drawn);
                float x = queries[2 * query];
                float y = queries[2 * query + 1];
                disc(canvas, x, y, colour);
                line(right, Matrices.apply(fundamental, new double[] {x, y, 1}), colour);
                disc(right, locations[2 * query], locations[2 * query + 1], colour);
            }
            return Mats.image(canvas);
        }
    }

    private static void disc(Mat canvas, float x, float y, Scalar colour) {
        Point centre = new Point(Math.round(x), Math.round(y));
        opencv_imgproc.circle(canvas, centre, 4, new Scalar(0, 0, 0, 0), -1, opencv_imgproc.LINE_AA, 0);
        opencv_imgproc.circle(canvas, centre, 3, colour, -1, opencv_imgproc.LINE_AA, 0);
    }

    /** The line a x + b y + c = 0 across the picture. */
    private static void line(Mat canvas, double[] line, Scalar colour) {
        double a = line[0];
        double b = line[1];
        double norm = a * a + b * b;
        if (norm == 0) {
            return;
        }
        // the point of the line nearest to the centre, and the direction from there
        double cx = canvas.cols() / 2.0;
        double cy = canvas.rows() / 2.0;
        double off = (a * cx + b * cy + line[2]) / norm;
        double reach = canvas.cols() + canvas.rows();
        if (Math.abs(off) * Math.sqrt(norm) > reach) {
            return;
        }
        double x = cx - a * off;
        double y = cy - b * off;
        double dx = -b / Math.sqrt(norm) * reach;
        double dy = a / Math.sqrt(norm) * reach;
        opencv_imgproc.line(canvas, new Point((int) (x - dx), (int) (y - dy)), new Point((int) (x + dx), (int) (y + dy)),
                colour, 1, opencv_imgproc.LINE_AA, 0);
    }

    /** A bright colour of this hue, 0 to 1. */
    private static Scalar colour(double hue) {
        double[] rgb = new double[3];
        for (int c = 0; c < 3; c++) {
            double k = (5 - 2 * c + 6 * hue) % 6;
            rgb[c] = 255 * (1 - Math.max(0, Math.min(1, Math.min(k, 4 - k))));
        }
        return new Scalar(rgb[0], rgb[1], rgb[2], 0);
    }
}
