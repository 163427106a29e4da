package org.tiepoint.augment;

import java.io.IOException;
import java.util.Optional;
import org.tiepoint.image.Image;

/** A photo in another light, asked for only where it is drawn. */
@FunctionalInterface
public interface StylisedCopy {
    /** For photos without one. */
    StylisedCopy NONE = Optional::empty;

    /**
     * The copy; of another size than the photo it is resized.
     *
     * @return empty where there is none: the photo itself takes its place
     */
    Optional<Image> read() throws IOException;
}
