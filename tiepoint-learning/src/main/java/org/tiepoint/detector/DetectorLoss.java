package org.tiepoint.detector;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.tiepoint.loss.LossTerms;
import org.tiepoint.matching.DifferentiableMatching;
import org.tiepoint.tensor.NoGradient;
import org.tiepoint.tensor.Tensor;
import org.tiepoint.tensor.TensorScope;

/**
 * The detector's training objective by policy gradient, as PoSFeat (Li et al., CVPR 2022) and SCFeat (Sun, Zhu and Ji,
 * 2022) take it over from DISK: minus the sum over pairs of accepted points of reward times match probability times
 * (log match probability + log-probabilities of both points), plus a small weight times the log-probabilities of the
 * accepted points. Match probabilities come from a frozen descriptor network and have no gradient.
 *
 * <p>Departs from SCFeat's released code as {@link FundamentalError} says: an image pair's reward depends on its own
 * geometry alone, not on the batch. An image pair with fewer than eight good pairs has PoSFeat's reward, as there.
 * There the frozen descriptor network goes on normalising by batch statistics and moving the running ones; run it in
 * evaluation mode here, so that stage two changes nothing of stage one.
 */
public final class DetectorLoss {
    /** What a pair of points is worth. */
    public enum Reward {
        /** PoSFeat's: one number for good pairs, another for the others. */
        EPIPOLAR,
        /** SCFeat's: 1 - e for good pairs, -e for the others, with the {@link FundamentalError} e. */
        FUNDAMENTAL
    }

