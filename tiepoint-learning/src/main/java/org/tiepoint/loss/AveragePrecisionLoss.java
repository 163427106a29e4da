package org.tiepoint.loss;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tiepoint.tensor.Tensor;

/**
 * HNDesc's loss (Melekhov, Laskar, Li, Wang and Kannala, "Digging Into Self-Supervised Learning of Feature
 * Descriptors", 3DV 2021): 1 - average precision of each anchor's list of its positive and its hardest negatives. An
 * anchor is the descriptor of a key point in the first crop of an image, its positive the descriptor of the same point
 * in the second crop; negatives are descriptors of other points in second crops. Images with fewer than two points are
 * left out. Where fewer negatives exist than asked for, the least hard one fills the list, as in the released code.
 *
 * <p>Departures from the released code: with {@link NegativeSource#GLOBAL} too, images of fewer than two points are
 * left out and short lists are filled, where the code fails; where a batch has no negatives at all (one usable image
 * without further ones), the loss is 0 without effect, where the code fails. The triplet loss looks for its negative
 * within the pair, as the code does whatever its setting says.
 */
public final class AveragePrecisionLoss {
    /** Lowers a similarity so far that it is never among the greatest. */
    private static final double EXCLUDED = -1e5;
    /** Added to each difference by PyTorch's triplet loss. */
    private static final double TRIPLET_EPSILON = 1e-6;

    /**
     * What is a negative and how the list is judged.
     *
     * @param source    of the negatives
     * @param negatives hardest ones a list, at least 1; 20 in HNDesc; of no meaning for all and for triplets
     * @param precision how the list is judged
     * @param margin    of the triplet loss, 0 or more; 1 in HNDesc
     */
    public record Options(NegativeSource source, int negatives, QuantisedAveragePrecision precision, double margin) {
        public Options {
            if (negatives < 1) {
                throw new IllegalArgumentException("negatives is " + negatives + ": it must be at least 1");
            }
            if (!(margin >= 0 && margin < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("margin is " + margin + ": it must be 0 or more");
            }
        }

        /** The 20 hardest of the other images, 20 bins over [0, 1]. */
        public static Options defaults() {
            return new Options(NegativeSource.IN_BATCH, 20, QuantisedAveragePrecision.defaults(), 1);
        }

        /** These with another source. */
        public Options withSource(NegativeSource other) {
            return new Options(other, negatives, precision, margin);
        }
    }

    private AveragePrecisionLoss() {}

    /**
     * The loss of a batch. The one term is called {@code average_precision} (1 less its mean) or {@code triplet}.
     *
     * @param anchors        N x D, image by image, of length 1
     * @param positives      N x D, row by row those of the anchors, of length 1
     * @param pointsPerImage numbers that add up to N
     * @param further        M x D descriptors of further images, used by {@link NegativeSource#GLOBAL} alone
     */
    public static LossTerms of(Tensor anchors, Tensor positives, int[] pointsPerImage, Optional<Tensor> further,
            Options options) {
        Rows rows = Rows.of(pointsPerImage);
        if (rows.total() != anchors.size(0) || anchors.size(0) != positives.size(0)) {
            throw new IllegalArgumentException(anchors.size(0) + " anchors and " + positives.size(0)
                    + " positives for " + rows.total() + " points");
        }
        boolean triplet = options.source() == NegativeSource.TRIPLET;
        Tensor loss;
        if (rows.kept().length == 0) {
            loss = none(anchors, positives);
        } else {
            Tensor kept = Tensor.of(rows.kept(), rows.kept().length).onDeviceOf(anchors);
            Tensor keptAnchors = anchors.indexSelect(0, kept);
            Tensor keptPositives = positives.indexSelect(0, kept);
            loss = triplet ? triplet(keptAnchors, keptPositives, rows, options.margin())
                    : precision(keptAnchors, keptPositives, rows, further, options);
        }
        Map<String, Tensor> terms = new LinkedHashMap<>();
        terms.put(triplet ? "triplet" : "average_precision", loss);
        return new LossTerms(loss, terms);
    }

