package org.tiepoint.recipe;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.tiepoint.detector.DetectorLoss;
import org.tiepoint.detector.KeypointAlignmentLoss;
import org.tiepoint.loss.AveragePrecisionLoss;
import org.tiepoint.loss.DualSoftmaxLoss;
import org.tiepoint.loss.LineToWindowLoss;
import org.tiepoint.matching.LineToWindowMatching;

/**
 * How a descriptor, with or without a detector, is trained by poses and by homographies in one run: each step takes posed
 * pairs, with SCFeat's line-to-window term and CAPS's cycle term, and single photos, with HNDesc's average precision. A
 * network that detects has PoSFeat's or SCFeat's reward on both, and ALIKE's alignment of key points on the photos.
 *
 * @param method       "mixed"
 * @param seed         of the initial values and every random draw
 * @param network      the network's shape
 * @param weights      of the terms; what has the weight 0 costs no time
 * @param posed        the posed part; the batch of the optimisation counts its pairs
 * @param photos       the part of single photos
 * @param detection    of networks that detect
 * @param optimisation Adam's settings
 * @param schedule     when to validate and to save
 */
public record MixedRecipe(String method, long seed, LocalNetwork network, Weights weights, Posed posed,
        Photos photos, Detection detection, Optimisation optimisation, Schedule schedule) implements Recipe {
    /** The method's name. */
    public static final String METHOD = "mixed";

    public MixedRecipe {
        Ranges.requireMethod(METHOD, method);
        photos.data().requireCropsFor(network);
        if (posed.data().width() % network.multiple() != 0 || posed.data().height() % network.multiple() != 0) {
            throw new IllegalArgumentException("posed.data.width x height is " + posed.data().width() + "x"
                    + posed.data().height() + ": both must be multiples of " + network.multiple());
        }
        if (weights.trainDetector() && !(network instanceof CompactNetwork)) {
            throw new IllegalArgumentException("weights.epipolarContrast, cells, reward, posedReward and alignment want a"
                    + " network that detects, and this one does not: set them to 0, or take the backbone compact");
        }
    }

    /**
     * Weights of the terms, 0 or more, at least one above 0.
     *
     * @param lineToWindow     pixels; weighs SCFeat's loss
     * @param cycle            pixels; weighs CAPS's fine cycle term
     * @param epipolarContrast nats; weighs the improbability of matches on pairs that the epipolar lines allow, of a
     *                         network that detects
     * @param averagePrecision 0 to 1; weighs HNDesc's loss
     * @param dualSoftmax      nats; weighs the improbability of the right matches, on photos
     * @param cells            nats; weighs the classification of cells by the photos' key points, for a detector's start
     * @param reward           expected reward a hundred cells; weighs the detector's on photos
     * @param posedReward      the same on posed pairs, whose epipolar lines do not tell where along an edge a point lies
     * @param alignment        pixels; weighs the reprojection and the sharpness of key points, on photos
     */
    public record Weights(double lineToWindow, double cycle, double epipolarContrast, double averagePrecision,
            double dualSoftmax, double cells, double reward, double posedReward, double alignment) {
        private static final Set<String> NAMES = new TreeSet<>(Set.of("lineToWindow", "cycle", "epipolarContrast",
                "averagePrecision", "dualSoftmax", "cells", "reward", "posedReward", "alignment"));

        public Weights {
            double sum = 0;
            for (double weight : new double[] {lineToWindow, cycle, epipolarContrast, averagePrecision, dualSoftmax,
                    cells, reward, posedReward, alignment}) {
                if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
                    throw new IllegalArgumentException("a weight of the loss is " + weight + ": it must be 0 or more");
                }
                sum += weight;
            }
            if (sum == 0) {
                throw new IllegalArgumentException("every weight of the loss is 0: one must be above");
            }
        }

        /** Whether a step needs posed pairs. */
        public boolean usePoses() {
            return lineToWindow + cycle + epipolarContrast + posedReward > 0;
        }

        /** Whether the network must detect. */
        boolean trainDetector() {
            return epipolarContrast + cells + reward + posedReward + alignment > 0;
        }

        /** Whether a step needs single photos. */
        public boolean usePhotos() {
            return averagePrecision + dualSoftmax + cells + reward + alignment > 0;
        }

        /**
         * With other values of some of the terms; terms that are not named keep theirs.
         *
         * @throws IllegalArgumentException when there is no such term or a weight cannot be
         */
        public Weights with(Map<String, Double> values) {
            for (String name : values.keySet()) {
                if (!NAMES.contains(name)) {
                    throw new IllegalArgumentException("'" + name + "' is no term of the loss: there are "
                            + String.join(", ", NAMES));
                }
            }
            return new Weights(values.getOrDefault("lineToWindow", lineToWindow), values.getOrDefault("cycle", cycle),
                    values.getOrDefault("epipolarContrast", epipolarContrast),
                    values.getOrDefault("averagePrecision", averagePrecision),
                    values.getOrDefault("dualSoftmax", dualSoftmax), values.getOrDefault("cells", cells),
                    values.getOrDefault("reward", reward),
                    values.getOrDefault("posedReward", posedReward), values.getOrDefault("alignment", alignment));
        }
    }

    /**
     * The posed part.
     *
     * @param data         what a training pair is
     * @param augmentation how its pictures are disturbed
     * @param cellSize     one point is drawn in each cell of so many pixels square; 16 in SCFeat
     * @param matching     how locations are searched
     * @param loss         weights and limits of SCFeat's loss
     */
    public record Posed(PosedData data, Augmentation augmentation, int cellSize, LineToWindowMatching.Options matching,
            LineToWindowLoss.Options loss) {
        public Posed {
            Ranges.require("cellSize", cellSize, 2, 64);
        }
    }

    /**
     * The part of single photos.
     *
     * @param data     what a pair of crops is
     * @param loss     HNDesc's
     * @param contrast of the right matches with all others
     * @param mining   how photos that look alike are found
     * @param batch    photos a step
     */
    public record Photos(PhotoData data, AveragePrecisionLoss.Options loss, DualSoftmaxLoss.Options contrast,
            Mining mining, int batch) {
        public Photos {
            Ranges.require("batch", batch, 1, 1024);
        }
    }

    /**
     * How a detector is trained.
     *
     * @param reward    of pairs of points; on photos good pairs are told by the homography
     * @param alignment of key points on photos
     * @param described best key points of its own, a crop, that join the crop's for the descriptor's terms, 0 to 10000
     */
    public record Detection(DetectorLoss.Options reward, KeypointAlignmentLoss.Options alignment,
            int described) {
        public Detection {
            Ranges.require("described", described, 0, 10_000);
        }
    }

    @Override
    public MixedRecipe withSteps(int steps) {
        return new MixedRecipe(method, seed, network, weights, posed, photos, detection, optimisation.withSteps(steps), schedule);
    }
}