    /**
     * How to train.
     *
     * @param cellSize        one point is proposed in each cell of so many pixels square, 2 to 64; 8 in PoSFeat
     * @param temperature     factor of the cosine, above 0; 60 in PoSFeat
     * @param reward          PoSFeat's or SCFeat's
     * @param thresholdPixels good pairs are nearer to each other's epipolar lines, above 0; 2 in PoSFeat
     * @param goodReward      PoSFeat's reward for good pairs; 1
     * @param badReward       PoSFeat's reward for the others; -0.25
     * @param penalty         weight of the accepted points' log-probabilities, 0 or more; 0.001, times e with SCFeat's
     *                        reward
     * @param sets            sets of eight pairs for SCFeat's reward, 1 to 10000; 100
     */
    public record Options(int cellSize, double temperature, Reward reward, double thresholdPixels, double goodReward,
            double badReward, double penalty, int sets) {
        public Options {
            if (cellSize < 2 || cellSize > 64) {
                throw new IllegalArgumentException("cellSize is " + cellSize + ": it must be 2 to 64 pixels");
            }
            if (!(temperature > 0 && temperature < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("temperature is " + temperature + ": it must be above 0");
            }
            if (!(thresholdPixels > 0 && thresholdPixels < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("thresholdPixels is " + thresholdPixels + ": it must be above 0");
            }
            if (!Double.isFinite(goodReward) || !Double.isFinite(badReward)) {
                throw new IllegalArgumentException("the rewards are " + goodReward + " and " + badReward
                        + ": they must be finite");
            }
            if (!(penalty >= 0 && penalty < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("penalty is " + penalty + ": it must be 0 or more");
            }
            if (sets < 1 || sets > 10_000) {
                throw new IllegalArgumentException("sets is " + sets + ": it must be 1 to 10000");
            }
        }

        /** The published constants with one of the rewards. */
        public static Options defaults(Reward reward) {
            return new Options(8, 60, reward, 2, 1, -0.25, 0.001, 100);
        }
    }

    private DetectorLoss() {}

    /**
     * The objective of a batch with points drawn for it.
     *
     * @param scores       B x 1 x H x W of the first images, with gradient
     * @param otherScores  B x 1 x H x W of the second images, with gradient
     * @param map          B x C x h x w, descriptors of the first images
     * @param otherMap     B x C x h x w, descriptors of the second images
     * @param fundamentals B x 3 x 3, from the first to the second image
     */
    public static LossTerms of(Tensor scores, Tensor otherScores, Tensor map, Tensor otherMap, Tensor fundamentals,
            Options options, RandomGenerator random) {
        CellProposals first = CellProposals.draw(scores, options.cellSize(), random);
        CellProposals second = CellProposals.draw(otherScores, options.cellSize(), random);
        Tensor logMatch;
        try (TensorScope scope = new TensorScope(); NoGradient noGradient = new NoGradient()) {
            logMatch = scope.keep(MatchProbability.logarithm(describe(map, first, scores),
                    describe(otherMap, second, otherScores), options.temperature()));
        }
        return of(first, second, logMatch, fundamentals, options, random);
    }

    /**
     * The objective of given points. Terms: reinforce and penalty, which make up the total; points, accepted in both
     * images; matches, their expected number; with SCFeat's reward fundamental_error, the mean of e where it is known,
     * else 1.
     *
     * @param logMatch B x n x m, logarithms of match probabilities, without gradient
     */
    public static LossTerms of(CellProposals first, CellProposals second, Tensor logMatch, Tensor fundamentals,
            Options options, RandomGenerator random) {
        Tensor good = EpipolarAgreement.of(first.points(), second.points(), fundamentals, options.thresholdPixels());
        Map<String, Tensor> terms = new LinkedHashMap<>();
        double[] penalties = new double[(int) good.size(0)];
        Tensor reward;
        try (TensorScope scope = new TensorScope(); NoGradient noGradient = new NoGradient()) {
            reward = scope.keep(reward(good, first, second, fundamentals, options, random, penalties, terms));
            terms.values().forEach(scope::keep);
        }
        return of(first, second, logMatch, reward, penalties, terms, options);
    }

    /**
     * The objective of points drawn in images that homographies take to each other: PoSFeat's rewards, for pairs nearer
     * than the threshold in the second image and for the others. Terms as above.
     *
     * @param homographies B x 3 x 3, from the first to the second image, pixels
     */
    public static LossTerms ofHomographies(Tensor scores, Tensor otherScores, Tensor map, Tensor otherMap,
            Tensor homographies, Options options, RandomGenerator random) {
        CellProposals first = CellProposals.draw(scores, options.cellSize(), random);
        CellProposals second = CellProposals.draw(otherScores, options.cellSize(), random);
        Tensor logMatch;
        Tensor reward;
        try (TensorScope scope = new TensorScope(); NoGradient noGradient = new NoGradient()) {
            logMatch = scope.keep(MatchProbability.logarithm(describe(map, first, scores),
                    describe(otherMap, second, otherScores), options.temperature()));
            reward = scope.keep(HomographyAgreement.of(first.points(), second.points(), homographies,
                    options.thresholdPixels()).mul(options.goodReward() - options.badReward()).add(options.badReward()));
        }
        double[] penalties = new double[(int) homographies.size(0)];
        Arrays.fill(penalties, 1);
        return of(first, second, logMatch, reward, penalties, new LinkedHashMap<>(), options);
    }

    private static LossTerms of(CellProposals first, CellProposals second, Tensor logMatch, Tensor reward,
            double[] penalties, Map<String, Tensor> more, Options options) {
        Map<String, Tensor> terms = new LinkedHashMap<>(more);
        Tensor ofFirst;
        Tensor ofSecond;
        Tensor constant;
        try (TensorScope scope = new TensorScope(); NoGradient noGradient = new NoGradient()) {
            Tensor probability = logMatch.exp();
            Tensor weights = reward.mul(probability).mul(first.accepted().unsqueeze(2))
                    .mul(second.accepted().unsqueeze(1));
            ofFirst = scope.keep(weights.sum(2));
            ofSecond = scope.keep(weights.sum(1));
            constant = scope.keep(weights.mul(logMatch).sum());
            terms.put("points", scope.keep(first.accepted().sum().add(second.accepted().sum())
                    .mul(1.0 / penalties.length)));
            terms.put("matches", scope.keep(probability.sum().mul(1.0 / penalties.length)));
        }
        // the sum over pairs of weight times both log-probabilities, without a matrix of their sums
        Tensor reinforce = ofFirst.mul(first.logProbabilities()).sum()
                .add(ofSecond.mul(second.logProbabilities()).sum()).add(constant);
        Tensor accepted = first.accepted().mul(first.logProbabilities()).sum(1)
                .add(second.accepted().mul(second.logProbabilities()).sum(1));
        Tensor penalty = accepted.mul(Tensor.of(penalties, penalties.length).like(accepted)).sum()
                .mul(options.penalty());
        Map<String, Tensor> ordered = new LinkedHashMap<>();
        ordered.put("reinforce", reinforce);
        ordered.put("penalty", penalty);
        ordered.putAll(terms);
        return new LossTerms(penalty.sub(reinforce), ordered);
    }

    /** B x n x m. Sets the penalties' factors of the image pairs. */
    private static Tensor reward(Tensor good, CellProposals first, CellProposals second, Tensor fundamentals,
            Options options, RandomGenerator random, double[] penalties, Map<String, Tensor> terms) {
        double[] forGood = new double[penalties.length];
        double[] forBad = new double[penalties.length];
        double[] errors = options.reward() == Reward.FUNDAMENTAL
                ? FundamentalError.of(good, first.points(), second.points(), fundamentals, options.sets(), random)
                : new double[0];
        double sum = 0;
        int known = 0;
        for (int i = 0; i < penalties.length; i++) {
            boolean scaled = errors.length > 0 && !Double.isNaN(errors[i]);
            forGood[i] = scaled ? 1 - errors[i] : options.goodReward();
            forBad[i] = scaled ? -errors[i] : options.badReward();
            penalties[i] = scaled ? errors[i] : 1;
            sum += scaled ? errors[i] : 0;
            known += scaled ? 1 : 0;
        }
        if (options.reward() == Reward.FUNDAMENTAL) {
            terms.put("fundamental_error", Tensor.full(known == 0 ? 1 : sum / known));
        }
        Tensor gain = Tensor.of(forGood, forGood.length, 1, 1).like(good);
        Tensor loss = Tensor.of(forBad, forBad.length, 1, 1).like(good);
        return good.mul(gain.sub(loss)).add(loss);
    }

    private static Tensor describe(Tensor map, CellProposals proposals, Tensor scores) {
        Tensor positions = DifferentiableMatching.normalise(proposals.points(), (int) scores.size(3),
                (int) scores.size(2));
        return DifferentiableMatching.sample(map, positions, false).normalised(2);
    }
}
