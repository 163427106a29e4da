package org.tiepoint.match;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgproc.LINE_AA;
import static org.bytedeco.opencv.global.opencv_imgproc.circle;
import static org.bytedeco.opencv.global.opencv_imgproc.line;

import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Point;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.tiepoint.feature.Keypoints;
import org.tiepoint.image.Image;
import org.tiepoint.image.ImageResizer;
import org.tiepoint.image.Mats;

/**
 * Shows matches: two images side by side, a line for each match. The colour of a line follows the place of its key
 * point in the first image, hue from left to right and light from top to bottom, so that in a right set of matches
 * neighbours have like colours on both sides. Key points without a drawn match are small grey dots. Images may differ
 * in size; both are shrunk by one factor where the picture would be wider than the limit. Immutable; safe for use by
 * several threads.
 */
public final class MatchPicture {
    private static final int GAP = 12;
    private static final int BACKGROUND = 24;
    private static final double LINE_WEIGHT = 0.8;
    /** OpenCV's fixed-point coordinates: 1/16 pixel. */
    private static final int SHIFT = 4;

    private final Options options;

    /**
     * @param maxLines       at most so many matches are drawn, spread over the first image, best scores first; above 0
     * @param maxWidth       in pixels, of the picture, at least 16
     * @param drawsKeypoints whether key points without a line are shown
     */
    public record Options(int maxLines, int maxWidth, boolean drawsKeypoints) {
        public Options {
            if (maxLines < 1) {
                throw new IllegalArgumentException("maxLines is " + maxLines + ": it must be at least 1");
            }
            if (maxWidth < 16) {
                throw new IllegalArgumentException("maxWidth is " + maxWidth + ": it must be at least 16");
            }
        }

        /** 200 lines, 2000 pixels, with key points. */
        public static Options defaults() {
            return new Options(200, 2000, true);
        }
    }

    public MatchPicture() {
        this(Options.defaults());
    }

    public MatchPicture(Options options) {
        this.options = options;
    }

    /**
     * Draws the matches that are inliers.
     *
     * @param inliers one for each match
     */
    public Image draw(Image first, Image second, Keypoints firstPoints, Keypoints secondPoints, Matches matches,
            boolean[] inliers) {
        if (inliers.length != matches.count()) {
            throw new IllegalArgumentException(matches.count() + " matches need as many inlier marks, got "
                    + inliers.length);
        }
        double scale = Math.min(1, (double) (options.maxWidth() - GAP) / (first.width() + second.width()));
        Image left = shrink(first, scale);
        Image right = shrink(second, scale);
        List<Integer> drawn = SpreadSelection.select(firstPoints, matches, inliers, first, options.maxLines());
        try (PointerScope scope = new PointerScope()) {
            Mat canvas = canvas(left, right);
            int offset = left.width() + GAP;
            int radius = Math.max(1, canvas.rows() / 300);
            if (options.drawsKeypoints()) {
                Mat dots = canvas.clone();
                dot(dots, firstPoints, scale, 0, radius);
                dot(dots, secondPoints, scale, offset, radius);
                opencv_core.addWeighted(dots, 0.5, canvas, 0.5, 0, canvas);
            }
            Mat lines = canvas.clone();
            for (int match : drawn) {
                line(lines, at(firstPoints, matches.first(match), scale, 0),
                        at(secondPoints, matches.second(match), scale, offset),
                        colour(firstPoints, matches.first(match), first), Math.max(1, canvas.rows() / 600), LINE_AA,
                        SHIFT);
            }
            opencv_core.addWeighted(lines, LINE_WEIGHT, canvas, 1 - LINE_WEIGHT, 0, canvas);
            for (int match : drawn) {
                Scalar colour = colour(firstPoints, matches.first(match), first);
                end(canvas, at(firstPoints, matches.first(match), scale, 0), colour, radius);
                end(canvas, at(secondPoints, matches.second(match), scale, offset), colour, radius);
            }
            return Mats.image(canvas);
        }
    }

    private static Image shrink(Image image, double scale) {
        return ImageResizer.resize(image, Math.max(1, (int) Math.round(image.width() * scale)),
                Math.max(1, (int) Math.round(image.height() * scale)));
    }

    private static Mat canvas(Image left, Image right) {
        int height = Math.max(left.height(), right.height());
        Mat canvas = new Mat(height, left.width() + GAP + right.width(), CV_8UC3, Scalar.all(BACKGROUND));
        muted(left).copyTo(new Mat(canvas, new Rect(0, 0, left.width(), left.height())));
        muted(right).copyTo(new Mat(canvas, new Rect(left.width() + GAP, 0, right.width(), right.height())));
        return canvas;
    }

    /** Half way to grey and a little darker, so that the lines stand out. */
    private static Mat muted(Image image) {
        Mat muted = new Mat();
        opencv_imgproc.cvtColor(Mats.grey(image), muted, opencv_imgproc.COLOR_GRAY2RGB);
        opencv_core.addWeighted(muted, 0.45, Mats.rgb(image), 0.4, 0, muted);
        return muted;
    }

    private static void dot(Mat canvas, Keypoints points, double scale, int offset, int radius) {
        for (int i = 0; i < points.count(); i++) {
            circle(canvas, at(points, i, scale, offset), (radius << SHIFT) + 4, Scalar.all(225), -1, LINE_AA, SHIFT);
        }
    }

    private static void end(Mat canvas, Point centre, Scalar colour, int radius) {
        circle(canvas, centre, (radius << SHIFT) + (3 << SHIFT - 1), Scalar.all(20), -1, LINE_AA, SHIFT);
        circle(canvas, centre, (radius << SHIFT) + (1 << SHIFT - 1), colour, -1, LINE_AA, SHIFT);
    }

    private static Point at(Keypoints points, int i, double scale, int offset) {
        double x = (points.x(i) + 0.5) * scale - 0.5 + offset;
        double y = (points.y(i) + 0.5) * scale - 0.5;
        return new Point((int) Math.round(x * (1 << SHIFT)), (int) Math.round(y * (1 << SHIFT)));
    }

    private static Scalar colour(Keypoints points, int i, Image image) {
        float across = Math.max(0, Math.min(1, points.x(i) / image.width()));
        float down = Math.max(0, Math.min(1, points.y(i) / image.height()));
        double value = 255 * (1 - 0.15 * down);
        double saturation = 0.55 + 0.4 * down;
        return new Scalar(channel(5, across, saturation, value), channel(3, across, saturation, value),
                channel(1, across, saturation, value), 0);
    }

    /** One channel of a colour of a hue from red (0) to magenta (1): 5 is red, 3 green, 1 blue. */
    private static double channel(int which, double hue, double saturation, double value) {
        double k = (which + 5 * hue) % 6;
        return value * (1 - saturation * Math.max(0, Math.min(1, Math.min(k, 4 - k))));
    }
}
