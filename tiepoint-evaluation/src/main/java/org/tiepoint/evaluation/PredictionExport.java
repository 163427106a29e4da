package org.tiepoint.evaluation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tiepoint.evaluation.FeatureCache.TimedFeatures;
import org.tiepoint.match.Matches;

/**
 * Makes the predictions that are not there yet. Candidates that share a provider share its features. Those of one image
 * are made once a run, and only one provider's features are in memory at a time.
 */
final class PredictionExport {
    private final Path out;
    private final List<EvaluationSet> sets;
    private final Map<EvaluationSet, Map<Candidate, PredictionFolder>> folders = new IdentityHashMap<>();

    PredictionExport(Path out, List<EvaluationSet> sets, List<Candidate> candidates) throws IOException {
        this.out = out;
        this.sets = sets;
        for (EvaluationSet set : sets) {
            Map<Candidate, PredictionFolder> ofSet = new LinkedHashMap<>();
            for (Candidate candidate : candidates) {
                ofSet.put(candidate, PredictionFolder.open(out, candidate, set));
            }
            folders.put(set, ofSet);
        }
    }

    /** The file of a prediction. */
    Path file(Candidate candidate, EvaluationSet set, int pair) {
        return folder(candidate, set).file(pair);
    }

    PredictionFolder folder(Candidate candidate, EvaluationSet set) {
        return folders.get(set).get(candidate);
    }

    void run(List<Candidate> candidates, EvaluationListener listener) throws IOException {
        Map<FeatureProvider, List<Candidate>> byProvider = new LinkedHashMap<>();
        candidates.forEach(c -> byProvider.computeIfAbsent(c.features(), p -> new ArrayList<>()).add(c));
        Set<FeatureProvider> needed = new LinkedHashSet<>();
        long total = 0;
        long missing = 0;
        for (EvaluationSet set : sets) {
            for (Candidate candidate : candidates) {
                long toDo = missing(set, List.of(candidate)).size();
                total += set.pairs().size();
                missing += toDo;
                if (toDo > 0) {
                    needed.add(candidate.features());
                }
            }
        }
        listener.start("predict", total, total - missing);
        for (FeatureProvider provider : needed) {
            provider.open();
        }
        for (FeatureProvider provider : needed) {
            for (EvaluationSet set : sets) {
                predict(set, provider, byProvider.get(provider), listener);
            }
        }
    }

    /** The numbers of the pairs that a candidate has no prediction of. */
    private List<Integer> missing(EvaluationSet set, List<Candidate> candidates) {
        List<Integer> missing = new ArrayList<>();
        for (int i = 0; i < set.pairs().size(); i++) {
            int pair = i;
            if (candidates.stream().anyMatch(candidate -> !Files.exists(file(candidate, set, pair)))) {
                missing.add(pair);
            }
        }
        return missing;
    }

    private void predict(EvaluationSet set, FeatureProvider provider, List<Candidate> candidates,
            EvaluationListener listener) throws IOException {
        List<Integer> missing = missing(set, candidates);
        try (FeatureCache cache = new FeatureCache(provider, out, FeatureCache.defaultBytes(),
                missing.stream().map(set.pairs()::get).toList())) {
            for (int number : missing) {
                EvaluationPair pair = set.pairs().get(number);
                TimedFeatures first = cache.get(pair.first());
                TimedFeatures second = cache.get(pair.second());
                for (Candidate candidate : candidates) {
                    Path file = file(candidate, set, number);
                    if (!Files.exists(file)) {
                        PredictionFile.write(file, predict(candidate, first, second));
                        listener.step();
                    }
                }
                cache.release(pair);
            }
        }
    }

    private static Prediction predict(Candidate candidate, TimedFeatures first, TimedFeatures second) {
        long start = System.nanoTime();
        Matches matches = candidate.matcher().match(first.features(), second.features());
        return new Prediction(first.size(), second.size(), first.features().keypoints(), second.features().keypoints(),
                matches, (first.seconds() + second.seconds()) / 2, (System.nanoTime() - start) / 1e9);
    }
}
