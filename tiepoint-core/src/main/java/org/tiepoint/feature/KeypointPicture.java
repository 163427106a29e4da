package org.tiepoint.feature;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgproc.LINE_AA;
import static org.bytedeco.opencv.global.opencv_imgproc.circle;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Point;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.tiepoint.image.Image;
import org.tiepoint.image.ImageResizer;
import org.tiepoint.image.Mats;

/**
 * Shows what a detector finds: the image with a circle around each key point, the larger the better its score, and
 * beside it, where there is one, the score of every pixel.
 *
 * <p>Scores of networks lie orders of magnitude apart, so circles follow the rank of a score among the key points, and
 * the map's brightness its logarithm, from black at the median of all pixels to white where one in a thousand begins.
 * Immutable; safe for use by several threads.
 */
public final class KeypointPicture {
    private static final double DARK = 0.5;
    private static final double BRIGHT = 0.999;
    /** Radii in pixels where the longer side has as many as {@link #UNIT_SIDE}. */
    private static final double SMALLEST = 1;
    private static final double LARGEST = 4;
    private static final double UNIT_SIDE = 640;
    private static final int[] COLOUR = {90, 255, 60};
    /** OpenCV's fixed-point coordinates: 1/16 pixel. */
    private static final int SHIFT = 4;

    private final int maxSide;

    /**
     * @param maxSide larger images are shown with this longer side, in pixels, at least 16
     */
    public KeypointPicture(int maxSide) {
        if (maxSide < 16) {
            throw new IllegalArgumentException("maxSide is " + maxSide + ": it must be at least 16");
        }
        this.maxSide = maxSide;
    }

    /** Draws it: as large as the image is shown, or twice as wide with the scores. */
    public Image draw(Image image, Keypoints keypoints, Optional<ScoreMap> scores) {
        double scale = Math.min(1, (double) maxSide / Math.max(image.width(), image.height()));
        int width = Math.max(1, (int) Math.round(image.width() * scale));
        int height = Math.max(1, (int) Math.round(image.height() * scale));
        try (PointerScope scope = new PointerScope()) {
            Mat canvas = new Mat(height, scores.isPresent() ? 2 * width : width, CV_8UC3);
            Mat photo = new Mat(canvas, new Rect(0, 0, width, height));
            Mats.rgb(ImageResizer.resize(image, width, height)).copyTo(photo);
            circles(photo, keypoints, scale);
            scores.ifPresent(map -> brightness(map, width, height)
                    .copyTo(new Mat(canvas, new Rect(width, 0, width, height))));
            return Mats.image(canvas);
        }
    }

    /** The best last, on top. */
    private static void circles(Mat photo, Keypoints keypoints, double scale) {
        int n = keypoints.count();
        float[] scores = keypoints.scores();
        int[] order = IntStream.range(0, n).boxed().sorted(Comparator.comparingDouble((Integer i) -> scores[i]))
                .mapToInt(Integer::intValue).toArray();
        double[] rank = new double[n];
        for (int place = n - 1; place >= 0; place--) {
            boolean asNext = place < n - 1 && scores[order[place]] == scores[order[place + 1]];
            rank[place] = asNext ? rank[place + 1] : (place + 1.0) / n;
        }
        double unit = Math.max(1, Math.max(photo.cols(), photo.rows()) / UNIT_SIDE);
        for (int place = 0; place < n; place++) {
            Point centre = new Point(fixed((keypoints.x(order[place]) + 0.5) * scale - 0.5),
                    fixed((keypoints.y(order[place]) + 0.5) * scale - 0.5));
            int radius = fixed(unit * (SMALLEST + (LARGEST - SMALLEST) * rank[place] * rank[place]));
            circle(photo, centre, radius, Scalar.all(0), (int) unit + 2, LINE_AA, SHIFT);
            circle(photo, centre, radius, new Scalar(COLOUR[0], COLOUR[1], COLOUR[2], 0), (int) unit, LINE_AA, SHIFT);
        }
    }

    private static int fixed(double pixels) {
        return (int) Math.round(pixels * (1 << SHIFT));
    }

    /** From black over red and yellow to white. */
    private static Mat brightness(ScoreMap map, int width, int height) {
        float[] sorted = map.values().clone();
        Arrays.sort(sorted);
        double dark = logarithm(sorted[(int) (DARK * (sorted.length - 1))]);
        double range = logarithm(sorted[(int) (BRIGHT * (sorted.length - 1))]) - dark;
        byte[] levels = new byte[sorted.length];
        for (int i = 0; i < levels.length && range > 0; i++) {
            double share = (logarithm(map.values()[i]) - dark) / range;
            levels[i] = (byte) Math.round(255 * Math.max(0, Math.min(1, share)));
        }
        Mat grey = new Mat(map.height(), map.width(), CV_8UC1);
        grey.data().put(levels);
        Mat coloured = new Mat();
        opencv_imgproc.applyColorMap(grey, coloured, opencv_imgproc.COLORMAP_INFERNO);
        opencv_imgproc.cvtColor(coloured, coloured, opencv_imgproc.COLOR_BGR2RGB);
        return Mats.rgb(ImageResizer.resize(Mats.image(coloured), width, height));
    }

    private static double logarithm(float score) {
        return Math.log(Math.max(Float.MIN_NORMAL, score));
    }
}
