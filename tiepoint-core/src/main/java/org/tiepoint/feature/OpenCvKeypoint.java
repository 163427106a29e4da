package org.tiepoint.feature;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.opencv.opencv_core.KeyPointVector;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * A key point as OpenCV gives it.
 *
 * @param row    its place in OpenCV's list, which is its descriptor's row
 * @param angle  degrees, -1 where there is none
 * @param octave pyramid level; SIFT packs more into it
 */
record OpenCvKeypoint(int row, float x, float y, float size, float angle, float response, int octave) {
    /** x, y, size, angle, response, octave, class: seven numbers of four bytes. */
    static final int FIELDS = 7;

    /** Best response first; equal ones by row, column, size and angle, so that the order never depends on threads. */
    private static final Comparator<OpenCvKeypoint> BEST_FIRST =
            Comparator.comparingDouble((OpenCvKeypoint keypoint) -> -keypoint.response)
                    .thenComparingDouble(OpenCvKeypoint::y).thenComparingDouble(OpenCvKeypoint::x)
                    .thenComparingDouble(OpenCvKeypoint::size).thenComparingDouble(OpenCvKeypoint::angle);

    /** All of OpenCV's list, in its order. */
    static OpenCvKeypoint[] read(KeyPointVector keypoints) {
        OpenCvKeypoint[] read = new OpenCvKeypoint[Math.toIntExact(keypoints.size())];
        if (read.length > 0) {
            FloatPointer all = new FloatPointer(keypoints.get(0)).capacity((long) read.length * FIELDS);
            float[] fields = new float[FIELDS];
            for (int i = 0; i < read.length; i++) {
                all.position((long) i * FIELDS).get(fields);
                read[i] = new OpenCvKeypoint(i, fields[0], fields[1], fields[2], fields[3], fields[4],
                        Float.floatToRawIntBits(fields[5]));
            }
        }
        return read;
    }

    /** The best of them, best first. */
    static List<OpenCvKeypoint> best(OpenCvKeypoint[] keypoints, int maxKeypoints) {
        return Arrays.stream(keypoints).sorted(BEST_FIRST).limit(maxKeypoints).toList();
    }

    OpenCvKeypoint at(float newX, float newY) {
        return new OpenCvKeypoint(row, newX, newY, size, angle, response, octave);
    }

    static Keypoints toKeypoints(List<OpenCvKeypoint> keypoints) {
        int n = keypoints.size();
        float[] xy = new float[2 * n];
        float[] scores = new float[n];
        float[] sizes = new float[n];
        float[] angles = new float[n];
        for (int i = 0; i < n; i++) {
            OpenCvKeypoint keypoint = keypoints.get(i);
            xy[2 * i] = keypoint.x;
            xy[2 * i + 1] = keypoint.y;
            scores[i] = keypoint.response;
            sizes[i] = keypoint.size;
            angles[i] = keypoint.angle;
        }
        return new Keypoints(xy, scores, sizes, angles);
    }

    /**
     * Binary descriptors of key points as numbers 0 and 1, the lowest bit of a byte first.
     *
     * @param descriptors rows of bytes, one by {@link #row()}
     * @param bits        bits a descriptor; the rest of the last byte is left out
     */
    static Features toFeatures(List<OpenCvKeypoint> keypoints, Mat descriptors, int bits) {
        float[] numbers = new float[keypoints.size() * bits];
        if (!keypoints.isEmpty()) {
            byte[] bytes = new byte[descriptors.rows() * descriptors.cols()];
            new BytePointer(descriptors.data()).get(bytes);
            for (int i = 0; i < keypoints.size(); i++) {
                int from = keypoints.get(i).row * descriptors.cols();
                for (int bit = 0; bit < bits; bit++) {
                    numbers[i * bits + bit] = bytes[from + bit / 8] >> bit % 8 & 1;
                }
            }
        }
        return new Features(toKeypoints(keypoints), bits, numbers);
    }
}
