package org.tiepoint.evaluation.sweep;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.tiepoint.evaluation.Candidate;
import org.tiepoint.evaluation.FeatureProvider;
import org.tiepoint.evaluation.SetImage;
import org.tiepoint.evaluation.SizedFeatures;
import org.tiepoint.feature.DetectThenDescribe;
import org.tiepoint.feature.Features;
import org.tiepoint.feature.RootSift;
import org.tiepoint.feature.SiftDetector;
import org.tiepoint.image.Image;
import org.tiepoint.match.Matcher;
import org.tiepoint.match.MutualNearestNeighborMatcher;

/** Features that a function makes of pixels; counts. */
final class PixelFeatures implements FeatureProvider {
    private final Function<Image, Features> function;
    private int opened;
    private int made;

    PixelFeatures(Function<Image, Features> function) {
        this.function = function;
    }

    /** RootSIFT on the 200 strongest SIFT key points. */
    static PixelFeatures sift() {
        return new PixelFeatures(new DetectThenDescribe(new SiftDetector(), new RootSift(), 200)::extract);
    }

    Candidate candidate(String name) {
        return candidate(name, new MutualNearestNeighborMatcher(), Map.of("method", "test"));
    }

    Candidate candidate(String name, Matcher matcher, Map<String, String> settings) {
        return new Candidate(name, this, matcher, new LinkedHashMap<>(settings));
    }

    int opened() {
        return opened;
    }

    int made() {
        return made;
    }

    @Override
    public SizedFeatures features(SetImage image) throws IOException {
        throw new IOException(image.name() + " is not asked for");
    }

    @Override
    public Features features(String name, Image image) {
        made++;
        return function.apply(image);
    }

    @Override
    public void open() {
        opened++;
    }
}
