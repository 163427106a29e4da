package org.tiepoint.localisation;

/** Gets to know how far the building of a map is. */
public interface MapListener {
    /**
     * A stage begins.
     *
     * @param stage extract, match or triangulate
     * @param total steps: images, pairs, or tracks
     */
    void start(String stage, long total);

    /** A step is done. */
    void step();

    /** Nobody listens. */
    static MapListener silent() {
        return new MapListener() {
            @Override
            public void start(String stage, long total) {}

            @Override
            public void step() {}
        };
    }
}
