package org.tiepoint.feature;

import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.opencv_core.KeyPointVector;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_features2d.ORB;
import org.tiepoint.image.Image;
import org.tiepoint.image.Mats;

/**
 * ORB (Rublee et al., ORB: an efficient alternative to SIFT or SURF, ICCV 2011) by OpenCV: FAST corners of a pyramid of
 * 8 levels, each 1.2 times smaller than the one before, ranked by Harris's measure, with 256 binary comparisons each. A
 * descriptor is 256 numbers 0 or 1, so that the squared Euclidean distance is the Hamming distance. Nothing is found
 * within 31 pixels of the border of a level, and so nothing in images with a side below 63 pixels.
 *
 * <p>Departures from OpenCV: it multiplies a position on a level by the level's scale, which puts key points of small
 * levels up to 1.3 pixels too far left and up; here the pixel's centre is kept, x' = (x + 0.5) s - 0.5. The number of
 * key points is cut exactly. Immutable; safe for use by several threads.
 */
public final class Orb implements Extractor {
    private static final int BITS = 256;
    private static final float SCALE_FACTOR = 1.2f;
    private static final int LEVELS = 8;
    private static final int EDGE = 31;

    private final Options options;

    /**
     * @param maxKeypoints  at most so many an image, at least 1
     * @param fastThreshold grey levels by which a corner's ring differs from its centre, 1 to 254
     */
    public record Options(int maxKeypoints, int fastThreshold) {
        public Options {
            if (maxKeypoints < 1) {
                throw new IllegalArgumentException("maxKeypoints is " + maxKeypoints + ": it must be at least 1");
            }
            if (fastThreshold < 1 || fastThreshold > 254) {
                throw new IllegalArgumentException("fastThreshold is " + fastThreshold + ": it must be 1 to 254");
            }
        }

        /** OpenCV's threshold, 20. */
        public static Options of(int maxKeypoints) {
            return new Options(maxKeypoints, 20);
        }
    }

    public Orb(Options options) {
        this.options = options;
    }

    @Override
    public Features extract(Image image) {
        if (Math.min(image.width(), image.height()) <= 2 * EDGE) {
            return new Features(Keypoints.ofPositions(new float[0]), BITS, new float[0]);
        }
        try (PointerScope scope = new PointerScope()) {
            ORB orb = ORB.create(options.maxKeypoints(), SCALE_FACTOR, LEVELS, EDGE, 0, 2, ORB.HARRIS_SCORE, EDGE,
                    options.fastThreshold());
            KeyPointVector keypoints = new KeyPointVector();
            Mat descriptors = new Mat();
            orb.detectAndCompute(Mats.grey(image), new Mat(), keypoints, descriptors);
            OpenCvKeypoint[] found = OpenCvKeypoint.read(keypoints);
            for (int i = 0; i < found.length; i++) {
                found[i] = centred(found[i], image);
            }
            List<OpenCvKeypoint> best = OpenCvKeypoint.best(found, options.maxKeypoints());
            return OpenCvKeypoint.toFeatures(best, descriptors, BITS);
        }
    }

    @Override
    public int dimension() {
        return BITS;
    }

    private static OpenCvKeypoint centred(OpenCvKeypoint keypoint, Image image) {
        float scale = (float) Math.pow(SCALE_FACTOR, keypoint.octave());
        return keypoint.at(centred(keypoint.x() / scale, scale, image.width()),
                centred(keypoint.y() / scale, scale, image.height()));
    }

    /** A position on a level, in the image: a level is a whole number of pixels wide. */
    private static float centred(float onLevel, float scale, int side) {
        return (float) ((onLevel + 0.5) * side / Math.rint(side / scale) - 0.5);
    }
}
