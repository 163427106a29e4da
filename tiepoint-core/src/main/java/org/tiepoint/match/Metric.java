package org.tiepoint.match;

/** How near two descriptors are. */
public enum Metric {
    /** Length of the difference, the smaller the nearer; the score of a match is its negative. */
    EUCLIDEAN,
    /** Dot product, the greater the nearer; the score of a match is the product: the cosine for length 1. */
    DOT
}
