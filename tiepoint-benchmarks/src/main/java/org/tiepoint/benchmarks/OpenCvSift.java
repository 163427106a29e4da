package org.tiepoint.benchmarks;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.KeyPointVector;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Point2f;
import org.bytedeco.opencv.opencv_features2d.SIFT;
import org.bytedeco.javacpp.BytePointer;
import org.tiepoint.feature.Extractor;
import org.tiepoint.feature.Features;
import org.tiepoint.feature.Keypoints;
import org.tiepoint.image.Image;

/**
 * SIFT as a user of OpenCV calls it: one detectAndCompute with default settings, so that the pyramid is built once.
 * Positions are OpenCV's own. For one thread.
 */
final class OpenCvSift implements Extractor {
    private static final int DIMENSION = 128;

    private final SIFT sift;

    OpenCvSift(int maxKeypoints) {
        sift = SIFT.create(maxKeypoints, 3, 0.04, 10, 1.6, false);
    }

    @Override
    public int dimension() {
        return DIMENSION;
    }

    @Override
    public Features extract(Image image) {
        try (PointerScope scope = new PointerScope()) {
            Mat rgb = new Mat(image.height(), image.width(), opencv_core.CV_8UC3);
            new BytePointer(rgb.data()).put(image.rgb());
            Mat grey = new Mat();
            opencv_imgproc.cvtColor(rgb, grey, opencv_imgproc.COLOR_RGB2GRAY);
            KeyPointVector found = new KeyPointVector();
            Mat described = new Mat();
            sift.detectAndCompute(grey, new Mat(), found, described);
            int count = (int) found.size();
            float[] xy = new float[2 * count];
            for (int i = 0; i < count; i++) {
                Point2f point = found.get(i).pt();
                xy[2 * i] = point.x();
                xy[2 * i + 1] = point.y();
            }
            float[] descriptors = new float[count * DIMENSION];
            new FloatPointer(described.data()).get(descriptors);
            return new Features(Keypoints.ofPositions(xy), DIMENSION, descriptors);
        }
    }

    @Override
    public void close() {
        sift.close();
    }
}
