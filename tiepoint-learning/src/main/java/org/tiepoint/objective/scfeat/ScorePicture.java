package org.tiepoint.objective.scfeat;

import java.util.Arrays;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Point;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.tiepoint.detector.KeypointSelection;
import org.tiepoint.feature.Keypoints;
import org.tiepoint.feature.ScoreMap;
import org.tiepoint.image.Image;
import org.tiepoint.image.Mats;

/** The picture of a detector: the image with its best points, and beside it the score of every pixel. */
public final class ScorePicture {
    private static final int POINTS = 300;
    /** Scores from this share of the pixels on are white: a few are far greater than all others. */
    private static final double WHITE = 0.995;

    private ScorePicture() {}

    /**
     * Draws it, twice as wide as the image.
     *
     * @param scores height x width, row-major
     */
    public static Image draw(Image image, float[] scores) {
        int width = image.width();
        int height = image.height();
        float[] sorted = scores.clone();
        Arrays.sort(sorted);
        float white = Math.max(Float.MIN_NORMAL, sorted[(int) (WHITE * (sorted.length - 1))]);
        byte[] rgb = new byte[3 * width * height];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) Math.round(255 * Math.sqrt(Math.min(1, Math.max(0, scores[i / 3]) / white)));
        }
        Keypoints keypoints = KeypointSelection.select(new ScoreMap(width, height, scores), POINTS,
                KeypointSelection.Options.defaults());
        try (PointerScope scope = new PointerScope()) {
            Mat canvas = new Mat(height, 2 * width, Mats.rgb(image).type());
            Mats.rgb(image).copyTo(new Mat(canvas, new Rect(0, 0, width, height)));
            Mats.rgb(new Image(width, height, rgb)).copyTo(new Mat(canvas, new Rect(width, 0, width, height)));
            for (int i = 0; i < keypoints.count(); i++) {
                opencv_imgproc.circle(canvas, new Point(Math.round(keypoints.x(i)), Math.round(keypoints.y(i))), 2,
                        new Scalar(0, 255, 0, 0), 1, opencv_imgproc.LINE_AA, 0);
            }
            return Mats.image(canvas);
        }
    }
}
