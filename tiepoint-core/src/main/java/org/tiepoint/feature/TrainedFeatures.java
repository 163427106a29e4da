package org.tiepoint.feature;

/**
 * A trained network that describes any key points and, where it has a detector, finds its own and extracts both from
 * one pass. Without a detector {@link #detect}, {@link #extract} and {@link #scores} throw IllegalStateException. Says
 * in its class documentation whether threads may share it.
 */
public interface TrainedFeatures extends Detector, Describer, Extractor, PixelScorer {
    /** Whether it has a detector. */
    boolean detects();

    /** Frees native memory. */
    @Override
    void close();
}
