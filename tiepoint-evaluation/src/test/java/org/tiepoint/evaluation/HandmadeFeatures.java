package org.tiepoint.evaluation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tiepoint.feature.Features;
import org.tiepoint.feature.Keypoints;
import org.tiepoint.image.ImageSize;

/**
 * Features that the test gives: the descriptor of label k is the k-th unit vector, so equal labels match. Images are
 * empty files and 40 x 30 pixels. Not thread-safe.
 */
final class HandmadeFeatures implements FeatureProvider {
    static final ImageSize SIZE = new ImageSize(40, 30);
    private static final int LABELS = 16;

    private final Path folder;
    private final Map<String, Features> byName = new HashMap<>();
    private final List<String> asked = new ArrayList<>();
    private int opened;

    HandmadeFeatures(Path folder) {
        this.folder = folder;
    }

    /** An image of these key points. */
    SetImage add(String name, float[] xy, int... labels) throws IOException {
        Path file = folder.resolve(name);
        if (!Files.exists(file)) {
            Files.createFile(file);
        }
        float[] descriptors = new float[labels.length * LABELS];
        for (int i = 0; i < labels.length; i++) {
            descriptors[i * LABELS + labels[i]] = 1;
        }
        byName.put(name, new Features(Keypoints.ofPositions(xy), LABELS, descriptors));
        return SetImage.upright(file, name);
    }

    /** Names of the images whose features were asked for, in order. */
    List<String> asked() {
        return asked;
    }

    int opened() {
        return opened;
    }

    @Override
    public void open() {
        opened++;
    }

    @Override
    public SizedFeatures features(SetImage image) {
        asked.add(image.name());
        return new SizedFeatures(byName.get(image.name()), SIZE);
    }
}
