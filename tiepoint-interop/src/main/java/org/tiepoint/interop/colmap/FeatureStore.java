package org.tiepoint.interop.colmap;

import java.io.IOException;
import org.tiepoint.feature.Features;

/** Where the features of a collection's images lie. */
@FunctionalInterface
public interface FeatureStore {
    /** The features of an image by its name. */
    Features read(String name) throws IOException;
}
