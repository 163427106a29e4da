package org.tiepoint.evaluation;

import java.nio.file.Path;
import java.util.List;

/**
 * Image pairs that are evaluated together.
 *
 * @param name   usually that of the folder
 * @param folder where it was read from
 * @param pairs  at least one, of different names, in the order of the files
 */
public record EvaluationSet(String name, Path folder, List<EvaluationPair> pairs) {
    public EvaluationSet {
        pairs = List.copyOf(pairs);
        if (pairs.isEmpty()) {
            throw new IllegalArgumentException("set " + name + " has no pairs: give at least one");
        }
        if (pairs.stream().map(EvaluationPair::name).distinct().count() < pairs.size()) {
            throw new IllegalArgumentException("two pairs of set " + name + " have the same name");
        }
    }
}
