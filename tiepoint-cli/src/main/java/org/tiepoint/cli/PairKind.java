package org.tiepoint.cli;

import java.util.Locale;

/** The ways to choose pairs of images, by their names on the command line. */
enum PairKind {
    EXHAUSTIVE, SEQUENTIAL, RETRIEVAL, POSES, LIST;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
