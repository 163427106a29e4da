package org.tiepoint.objective.mixed;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.tiepoint.augment.Crop;
import org.tiepoint.detector.CellClassificationLoss;
import org.tiepoint.detector.DetectorLoss;
import org.tiepoint.detector.KeypointAlignmentLoss;
import org.tiepoint.geometry.Matrices;
import org.tiepoint.loss.DualSoftmaxLoss;
import org.tiepoint.loss.EpipolarContrastLoss;
import org.tiepoint.loss.LineToWindowLoss;
import org.tiepoint.loss.LossTerms;
import org.tiepoint.loss.WindowCycleLoss;
import org.tiepoint.matching.PointDescriptors;
import org.tiepoint.network.ScoringBackbone;
import org.tiepoint.objective.DescriptorLearner;
import org.tiepoint.objective.photo.CropLoss;
import org.tiepoint.objective.photo.CropSample;
import org.tiepoint.objective.photo.SimilarPhotoTable;
import org.tiepoint.objective.posed.PosedBatch;
import org.tiepoint.objective.posed.PosedSample;
import org.tiepoint.objective.posed.StepSeed;
import org.tiepoint.objective.scfeat.LineSearch;
import org.tiepoint.recipe.MixedRecipe;
import org.tiepoint.tensor.Device;
import org.tiepoint.tensor.Tensor;

/** A descriptor network with terms of SCFeat, CAPS and HNDesc, each with its weight. */
public final class MixedLearner extends DescriptorLearner<MixedSample> {
    private final MixedRecipe recipe;
    private final boolean adapting;

    /**
     * A network whose initial values follow from the recipe's seed.
     *
     * @param similar  stored with the network and closed in the end; empty where the loss does not use it
     * @param adapting whether a trained network goes on learning: it normalises by its running statistics and leaves
     *                 them, since of one whose batch normalisation was folded away there are no others
     */
    public MixedLearner(MixedRecipe recipe, Optional<SimilarPhotoTable> similar, boolean adapting, Device device) {
        super(recipe.network(), recipe.seed(), similar, device);
        this.recipe = recipe;
        this.adapting = adapting;
    }

    @Override
    public LossTerms loss(List<MixedSample> samples, long step) {
        List<PosedSample> pairs = samples.stream().flatMap(sample -> sample.pair().stream()).toList();
        List<CropSample> crops = samples.stream().flatMap(sample -> sample.crops().stream()).toList();
        SplittableRandom random = new SplittableRandom(StepSeed.of(recipe.seed(), step, samples.size()));
        Map<String, Tensor> terms = new LinkedHashMap<>();
        Optional<Tensor> total = Optional.empty();
        if (!pairs.isEmpty()) {
            total = Optional.of(ofPairs(pairs, random, terms));
        }
        if (!crops.isEmpty()) {
            Tensor ofCrops = ofCrops(crops, random, terms);
            total = Optional.of(total.map(ofCrops::add).orElse(ofCrops));
        }
        return new LossTerms(total.orElseThrow(), terms);
    }

    private Tensor ofPairs(List<PosedSample> pairs, SplittableRandom random, Map<String, Tensor> terms) {
        PosedBatch batch = PosedBatch.of(pairs, parameters().device());
        Seen first = see(batch.first());
        Seen second = see(batch.second());
        Tensor total = Tensor.full(0).like(first.map());
        if (recipe.weights().lineToWindow() + recipe.weights().cycle() > 0) {
            LossTerms posed = posedLoss(batch, first.map(), second.map(), random, true);
            terms.putAll(posed.terms());
            total = posed.total();
        }
        if (recipe.weights().epipolarContrast() > 0) {
            LossTerms contrast = contrast(pairs, first, second);
            terms.putAll(contrast.terms());
            total = total.add(contrast.total().mul(recipe.weights().epipolarContrast()));
        }
        if (recipe.weights().posedReward() == 0) {
            return total;
        }
        LossTerms reward = DetectorLoss.of(first.logits().orElseThrow(), second.logits().orElseThrow(),
                first.map().detach(), second.map().detach(), batch.fundamentals(), recipe.detection().reward(), random);
        return total.add(rewarded(reward, batch.width(), batch.height(), (int) batch.first().size(0),
                recipe.weights().posedReward(), "posed_", terms));
    }

