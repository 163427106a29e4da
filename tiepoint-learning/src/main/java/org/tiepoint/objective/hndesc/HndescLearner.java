package org.tiepoint.objective.hndesc;

import java.util.List;
import java.util.Optional;
import org.tiepoint.loss.LossTerms;
import org.tiepoint.objective.DescriptorLearner;
import org.tiepoint.objective.photo.CropLoss;
import org.tiepoint.objective.photo.CropSample;
import org.tiepoint.objective.photo.SimilarPhotoTable;
import org.tiepoint.recipe.HndescRecipe;
import org.tiepoint.tensor.Device;

/** A descriptor network with HNDesc's loss (Melekhov et al., 3DV 2021). */
public final class HndescLearner extends DescriptorLearner<CropSample> {
    private final HndescRecipe recipe;

    /**
     * A network whose initial values follow from the recipe's seed.
     *
     * @param similar stored with the network and closed in the end; empty where the loss does not use it
     */
    public HndescLearner(HndescRecipe recipe, Optional<SimilarPhotoTable> similar, Device device) {
        super(recipe.network(), recipe.seed(), similar, device);
        this.recipe = recipe;
    }

    @Override
    public LossTerms loss(List<CropSample> samples, long step) {
        return CropLoss.of(network(), samples, recipe.loss(), true);
    }
}