    private static Tensor precision(Tensor anchors, Tensor positives, Rows rows, Optional<Tensor> further,
            Options options) {
        NegativeSource source = options.source();
        long[] counts = rows.negatives(source, source == NegativeSource.GLOBAL && further.isPresent()
                ? further.get().size(0) : 0);
        if (counts[0] == 0) {
            return none(anchors, positives);
        }
        Tensor similarity = anchors.matmul(positives.transpose(0, 1));
        Tensor positive = anchors.mul(positives).sum(1);
        Tensor candidates = similarity.add(rows.excluded(source, similarity).mul(EXCLUDED));
        if (source == NegativeSource.GLOBAL && further.isPresent()) {
            candidates = Tensor.concatenate(1, candidates, anchors.matmul(further.get().transpose(0, 1)));
        }
        int wanted = source == NegativeSource.ALL ? (int) counts[0] : options.negatives();
        Tensor hardest = candidates.greatest((int) Math.min(wanted, candidates.size(1)), 1);
        Tensor negatives = hardest.gather(1, places(counts, wanted).onDeviceOf(hardest));
        return options.precision().of(positive, negatives).mean().mul(-1).add(1);
    }

    /** For each row 0, 1, 2 and so on up to its last negative, which repeats: N x wanted. */
    private static Tensor places(long[] counts, int wanted) {
        long[] places = new long[counts.length * wanted];
        for (int i = 0; i < places.length; i++) {
            places[i] = Math.min(i % wanted, counts[i / wanted] - 1);
        }
        return Tensor.of(places, counts.length, wanted);
    }

    private static Tensor triplet(Tensor anchors, Tensor positives, Rows rows, double margin) {
        Tensor a = anchors.detach();
        Tensor p = positives.detach();
        // the nearest: the greatest 2 a p - p^2
        Tensor nearness = a.matmul(p.transpose(0, 1)).mul(2).sub(p.square().sum(1).unsqueeze(0));
        Tensor nearest = nearness.add(rows.excluded(NegativeSource.WITHIN_PAIR, nearness).mul(EXCLUDED)).argmax(1);
        Tensor negatives = positives.indexSelect(0, nearest);
        return distance(anchors, positives).sub(distance(anchors, negatives)).add(margin).clampMin(0).mean();
    }

    private static Tensor distance(Tensor a, Tensor b) {
        return a.sub(b).add(TRIPLET_EPSILON).norm(1);
    }

    /** 0, with a gradient of 0. */
    private static Tensor none(Tensor anchors, Tensor positives) {
        return anchors.sum().add(positives.sum()).mul(0);
    }

    /**
     * Which rows count and which image each belongs to.
     *
     * @param total  of all points
     * @param kept   rows of images with two points or more
     * @param images number of the image of each kept row
     * @param counts points of the image of each kept row
     */
    private record Rows(int total, long[] kept, double[] images, long[] counts) {
        static Rows of(int[] pointsPerImage) {
            List<long[]> rows = new ArrayList<>();
            int total = 0;
            for (int image = 0; image < pointsPerImage.length; image++) {
                if (pointsPerImage[image] < 0) {
                    throw new IllegalArgumentException("image " + image + " has " + pointsPerImage[image] + " points");
                }
                for (int i = 0; i < pointsPerImage[image] && pointsPerImage[image] > 1; i++) {
                    rows.add(new long[] {total + i, image, pointsPerImage[image]});
                }
                total += pointsPerImage[image];
            }
            return new Rows(total, rows.stream().mapToLong(r -> r[0]).toArray(),
                    rows.stream().mapToDouble(r -> r[1]).toArray(), rows.stream().mapToLong(r -> r[2]).toArray());
        }

        /** How many negatives each row has. */
        long[] negatives(NegativeSource source, long further) {
            long[] numbers = new long[kept.length];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = switch (source) {
                    case WITHIN_PAIR, TRIPLET -> counts[i] - 1;
                    case ALL -> kept.length - 1;
                    case IN_BATCH, GLOBAL -> kept.length - counts[i] + further;
                };
            }
            return numbers;
        }

        /** 1 where a column is no negative of a row, else 0: N x N. */
        Tensor excluded(NegativeSource source, Tensor like) {
            Tensor image = Tensor.of(images, images.length).like(like);
            Tensor sameImage = equal(image);
            return switch (source) {
                case IN_BATCH, GLOBAL -> sameImage;
                case ALL -> samePlace(like);
                case WITHIN_PAIR, TRIPLET -> sameImage.mul(-1).add(1).add(samePlace(like));
            };
        }

        private Tensor samePlace(Tensor like) {
            return equal(Tensor.linspace(0, kept.length - 1.0, kept.length, like));
        }

        private static Tensor equal(Tensor numbers) {
            return numbers.unsqueeze(1).sub(numbers.unsqueeze(0)).abs().lessThan(0.5);
        }
    }
}
