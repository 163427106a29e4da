package org.tiepoint.evaluation;

import org.tiepoint.feature.Features;
import org.tiepoint.feature.Keypoints;
import org.tiepoint.image.Image;
import org.tiepoint.image.ImageSize;

/**
 * Images turned by quarters, anticlockwise, as numpy's rot90 and SuperGlue's pairs files (rot0, rot1) count them, and
 * key points turned back. SuperGlue's code turns intrinsics and poses instead; the angles between poses are the same.
 */
final class QuarterTurns {
    private QuarterTurns() {}

    /** The image after so many quarter turns anticlockwise. */
    static Image turn(Image image, int quarters) {
        if (quarters == 0) {
            return image;
        }
        int width = quarters == 2 ? image.width() : image.height();
        int height = quarters == 2 ? image.height() : image.width();
        byte[] rgb = new byte[image.rgb().length];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int from = 3 * ((int) storedY(x, y, quarters, image.height()) * image.width()
                        + (int) storedX(x, y, quarters, image.width()));
                System.arraycopy(image.rgb(), from, rgb, 3 * (y * width + x), 3);
            }
        }
        return new Image(width, height, rgb);
    }

    /**
     * Features of the turned image in pixels of the stored one.
     *
     * @param stored size of the image before it was turned
     */
    static Features turnBack(Features turned, int quarters, ImageSize stored) {
        if (quarters == 0) {
            return turned;
        }
        Keypoints points = turned.keypoints();
        float[] xy = new float[2 * points.count()];
        float[] angles = points.angles().clone();
        for (int i = 0; i < points.count(); i++) {
            xy[2 * i] = storedX(points.x(i), points.y(i), quarters, stored.width());
            xy[2 * i + 1] = storedY(points.x(i), points.y(i), quarters, stored.height());
            angles[i] = angles[i] < 0 ? angles[i] : (angles[i] + 90 * quarters) % 360;
        }
        return new Features(new Keypoints(xy, points.scores(), points.sizes(), angles), turned.dimension(),
                turned.descriptors());
    }

    private static float storedX(float x, float y, int quarters, int width) {
        return quarters == 1 ? width - 1 - y : quarters == 2 ? width - 1 - x : y;
    }

    private static float storedY(float x, float y, int quarters, int height) {
        return quarters == 1 ? x : quarters == 2 ? height - 1 - y : height - 1 - x;
    }
}
