package org.tiepoint.dataset;

/**
 * Two images of one collection, by their places in {@link PosedCollection#images()}.
 */
public record ImagePair(int first, int second) {}
