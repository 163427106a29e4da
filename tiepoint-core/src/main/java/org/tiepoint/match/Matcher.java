package org.tiepoint.match;

import org.tiepoint.feature.Features;

/** Pairs the descriptors of two images. Implementations are safe for use by several threads. */
public interface Matcher {
    /**
     * Matches by descriptor; zero and one key point are normal inputs.
     *
     * @throws IllegalArgumentException when the descriptors differ in dimension
     */
    Matches match(Features first, Features second);
}
