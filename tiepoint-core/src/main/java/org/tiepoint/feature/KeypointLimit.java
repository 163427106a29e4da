package org.tiepoint.feature;

/** The check of a detector's largest number of key points. */
final class KeypointLimit {
    private KeypointLimit() {}

    static void require(int maxKeypoints) {
        if (maxKeypoints < 0) {
            throw new IllegalArgumentException("maxKeypoints is " + maxKeypoints + ": it must be at least 0");
        }
    }
}
