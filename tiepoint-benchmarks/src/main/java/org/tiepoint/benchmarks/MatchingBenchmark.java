package org.tiepoint.benchmarks;

import java.util.Random;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.DMatchVector;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_features2d.BFMatcher;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.tiepoint.feature.FeatureMap;
import org.tiepoint.feature.Features;
import org.tiepoint.feature.Keypoints;
import org.tiepoint.match.Matches;
import org.tiepoint.match.MutualNearestNeighborMatcher;

/** Mutual nearest neighbours of 2,048 and 2,048 descriptors of 64 numbers, beside OpenCV's BFMatcher with cross-check. */
@State(Scope.Benchmark)
public class MatchingBenchmark {
    private static final int DIMENSION = 64;

    private Features first;
    private Features second;

    @Setup
    public void draw() {
        opencv_core.setNumThreads(Environment.THREADS);
        first = features(new Random(1));
        second = features(new Random(2));
    }

    private static Features features(Random random) {
        float[] descriptors = new float[Subject.KEYPOINTS * DIMENSION];
        for (int i = 0; i < descriptors.length; i++) {
            descriptors[i] = (float) random.nextGaussian();
        }
        for (int i = 0; i < Subject.KEYPOINTS; i++) {
            FeatureMap.normalise(descriptors, i * DIMENSION, DIMENSION);
        }
        return new Features(Keypoints.ofPositions(new float[2 * Subject.KEYPOINTS]), DIMENSION, descriptors);
    }

    @Benchmark
    public Matches ours() {
        return new MutualNearestNeighborMatcher().match(first, second);
    }

    /** The number of pairs. */
    @Benchmark
    public long openCv() {
        try (PointerScope scope = new PointerScope()) {
            DMatchVector found = new DMatchVector();
            new BFMatcher(opencv_core.NORM_L2, true).match(mat(first), mat(second), found);
            return found.size();
        }
    }

    private static Mat mat(Features features) {
        Mat mat = new Mat(Subject.KEYPOINTS, DIMENSION, opencv_core.CV_32F);
        new FloatPointer(mat.data()).put(features.descriptors());
        return mat;
    }
}
