package org.tiepoint.evaluation;

import java.util.ArrayList;
import java.util.List;
import org.tiepoint.estimate.PointPairs;
import org.tiepoint.evaluation.DescribedImages.DescribedImage;
import org.tiepoint.evaluation.HomographyResult.Pair;
import org.tiepoint.evaluation.HomographySequence.View;
import org.tiepoint.feature.Features;
import org.tiepoint.image.ImageException;
import org.tiepoint.match.Matcher;
import org.tiepoint.match.Matches;

/**
 * Mean matching accuracy on sequences with true homographies, as D2-Net (Dusmanu et al., CVPR 2019) measures it on
 * HPatches: image 1 of a sequence against each other one; the share of matches whose reprojection error in the second
 * image is within 1 to 10 pixels, averaged over pairs.
 *
 * <p>Every descriptor gets the same key points. Images keep their size.
 */
public final class HomographyProtocol {
    private final FeatureSource source;
    private final Matcher matcher;

    public HomographyProtocol(FeatureSource source, Matcher matcher) {
        this.source = source;
        this.matcher = matcher;
    }

    /**
     * Evaluates a sequence.
     *
     * @param afterPair runs after each pair
     * @return one result by descriptor, in their order
     */
    public List<HomographyResult> evaluate(HomographySequence sequence, Runnable afterPair) throws ImageException {
        DescribedImages images = new DescribedImages(source, 2);
        List<List<Pair>> pairs = new ArrayList<>();
        source.describers().forEach(describer -> pairs.add(new ArrayList<>()));
        for (View view : sequence.views()) {
            DescribedImage first = images.get(sequence.reference());
            DescribedImage second = images.get(view.image());
            for (int i = 0; i < pairs.size(); i++) {
                pairs.get(i).add(evaluate(sequence, view, first.features().get(i), second.features().get(i)));
            }
            afterPair.run();
        }
        List<HomographyResult> results = new ArrayList<>();
        for (int i = 0; i < pairs.size(); i++) {
            results.add(new HomographyResult(sequence.name(), source.describers().get(i).name(), pairs.get(i),
                    images.cost(i)));
        }
        return results;
    }

    private Pair evaluate(HomographySequence sequence, View view, Features first, Features second) {
        long start = System.nanoTime();
        Matches matches = matcher.match(first, second);
        double seconds = DescribedImages.seconds(start);
        double[] errors = MatchAccuracy.reprojectionErrors(view.homography(),
                PointPairs.of(first.keypoints(), second.keypoints(), matches));
        int[] within = new int[HomographyResult.MAX_PIXELS];
        for (int pixels = 1; pixels <= within.length; pixels++) {
            within[pixels - 1] = MatchAccuracy.countWithin(errors, pixels);
        }
        return new Pair(sequence.name(), view.number(), matches.count(), within, seconds);
    }
}
