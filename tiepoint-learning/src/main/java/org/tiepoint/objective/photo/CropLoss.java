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
        Tensor map = network.describe(images(network, samples.stream().map(s -> s.pair().first()).toList()), training);
        Tensor otherMap = network.describe(images(network, samples.stream().map(s -> s.pair().second()).toList()),
                training);
        return of(network, map, otherMap, samples, options);
    }

    /**
     * The loss of a batch whose maps are there.
     *
     * @param map      B x D x h x w of the first crops
     * @param otherMap of the second crops
     */
    public static LossTerms of(LocalBackbone network, Tensor map, Tensor otherMap, List<CropSample> samples,
            AveragePrecisionLoss.Options options) {
        List<CropPair> pairs = samples.stream().map(CropSample::pair).toList();
        List<Crop> negatives = samples.stream().flatMap(sample -> sample.negative().stream()).toList();
        Optional<Tensor> further = negatives.isEmpty() ? Optional.empty()
                : Optional.of(descriptors(network, negatives, crop -> crop, true));
        return AveragePrecisionLoss.of(sample(network, map, pairs.stream().map(CropPair::first).toList()),
                sample(network, otherMap, pairs.stream().map(CropPair::second).toList()),
                pairs.stream().mapToInt(CropPair::count).toArray(), further, options);
    }

    /** Descriptors of the key points of crops of one size: one row a key point. */
    static <T> Tensor descriptors(LocalBackbone network, List<T> items, Function<T, Crop> crop, boolean training) {
        List<Crop> crops = items.stream().map(crop).toList();
        return sample(network, network.describe(images(network, crops), training), crops);
    }

    /** The pictures of crops, B x 3 x H x W, as the network takes them. */
    public static Tensor images(LocalBackbone network, List<Crop> crops) {
        return ImageNormalisation.batch(crops.stream().map(Crop::image).toList())
                .to(network.parameters().device());
    }

    /** Descriptors of the key points of crops whose map is there: one row a key point. */
    public static Tensor sample(LocalBackbone network, Tensor map, List<Crop> crops) {
        return PointDescriptors.sample(map, crops.stream().map(Crop::points).toList(), crops.get(0).image().width(),
                crops.get(0).image().height(), network.cornersAligned());
    }
}
