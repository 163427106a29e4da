package org.tiepoint.evaluation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tiepoint.feature.Describer;
import org.tiepoint.feature.Detector;
import org.tiepoint.feature.Features;
import org.tiepoint.feature.Keypoints;
import org.tiepoint.image.Image;
import org.tiepoint.image.ImageWriter;

/**
 * Images of one colour each, whose key points and descriptors the test gives: the descriptor of label k is the k-th
 * unit vector, so equal labels match. Not thread-safe.
 */
final class ColouredScene implements Detector, Describer {
    private static final int LABELS = 16;

    private final Map<Integer, float[]> positions = new HashMap<>();
    private final Map<Integer, int[]> labels = new HashMap<>();
    private final List<Integer> described = new ArrayList<>();

    /** Writes an image of this grey level, and keeps its key points. */
    void add(Path file, int grey, float[] xy, int... pointLabels) throws IOException {
        byte[] rgb = new byte[3 * 40 * 30];
        Arrays.fill(rgb, (byte) grey);
        ImageWriter.writePng(new Image(40, 30, rgb), file);
        positions.put(grey, xy);
        labels.put(grey, pointLabels);
    }

    /** Grey levels of the images described, in order. */
    List<Integer> described() {
        return described;
    }

    @Override
    public Keypoints detect(Image image, int maxKeypoints) {
        return Keypoints.ofPositions(positions.get(image.rgb()[0] & 0xFF));
    }

    @Override
    public Features describe(Image image, Keypoints keypoints) {
        int[] own = labels.get(image.rgb()[0] & 0xFF);
        described.add(image.rgb()[0] & 0xFF);
        float[] descriptors = new float[keypoints.count() * LABELS];
        for (int i = 0; i < keypoints.count(); i++) {
            descriptors[i * LABELS + own[i]] = 1;
        }
        return new Features(keypoints, LABELS, descriptors);
    }

    @Override
    public int dimension() {
        return LABELS;
    }
}
