package org.tiepoint.loss;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where an anchor's hardest negatives are looked for. */
public enum NegativeSource {
    /** Among the key points of the other images of the batch: HNDesc's default. */
    @JsonProperty("in-batch")
    IN_BATCH,
    /** Among the other key points of the same image. */
    @JsonProperty("within-pair")
    WITHIN_PAIR,
    /** Not looked for: every other key point of the batch is a negative. */
    @JsonProperty("all")
    ALL,
    /** As in the batch, and among the key points of further images that look alike as a whole. */
    @JsonProperty("global")
    GLOBAL,
    /** Triplet margin loss with the one hardest negative of the same image, in place of the average precision. */
    @JsonProperty("triplet")
    TRIPLET
}