    /** The mean over pairs, by the network's own key points. */
    private LossTerms contrast(List<PosedSample> pairs, Seen first, Seen second) {
        int width = pairs.get(0).first().width();
        int height = pairs.get(0).first().height();
        Map<String, Tensor> sums = new LinkedHashMap<>();
        for (int i = 0; i < pairs.size(); i++) {
            float[] points = keypoints(first, i, recipe.detection().alignment().keypoints());
            float[] otherPoints = keypoints(second, i, recipe.detection().alignment().keypoints());
            LossTerms one = EpipolarContrastLoss.of(
                    PointDescriptors.sample(first.map().narrow(0, i, 1), List.of(points), width, height,
                            network().cornersAligned()),
                    PointDescriptors.sample(second.map().narrow(0, i, 1), List.of(otherPoints), width, height,
                            network().cornersAligned()), points, otherPoints, pairs.get(i).fundamental(),
                    recipe.detection().reward().thresholdPixels(), recipe.photos().contrast().temperature());
            one.terms().forEach((name, term) -> sums.merge(name, term.mul(1.0 / pairs.size()), Tensor::add));
        }
        return new LossTerms(sums.get("epipolar_contrast"), sums);
    }

    /** At most so many of an image, in whole pixels. */
    private float[] keypoints(Seen seen, int image, int most) {
        return KeypointAlignmentLoss.maxima(seen.logits().orElseThrow().narrow(0, image, 1).detach().sigmoid(), most,
                recipe.detection().alignment().radius()).xy();
    }

    private Tensor ofCrops(List<CropSample> given, SplittableRandom random, Map<String, Tensor> terms) {
        MixedRecipe.Weights weights = recipe.weights();
        Seen first = see(CropLoss.images(network(), given.stream().map(sample -> sample.pair().first()).toList()));
        Seen second = see(CropLoss.images(network(), given.stream().map(sample -> sample.pair().second()).toList()));
        List<CropSample> crops = withOwnKeypoints(given, first);
        Tensor total = Tensor.full(0).like(first.map());
        if (weights.averagePrecision() > 0) {
            LossTerms precision = CropLoss.of(network(), first.map(), second.map(), crops, recipe.photos().loss());
            terms.putAll(precision.terms());
            total = precision.total().mul(weights.averagePrecision());
        }
        if (weights.dualSoftmax() > 0) {
            List<Crop> there = crops.stream().map(sample -> sample.pair().second()).toList();
            LossTerms contrast = DualSoftmaxLoss.of(CropLoss.sample(network(), first.map(),
                            crops.stream().map(sample -> sample.pair().first()).toList()),
                    CropLoss.sample(network(), second.map(), there), there.stream().map(Crop::points).toList(),
                    recipe.photos().contrast());
            terms.putAll(contrast.terms());
            total = total.add(contrast.total().mul(weights.dualSoftmax()));
        }
        if (weights.cells() + weights.reward() + weights.alignment() == 0) {
            return total;
        }
        Tensor logits = first.logits().orElseThrow();
        Tensor otherLogits = second.logits().orElseThrow();
        Tensor homographies = homographies(crops).like(logits);
        int side = (int) logits.size(3);
        if (weights.cells() > 0) {
            LossTerms cells = ofCells(given, logits, otherLogits);
            terms.putAll(cells.terms());
            total = total.add(cells.total().mul(weights.cells()));
        }
        if (weights.reward() > 0) {
            LossTerms reward = DetectorLoss.ofHomographies(logits, otherLogits, first.map().detach(),
                    second.map().detach(), homographies, recipe.detection().reward(), random);
            total = total.add(rewarded(reward, side, side, crops.size(), weights.reward(), "photo_", terms));
        }
        if (weights.alignment() > 0) {
            LossTerms alignment = KeypointAlignmentLoss.of(logits.sigmoid(), otherLogits.sigmoid(), homographies,
                    recipe.detection().alignment());
            terms.putAll(alignment.terms());
            total = total.add(alignment.total().mul(weights.alignment()));
        }
        return total;
    }

