package org.tiepoint.interop.colmap;

import org.tiepoint.feature.Keypoints;
import org.tiepoint.image.ImageSize;

/**
 * Moves key points from the upright image, which the EXIF orientation gives, to the pixels as they lie in the file.
 * Tiepoint reads images upright; COLMAP reads them as they lie.
 *
 * @param orientation EXIF orientation, 1 (as it lies) to 8
 * @param stored      the size of the pixels in the file
 */
record StoredOrientation(int orientation, ImageSize stored) {
    /** Whether the upright image has the stored one's width for its height. */
    static boolean isTurned(int orientation) {
        return orientation >= 5;
    }

    Keypoints toStored(Keypoints upright) {
        if (orientation == 1) {
            return upright;
        }
        int n = upright.count();
        float[] xy = new float[2 * n];
        float[] angles = new float[n];
        int right = stored.width() - 1;
        int bottom = stored.height() - 1;
        for (int i = 0; i < n; i++) {
            float u = upright.x(i);
            float v = upright.y(i);
            float x = isTurned(orientation) ? v : u;
            float y = isTurned(orientation) ? u : v;
            boolean mirroredX = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
            boolean mirroredY = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
            xy[2 * i] = mirroredX ? right - x : x;
            xy[2 * i + 1] = mirroredY ? bottom - y : y;
            angles[i] = angle(upright.angles()[i], mirroredX, mirroredY);
        }
        return new Keypoints(xy, upright.scores(), upright.sizes(), angles);
    }

    private float angle(float upright, boolean mirroredX, boolean mirroredY) {
        if (upright < 0) {
            return upright;
        }
        double radians = Math.toRadians(upright);
        double x = isTurned(orientation) ? Math.sin(radians) : Math.cos(radians);
        double y = isTurned(orientation) ? Math.cos(radians) : Math.sin(radians);
        double turned = Math.toDegrees(Math.atan2(mirroredY ? -y : y, mirroredX ? -x : x));
        return (float) (turned < 0 ? turned + 360 : turned);
    }
}
