package org.tiepoint.evaluation.reconstruction;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.tiepoint.dataset.ImageFolder;
import org.tiepoint.dataset.pairs.NamePair;

/** One kind of features with their matching: fills a COLMAP database with verified matches. */
public interface FeatureSide {
    /** What the table calls it; also the name of its folder. */
    String name();

    /** What its results follow from, for the record. */
    String settings();

    /** Puts images and key points into the database. */
    CpuMinutes extract(ImageFolder images, Path database, Path log) throws IOException;

    /** Puts verified matches of the pairs into the database. */
    CpuMinutes match(ImageFolder images, List<NamePair> pairs, Path database, Path log) throws IOException;
}
