package org.tiepoint.evaluation.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.tiepoint.evaluation.EvaluationPair;
import org.tiepoint.evaluation.FeatureResult;
import org.tiepoint.evaluation.PairResult;
import org.tiepoint.evaluation.Prediction;
import org.tiepoint.evaluation.SetResult;
import org.tiepoint.image.ImageReader;

/**
 * Pictures of some pairs of a set, each with the matches of all features: those that went best and worst on average
 * over the features, and those where the features differ most.
 */
final class PairGallery {
    private static final int PER_GROUP = 2;

    private final ProtocolSection section;
    private final SetResult set;
    private final String idPrefix;

    /** @param idPrefix keeps the pictures of several sets in one page apart */
    PairGallery(ProtocolSection section, SetResult set, String idPrefix) {
        this.section = section;
        this.set = set;
        this.idPrefix = idPrefix;
    }

    /** Numbers of pairs by what they are examples of; no pair comes twice. */
    Map<String, List<Integer>> choose() {
        double[][] ranks = set.features().stream().map(feature -> feature.pairs().stream()
                .mapToDouble(section::rank).toArray()).toArray(double[][]::new);
        int pairs = set.set().pairs().size();
        double[] means = IntStream.range(0, pairs).mapToDouble(pair -> of(ranks, pair).average().orElse(0)).toArray();
        double[] spreads = IntStream.range(0, pairs).mapToDouble(pair -> of(ranks, pair).max().orElse(0)
                - of(ranks, pair).min().orElse(0)).toArray();
        List<Integer> left = new ArrayList<>(IntStream.range(0, pairs).boxed().toList());
        Map<String, List<Integer>> chosen = new LinkedHashMap<>();
        chosen.put("Best", take(left, Comparator.comparingDouble(pair -> -means[pair])));
        chosen.put("Worst", take(left, Comparator.comparingDouble(pair -> means[pair])));
        if (ranks.length > 1) {
            chosen.put("Most different", take(left, Comparator.comparingDouble(pair -> -spreads[pair])));
        }
        return chosen;
    }

    private static DoubleStream of(double[][] ranks, int pair) {
        return IntStream.range(0, ranks.length).mapToDouble(feature -> ranks[feature][pair]);
    }

    private static List<Integer> take(List<Integer> left, Comparator<Integer> order) {
        List<Integer> taken = left.stream().sorted(order).limit(PER_GROUP).toList();
        left.removeAll(taken);
        return taken;
    }

    /** Adds headings and pictures. */
    void addTo(Page page) throws IOException {
        for (Map.Entry<String, List<Integer>> group : choose().entrySet()) {
            for (int number : group.getValue()) {
                EvaluationPair pair = set.set().pairs().get(number);
                page.subheading(group.getKey() + ": " + pair.name());
                PairImages images = PairImages.of(idPrefix + number, ImageReader.readStored(pair.first().file()),
                        ImageReader.readStored(pair.second().file()));
                List<PairPicture> pictures = new ArrayList<>();
                for (FeatureResult feature : set.features()) {
                    pictures.add(picture(images, feature.name(), feature.pairs().get(number)));
                }
                page.pictures(pictures);
            }
        }
    }

    private PairPicture picture(PairImages images, String name, PairResult result) throws IOException {
        Prediction prediction = result.read();
        double[] errors = result.pair().truth().matchErrors(prediction.points(), prediction.firstSize(),
                prediction.secondSize());
        boolean[] correct = new boolean[errors.length];
        for (int i = 0; i < errors.length; i++) {
            correct[i] = errors[i] <= section.correctPixels();
        }
        return new PairPicture(images, name, section.describe(result), prediction.points(), correct);
    }
}
