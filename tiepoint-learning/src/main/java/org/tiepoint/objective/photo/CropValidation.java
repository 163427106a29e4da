package org.tiepoint.objective.photo;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tiepoint.augment.CropPair;
import org.tiepoint.feature.Features;
import org.tiepoint.feature.Keypoints;
import org.tiepoint.image.Image;
import org.tiepoint.loss.AveragePrecisionLoss;
import org.tiepoint.loss.NegativeSource;
import org.tiepoint.match.MatchPicture;
import org.tiepoint.match.Matches;
import org.tiepoint.match.MutualNearestNeighborMatcher;
import org.tiepoint.network.LocalBackbone;
import org.tiepoint.objective.ValidationReport;
import org.tiepoint.tensor.NoGradient;
import org.tiepoint.tensor.Tensor;
import org.tiepoint.tensor.TensorScope;

/** Measures a network on the crops of held-out photos, the same every time: does a key point find itself? */
public final class CropValidation {
    /** Share of the key points whose nearest neighbour in the other crop is the same point, 0 to 1. */
    public static final String SHARE = "shareMatched";

    private final CropSamples samples;
    private final AveragePrecisionLoss.Options loss;

    /** @param loss the training's; the report's takes all other points of a crop for negatives, whatever its source */
    public CropValidation(CropSamples samples, AveragePrecisionLoss.Options loss) {
        this.samples = samples;
        this.loss = loss.withSource(NegativeSource.ALL);
    }

    /** Empty where nothing is held out or no crop has key points. */
    public Optional<ValidationReport> run(LocalBackbone network, long step) throws IOException {
        long points = 0;
        double matched = 0;
        double lossSum = 0;
        int used = 0;
        for (int i = 0; i < samples.heldOut(); i++) {
            CropPair pair = samples.heldOut(i).pair();
            if (pair.count() < 2) {
                continue;
            }
            try (TensorScope scope = new TensorScope(); NoGradient noGradient = new NoGradient()) {
                Tensor first = CropLoss.descriptors(network, List.of(pair), CropPair::first, false);
                Tensor second = CropLoss.descriptors(network, List.of(pair), CropPair::second, false);
                double[] nearest = first.matmul(second.transpose(0, 1)).argmax(1).toDoubles();
                for (int j = 0; j < nearest.length; j++) {
                    matched += nearest[j] == j ? 1 : 0;
                }
                lossSum += AveragePrecisionLoss.of(first, second, new int[] {pair.count()}, Optional.empty(), loss).total()
                        .item();
            }
            points += pair.count();
            used++;
        }
        return points == 0 ? Optional.empty() : Optional.of(new ValidationReport(step, used, lossSum / used,
                new LinkedHashMap<>(Map.of(SHARE, matched / points)), 1));
    }

    /** The right matches of the first held-out photo with key points. */
    public Optional<Image> picture(LocalBackbone network) throws IOException {
        for (int i = 0; i < samples.heldOut(); i++) {
            CropPair pair = samples.heldOut(i).pair();
            if (pair.count() > 1) {
                return Optional.of(picture(network, pair));
            }
        }
        return Optional.empty();
    }

    private static Image picture(LocalBackbone network, CropPair pair) {
        Keypoints first = Keypoints.ofPositions(pair.first().points());
        Keypoints second = Keypoints.ofPositions(pair.second().points());
        Matches matches;
        try (TensorScope scope = new TensorScope(); NoGradient noGradient = new NoGradient()) {
            matches = new MutualNearestNeighborMatcher().match(
                    new Features(first, network.dimension(), CropLoss.descriptors(network, List.of(pair),
                            CropPair::first, false).toFloats()),
                    new Features(second, network.dimension(), CropLoss.descriptors(network, List.of(pair),
                            CropPair::second, false).toFloats()));
        }
        boolean[] right = new boolean[matches.count()];
        for (int i = 0; i < right.length; i++) {
            right[i] = matches.first(i) == matches.second(i);
        }
        return new MatchPicture().draw(pair.first().image(), pair.second().image(), first, second, matches, right);
    }
}
