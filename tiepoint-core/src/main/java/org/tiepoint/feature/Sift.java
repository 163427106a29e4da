package org.tiepoint.feature;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.opencv_core.KeyPointVector;
import org.bytedeco.opencv.opencv_features2d.SIFT;

/**
 * What detector and descriptor share of OpenCV's SIFT. OpenCV keeps pyramid octave and layer of a key point packed into
 * one number; both follow from its size: size = 2 sigma 2^(octave + (layer + offset) / 3), with layer 1 to 3, octave
 * from -1 and the sub-layer offset within half a layer.
 *
 * <p>OpenCV doubles the image around pixel corners and reads positions as if around centres, which puts them a quarter
 * pixel too far right and down: that is taken off here. Its {@code enable_precise_upscale} mends it too, but blurs every
 * other pixel, and the key points come back less often.
 */
final class Sift {
    private static final int LAYERS = 3;
    private static final double SIGMA = 1.6;
    private static final int FIRST_OCTAVE = -1;
    private static final float POSITION_OFFSET = 0.25f;
    private static final float SMALLEST_SIZE = (float) (2 * SIGMA * Math.pow(2, FIRST_OCTAVE + 1.0 / LAYERS));

    private Sift() {}

    static SIFT create(double contrastThreshold, double edgeThreshold) {
        return SIFT.create(0, LAYERS, contrastThreshold, edgeThreshold, SIGMA, false);
    }

    /** SIFT's key points, with exact positions. */
    static OpenCvKeypoint[] read(KeyPointVector keypoints) {
        OpenCvKeypoint[] read = OpenCvKeypoint.read(keypoints);
        for (int i = 0; i < read.length; i++) {
            read[i] = read[i].at(read[i].x() - POSITION_OFFSET, read[i].y() - POSITION_OFFSET);
        }
        return read;
    }

    /**
     * Key points as OpenCV's, and one more at the end of the smallest size: with it OpenCV starts its pyramid at the
     * doubled image as in detection, also where no key point is that small.
     */
    static KeyPointVector pack(Keypoints keypoints, int width, int height) {
        int n = keypoints.count();
        KeyPointVector packed = new KeyPointVector(n + 1);
        FloatPointer floats = new FloatPointer(packed.get(0)).capacity((long) (n + 1) * OpenCvKeypoint.FIELDS);
        IntPointer ints = new IntPointer(floats).capacity((long) (n + 1) * OpenCvKeypoint.FIELDS);
        for (int i = 0; i <= n; i++) {
            boolean extra = i == n;
            float size = extra ? SMALLEST_SIZE : keypoints.sizes()[i];
            float angle = extra ? 0 : Math.max(0, keypoints.angles()[i]);
            floats.put((long) i * OpenCvKeypoint.FIELDS, extra ? 0 : keypoints.x(i) + POSITION_OFFSET);
            floats.put((long) i * OpenCvKeypoint.FIELDS + 1, extra ? 0 : keypoints.y(i) + POSITION_OFFSET);
            floats.put((long) i * OpenCvKeypoint.FIELDS + 2, size);
            floats.put((long) i * OpenCvKeypoint.FIELDS + 3, angle);
            floats.put((long) i * OpenCvKeypoint.FIELDS + 4, 0);
            ints.put((long) i * OpenCvKeypoint.FIELDS + 5, octaveAndLayer(size, width, height));
            ints.put((long) i * OpenCvKeypoint.FIELDS + 6, -1);
        }
        return packed;
    }

    /** Octave in the low byte, layer in the one above it; sizes beyond the pyramid take its nearest level. */
    static int octaveAndLayer(float size, int width, int height) {
        int level = (int) Math.round(LAYERS * (Math.log(size / (2 * SIGMA)) / Math.log(2)));
        int octave = Math.floorDiv(level - 1, LAYERS);
        int layer = level - LAYERS * octave;
        int last = 31 - Integer.numberOfLeadingZeros(Math.min(width, height));
        if (octave < FIRST_OCTAVE) {
            octave = FIRST_OCTAVE;
            layer = 1;
        } else if (octave > last) {
            octave = last;
            layer = LAYERS;
        }
        return octave & 0xFF | layer << 8;
    }
}