    private static LossTerms ofCells(List<CropSample> crops, Tensor logits, Tensor otherLogits) {
        List<float[]> points = new ArrayList<>();
        List<double[]> toOther = new ArrayList<>();
        for (CropSample crop : crops) {
            points.add(crop.pair().first().points());
            toOther.add(crop.pair().homography());
        }
        for (CropSample crop : crops) {
            points.add(crop.pair().second().points());
            toOther.add(Matrices.inverse(crop.pair().homography()));
        }
        return CellClassificationLoss.of(Tensor.concatenate(0, logits, otherLogits), points, toOther);
    }

    /** Crops with the key points that the network finds in the first of each. */
    private List<CropSample> withOwnKeypoints(List<CropSample> crops, Seen first) {
        if (recipe.detection().described() == 0 || first.logits().isEmpty()) {
            return crops;
        }
        List<CropSample> more = new ArrayList<>();
        for (int i = 0; i < crops.size(); i++) {
            CropSample crop = crops.get(i);
            float[] own = keypoints(first, i, recipe.detection().described());
            more.add(new CropSample(crop.name(), crop.pair().withFurther(own), crop.negative()));
        }
        return more;
    }

    /** A hundred cells' share of a batch's reward, weighted. */
    private Tensor rewarded(LossTerms reward, int width, int height, int images, double weight, String prefix,
            Map<String, Tensor> terms) {
        reward.terms().forEach((name, term) -> terms.put(prefix + name, term));
        int cell = recipe.detection().reward().cellSize();
        double cells = (double) images * (width / cell) * (height / cell);
        return reward.total().mul(100 / cells * weight);
    }

    /** What the network makes of images in training. */
    private record Seen(Tensor map, Optional<Tensor> logits) {}

    private Seen see(Tensor images) {
        if (network() instanceof ScoringBackbone scoring) {
            ScoringBackbone.Maps maps = scoring.apply(images, !adapting);
            return new Seen(maps.descriptors(), Optional.of(maps.logits()));
        }
        return new Seen(network().describe(images, !adapting), Optional.empty());
    }

    private static Tensor homographies(List<CropSample> crops) {
        double[] values = new double[9 * crops.size()];
        for (int i = 0; i < crops.size(); i++) {
            System.arraycopy(crops.get(i).pair().homography(), 0, values, 9 * i, 9);
        }
        return Tensor.of(values, crops.size(), 3, 3);
    }

    /** @param moved whether windows are moved at random, as in training */
    LossTerms posedLoss(PosedBatch batch, Tensor map, Tensor otherMap, SplittableRandom random, boolean moved) {
        MixedRecipe.Posed posed = recipe.posed();
        LineToWindowLoss.Search search = LineSearch.of(batch, map, otherMap, posed.cellSize(), posed.matching(), random,
                moved);
        LossTerms lines = LineToWindowLoss.of(search, batch.fundamentals(), batch.width(), batch.height(),
                posed.loss());
        Map<String, Tensor> terms = lines.terms();
        Tensor total = lines.total().mul(recipe.weights().lineToWindow());
        if (recipe.weights().cycle() > 0) {
            WindowCycleLoss.Loops loops = WindowCycleLoss.search(map, otherMap, search, batch.width(), batch.height(),
                    posed.matching());
            Tensor cycle = WindowCycleLoss.of(search, loops, batch.fundamentals(), batch.width(), batch.height());
            terms.put("cycle", cycle);
            total = total.add(cycle.mul(recipe.weights().cycle()));
        }
        return new LossTerms(total, terms);
    }
}
