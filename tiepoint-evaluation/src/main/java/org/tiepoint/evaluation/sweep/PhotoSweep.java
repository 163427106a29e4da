package org.tiepoint.evaluation.sweep;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.tiepoint.evaluation.Candidate;
import org.tiepoint.evaluation.FeatureProvider;
import org.tiepoint.evaluation.PairTruth;
import org.tiepoint.evaluation.Prediction;
import org.tiepoint.evaluation.Repeatability;
import org.tiepoint.feature.Features;
import org.tiepoint.image.Image;
import org.tiepoint.image.ImageSize;
import org.tiepoint.match.Matches;

/**
 * Matches a photo with changed copies of itself. The changes are exact, so the true place of every pixel is known; key
 * points that only one of the two images shows are left out before matching. Errors are distances in pixels of the
 * changed image, as in the homography protocol, and so is what repeatability means. Not thread-safe.
 */
final class PhotoSweep {
    private static final double REPEATED_PIXELS = 3;

    private final String name;
    private final Image photo;
    private final Map<FeatureProvider, Features> ofPhoto = new IdentityHashMap<>();

    PhotoSweep(String name, Image photo) {
        this.name = name;
        this.photo = photo;
    }

    /**
     * Measures candidates at all levels of a kind.
     *
     * @param candidates   their providers are open
     * @param afterOutcome runs after each outcome
     * @return by level, then by candidate
     */
    List<SweepOutcome> run(SweepKind kind, List<Candidate> candidates, Runnable afterOutcome) throws IOException {
        List<SweepOutcome> outcomes = new ArrayList<>();
        Image first = kind.first(photo);
        Map<FeatureProvider, Features> ofFirst = first == photo ? ofPhoto : new IdentityHashMap<>();
        for (double level : kind.levels()) {
            VariedImage second = kind.second(photo, level);
            Map<FeatureProvider, Features> ofSecond = new IdentityHashMap<>();
            for (Candidate candidate : candidates) {
                Features a = features(ofFirst, candidate.features(), first);
                Features b = features(ofSecond, candidate.features(), second.image());
                outcomes.add(outcome(candidate, kind, level, a, b, first, second));
                afterOutcome.run();
            }
        }
        return outcomes;
    }

    private Features features(Map<FeatureProvider, Features> made, FeatureProvider provider, Image image)
            throws IOException {
        Features features = made.get(provider);
        if (features == null) {
            features = provider.features(name, image);
            made.put(provider, features);
        }
        return features;
    }

    private SweepOutcome outcome(Candidate candidate, SweepKind kind, double level, Features all, Features allVaried,
            Image first, VariedImage second) {
        PlaneMap map = new PlaneMap(second.homography());
        Features a = SharedArea.keep(all, map, second.image());
        Features b = SharedArea.keep(allVaried, map.inverse(), first);
        Matches matches = candidate.matcher().match(a, b);
        Prediction prediction = new Prediction(new ImageSize(first.width(), first.height()),
                new ImageSize(second.image().width(), second.image().height()), a.keypoints(), b.keypoints(), matches,
                0, 0);
        double[] errors = new PairTruth.Homography(second.homography()).matchErrors(prediction.points(),
                prediction.firstSize(), prediction.secondSize());
        int[] within = IntStream.rangeClosed(1, SweepOutcome.MAX_PIXELS)
                .map(pixels -> (int) Arrays.stream(errors).filter(error -> error <= pixels).count()).toArray();
        return new SweepOutcome(name, candidate.name(), kind, level, a.keypoints().count(), b.keypoints().count(),
                matches.count(), within, Repeatability.of(second.homography(), prediction, REPEATED_PIXELS));
    }
}
