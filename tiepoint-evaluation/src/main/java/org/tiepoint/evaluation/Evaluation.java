package org.tiepoint.evaluation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Evaluates features on sets in two stages: predictions are made and written to files, then all files are scored. A run
 * that was killed goes on where it stopped; a second run with the same settings finds predictions and scores in files.
 */
public final class Evaluation {
    private final Protocol protocol;
    private final Path out;

    /**
     * @param protocol how predictions are scored
     * @param out      folder of the predictions; made where there is none
     */
    public Evaluation(Protocol protocol, Path out) {
        this.protocol = protocol;
        this.out = out;
    }

    /**
     * Predicts what is not there yet, and scores.
     *
     * @param sets       of different names
     * @param candidates of different names; their providers are opened where predictions are missing, and never closed
     * @param versions   for the result
     * @throws IOException naming the image or prediction that cannot be used, or the settings that differ
     */
    public EvaluationResult run(List<EvaluationSet> sets, List<Candidate> candidates, Map<String, String> versions,
            EvaluationListener listener) throws IOException {
        Candidate.requireDistinct(candidates);
        if (sets.stream().map(EvaluationSet::name).distinct().count() < sets.size()) {
            throw new IllegalArgumentException("two sets have the same name: rename one of the folders");
        }
        Files.createDirectories(out);
        PredictionExport predictions = new PredictionExport(out, sets, candidates);
        predictions.run(candidates, listener);
        listener.start("score", sets.stream().mapToLong(s -> s.pairs().size()).sum() * candidates.size(), 0);
        try {
            List<SetResult> results = sets.stream().map(set -> new SetResult(set, candidates.stream()
                    .map(candidate -> score(set, candidate, predictions, listener)).toList())).toList();
            return new EvaluationResult(protocol.name(), protocol.settings(), results, Machine.current(), versions);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private FeatureResult score(EvaluationSet set, Candidate candidate, PredictionExport predictions,
            EvaluationListener listener) {
        List<PairResult> pairs;
        try (ScoreCache cache = new ScoreCache(predictions.folder(candidate, set).path(), protocol)) {
            pairs = IntStream.range(0, set.pairs().size()).parallel().mapToObj(i -> {
                EvaluationPair pair = set.pairs().get(i);
                PairResult result = score(pair, predictions.file(candidate, set, i), cache);
                listener.step();
                return result;
            }).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, Measures> subsets = new LinkedHashMap<>();
        protocol.subsets().forEach((name, belongs) -> {
            List<PairResult> part = pairs.stream().filter(belongs).toList();
            if (!part.isEmpty()) {
                subsets.put(name, protocol.summarise(part));
            }
        });
        return new FeatureResult(candidate.name(), candidate.settings(), protocol.summarise(pairs), subsets, pairs);
    }

    private PairResult score(EvaluationPair pair, Path file, ScoreCache cache) {
        try {
            Optional<Map<String, Double>> known = cache.get(pair, file);
            if (known.isPresent()) {
                return new PairResult(pair, file, known.get());
            }
            Map<String, Double> scores = protocol.score(pair, PredictionFile.read(file));
            cache.put(pair, file, scores);
            return new PairResult(pair, file, scores);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
