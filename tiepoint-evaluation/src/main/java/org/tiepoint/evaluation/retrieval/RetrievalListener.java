package org.tiepoint.evaluation.retrieval;

/** Gets to know how far an evaluation is. */
public interface RetrievalListener {
    /**
     * A stage begins.
     *
     * @param stage what it does, a word
     * @param steps images or queries of the whole stage
     * @param done  of those an earlier run did
     */
    void begin(String stage, int steps, int done);

    /** One step more. */
    void step();
}
