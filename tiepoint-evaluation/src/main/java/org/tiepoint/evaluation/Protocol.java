package org.tiepoint.evaluation;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** How predictions are scored. Immutable; safe for use by several threads. */
public sealed interface Protocol permits HomographyProtocol, PoseProtocol {
    /** The command's word: homography or pose. */
    String name();

    /** Thresholds and the like, by name, for people to read. */
    Map<String, String> settings();

    /** The scores of a pair by name; an error is infinite where nothing was found. */
    Map<String, Double> score(EvaluationPair pair, Prediction prediction);

    /** The parts of a set that get numbers of their own, by name. */
    Map<String, Predicate<PairResult>> subsets();

    /** The numbers of some pairs, at least one. */
    Measures summarise(List<PairResult> pairs);
}
