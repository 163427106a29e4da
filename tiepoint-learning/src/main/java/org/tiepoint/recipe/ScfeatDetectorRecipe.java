package org.tiepoint.recipe;

import org.tiepoint.detector.DetectorLoss;
import org.tiepoint.detector.ScoreNetwork;
import org.tiepoint.network.FeatureBackbone;

/**
 * How SCFeat's detector is trained (Sun, Zhu and Ji, 2022), the second of its two stages: the descriptor network of the
 * first is frozen.
 *
 * @param method       "scfeat-detector"
 * @param seed         of the initial values, the order of pairs and every random draw
 * @param network      the descriptor network's shape, as in the first stage
 * @param detector     the score network's shape; its feature channels are the descriptor's and the encoder's first
 * @param data         what a training pair is
 * @param augmentation how its pictures are disturbed
 * @param loss         the reward, and how points are drawn
 * @param optimisation Adam's settings
 * @param schedule     when to validate and to save
 */
public record ScfeatDetectorRecipe(String method, long seed, DescriptorNetwork network,
        ScoreNetwork.Options detector, PosedData data, Augmentation augmentation, DetectorLoss.Options loss,
        Optimisation optimisation, Schedule schedule) implements Recipe {
    /** The method's name. */
    public static final String METHOD = "scfeat-detector";

    public ScfeatDetectorRecipe {
        Ranges.requireMethod(METHOD, method);
        int channels = network.dimension() + FeatureBackbone.SHALLOW_CHANNELS;
        if (detector.featureChannels() != channels) {
            throw new IllegalArgumentException("detector.featureChannels is " + detector.featureChannels()
                    + ": it must be " + channels + ", network.dimension and " + FeatureBackbone.SHALLOW_CHANNELS);
        }
    }

    @Override
    public ScfeatDetectorRecipe withSteps(int steps) {
        return new ScfeatDetectorRecipe(method, seed, network, detector, data, augmentation, loss,
                optimisation.withSteps(steps), schedule);
    }
}
