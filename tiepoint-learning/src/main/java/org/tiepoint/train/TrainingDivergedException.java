package org.tiepoint.train;

import java.util.List;

/** A loss term, or a parameter, became NaN or infinite: names the step, the pairs of the batch and the term. */
public class TrainingDivergedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public TrainingDivergedException(long step, List<String> pairs, String term, double value) {
        super("training diverged at step " + step + ": the term " + term + " is " + value + " on the pairs "
                + String.join(", ", pairs)
                + "; the last checkpoint is kept: lower learningRate in the recipe, or look at these pairs");
    }

    /** A parameter or moment that a step has spoilt. */
    public TrainingDivergedException(long step, String parameter) {
        super("training diverged at step " + step + ": " + parameter + " holds numbers that are not finite; the last "
                + "checkpoint is kept: lower learningRate in the recipe");
    }
}
