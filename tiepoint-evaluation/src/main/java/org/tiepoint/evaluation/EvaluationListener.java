package org.tiepoint.evaluation;

/** Gets to know how far an evaluation is. Steps may come from several threads. */
public interface EvaluationListener {
    /**
     * A stage begins: the predictions, then the scores.
     *
     * @param stage a word
     * @param total steps, one a pair and candidate
     * @param done  steps that an earlier run did
     */
    void start(String stage, long total, long done);

    /** A step is done. */
    void step();

    /** Nobody listens. */
    static EvaluationListener silent() {
        return new EvaluationListener() {
            @Override
            public void start(String stage, long total, long done) {}

            @Override
            public void step() {}
        };
    }
}
