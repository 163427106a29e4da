package org.tiepoint.objective.mixed;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.tiepoint.loss.LineToWindowLoss;
import org.tiepoint.loss.LossTerms;
import org.tiepoint.loss.WindowCycleLoss;
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
    private final Optional<SimilarPhotoTable> similar;

    /**
     * A network whose initial values follow from the recipe's seed.
     *
     * @param similar stored with the network and closed in the end; empty where the loss does not use it
     */
    public MixedLearner(MixedRecipe recipe, Optional<SimilarPhotoTable> similar, Device device) {
        super(recipe.network(), recipe.seed(), device);
        this.recipe = recipe;
        this.similar = similar;
    }

    @Override
    public Map<String, Tensor> stored() {
        Map<String, Tensor> stored = super.stored();
        similar.ifPresent(table -> stored.putAll(table.stored()));
        return stored;
    }

    @Override
    public LossTerms loss(List<MixedSample> samples, long step) {
        List<PosedSample> pairs = samples.stream().flatMap(sample -> sample.pair().stream()).toList();
        List<CropSample> crops = samples.stream().flatMap(sample -> sample.crops().stream()).toList();
        Map<String, Tensor> terms = new LinkedHashMap<>();
        Optional<Tensor> total = Optional.empty();
        if (!pairs.isEmpty()) {
            PosedBatch batch = PosedBatch.of(pairs, parameters().device());
            LossTerms posed = posedLoss(batch, network().describe(batch.first(), true),
                    network().describe(batch.second(), true),
                    new SplittableRandom(StepSeed.of(recipe.seed(), step, samples.size())), true);
            terms.putAll(posed.terms());
            total = Optional.of(posed.total());
        }
        if (!crops.isEmpty()) {
            LossTerms photos = CropLoss.of(network(), crops, recipe.photos().loss(), true);
            terms.putAll(photos.terms());
            Tensor weighted = photos.total().mul(recipe.weights().averagePrecision());
            total = Optional.of(total.map(weighted::add).orElse(weighted));
        }
        return new LossTerms(total.orElseThrow(), terms);
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

    @Override
    public void close() {
        super.close();
        similar.ifPresent(SimilarPhotoTable::close);
    }
}
