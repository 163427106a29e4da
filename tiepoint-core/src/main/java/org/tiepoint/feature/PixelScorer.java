package org.tiepoint.feature;

import org.tiepoint.image.Image;

/** A method that scores every pixel of an image and takes its key points from the scores. */
public interface PixelScorer {
    /** The score of every pixel of the image, at the size that the method takes it. */
    ScoreMap scores(Image image);
}
