package org.tiepoint.objective.photo;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.tiepoint.augment.Crop;
import org.tiepoint.augment.CropPair;
import org.tiepoint.loss.AveragePrecisionLoss;
import org.tiepoint.loss.LossTerms;
import org.tiepoint.matching.PointDescriptors;
import org.tiepoint.network.ImageNormalisation;
import org.tiepoint.network.LocalBackbone;
import org.tiepoint.tensor.Tensor;

/** HNDesc's loss of a network on samples of photos. */
public final class CropLoss {
    private CropLoss() {}

    /**
     * The loss of a batch, inside the caller's scope.
     *
     * @param training whether to normalise by the batch's statistics (and move the running ones)
     */
    public static LossTerms of(LocalBackbone network, List<CropSample> samples, AveragePrecisionLoss.Options options,
            boolean training) {
        List<CropPair> pairs = samples.stream().map(CropSample::pair).toList();
        List<Crop> negatives = samples.stream().flatMap(sample -> sample.negative().stream()).toList();
        Tensor anchors = descriptors(network, pairs, CropPair::first, training);
        Tensor positives = descriptors(network, pairs, CropPair::second, training);
        Optional<Tensor> further = negatives.isEmpty() ? Optional.empty()
                : Optional.of(descriptors(network, negatives, crop -> crop, training));
        return AveragePrecisionLoss.of(anchors, positives, pairs.stream().mapToInt(CropPair::count).toArray(), further,
                options);
    }

    /** Descriptors of the key points of crops of one size: one row a key point. */
    static <T> Tensor descriptors(LocalBackbone network, List<T> items, Function<T, Crop> crop, boolean training) {
        List<Crop> crops = items.stream().map(crop).toList();
        Tensor images = ImageNormalisation.batch(crops.stream().map(Crop::image).toList())
                .to(network.parameters().device());
        int width = crops.get(0).image().width();
        int height = crops.get(0).image().height();
        return PointDescriptors.sample(network.describe(images, training), crops.stream().map(Crop::points).toList(),
                width, height, network.cornersAligned());
    }
}
