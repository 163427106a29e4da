package org.tiepoint.feature;

import org.tiepoint.image.Image;

/**
 * Key points in a regular grid: the centres of nearly square cells, as many as the limit allows, row by row. Score 1,
 * diameter 8 pixels, no orientation. Immutable; safe for use by several threads.
 */
public final class GridDetector implements Detector {
    @Override
    public Keypoints detect(Image image, int maxKeypoints) {
        KeypointLimit.require(maxKeypoints);
        double spacing = Math.sqrt((double) image.width() * image.height() / Math.max(1, maxKeypoints));
        int columns = (int) Math.max(1, Math.min(maxKeypoints, Math.round(image.width() / spacing)));
        int rows = maxKeypoints / columns;
        float[] xy = new float[2 * columns * rows];
        for (int row = 0, i = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++, i++) {
                xy[2 * i] = (float) ((column + 0.5) * image.width() / columns - 0.5);
                xy[2 * i + 1] = (float) ((row + 0.5) * image.height() / rows - 0.5);
            }
        }
        return UnscaledKeypoints.at(xy);
    }
}
