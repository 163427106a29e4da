package org.tiepoint.feature;

import org.tiepoint.image.Image;

/**
 * A detector and a describer, one after the other. Threads may share it where they may share the describer.
 *
 * @param detector     finds the key points; closed with this
 * @param describer    describes them; closed with this
 * @param maxKeypoints at most so many an image, at least 1
 */
public record DetectThenDescribe(Detector detector, Describer describer, int maxKeypoints) implements Extractor {
    public DetectThenDescribe {
        if (maxKeypoints < 1) {
            throw new IllegalArgumentException("maxKeypoints is " + maxKeypoints + ": it must be at least 1");
        }
    }

    @Override
    public Features extract(Image image) {
        return describer.describe(image, detector.detect(image, maxKeypoints));
    }

    @Override
    public int dimension() {
        return describer.dimension();
    }

    @Override
    public void close() {
        try {
            describer.close();
        } finally {
            detector.close();
        }
    }
}
