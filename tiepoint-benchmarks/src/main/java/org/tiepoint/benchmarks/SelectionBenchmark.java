package org.tiepoint.benchmarks;

import java.util.Random;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.tiepoint.feature.KeypointSelection;
import org.tiepoint.feature.Keypoints;
import org.tiepoint.feature.ScoreMap;

/**
 * The best 2,048 local maxima of 640x480 scores, beside what OpenCV needs to find all of them: the greatest of every
 * 3x3 by its dilation, and a comparison.
 */
@State(Scope.Benchmark)
public class SelectionBenchmark {
    private ScoreMap map;

    /** Nearly all scores are low, as a detector's are. */
    @Setup
    public void draw() {
        Random random = new Random(1);
        float[] scores = new float[Photos.WIDTH * Photos.HEIGHT];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = (float) Math.pow(random.nextDouble(), 8);
        }
        map = new ScoreMap(Photos.WIDTH, Photos.HEIGHT, scores);
    }

    @Benchmark
    public Keypoints ours() {
        return KeypointSelection.select(map, Subject.KEYPOINTS, KeypointSelection.Options.defaults());
    }

    /** Their number, the border's included. */
    @Benchmark
    public int openCv() {
        try (PointerScope scope = new PointerScope()) {
            Mat scores = new Mat(map.height(), map.width(), opencv_core.CV_32F);
            new FloatPointer(scores.data()).put(map.values());
            Mat greatest = new Mat();
            opencv_imgproc.dilate(scores, greatest, new Mat());
            Mat maxima = new Mat();
            opencv_core.compare(scores, greatest, maxima, opencv_core.CMP_EQ);
            return opencv_core.countNonZero(maxima);
        }
    }
}
