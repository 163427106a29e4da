package org.tiepoint.evaluation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How some features did on a pair.
 *
 * @param pair       the images and their truth
 * @param prediction file of what was found
 * @param scores     by name, the columns of pairs.csv; an error is infinite where nothing was found
 */
public record PairResult(EvaluationPair pair, Path prediction, Map<String, Double> scores) {
    public PairResult {
        scores = Collections.unmodifiableMap(new LinkedHashMap<>(scores));
    }

    /** One score; an unknown name is misuse. */
    public double score(String name) {
        Double score = scores.get(name);
        if (score == null) {
            throw new IllegalArgumentException("there is no score " + name + ", there are " + scores.keySet());
        }
        return score;
    }

    /** What was found: key points and matches. */
    public Prediction read() throws IOException {
        return PredictionFile.read(prediction);
    }
}
