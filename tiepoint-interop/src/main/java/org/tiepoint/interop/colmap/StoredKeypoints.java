package org.tiepoint.interop.colmap;

import org.tiepoint.feature.Keypoints;

/**
 * Key points as a database stores them, float32 and row-major: x and y from the corner of the top-left pixel, and in
 * further columns nothing (2 columns), scale and orientation in radians (4), or the 2x2 matrix of the region's shape
 * (6), which is what COLMAP itself writes. A scale is half the size of {@link Keypoints}.
 *
 * @param columns 2, 4 or 6
 * @param data    n x columns
 */
record StoredKeypoints(int columns, float[] data) {
    private static final float ORIGIN = 0.5f;

    StoredKeypoints {
        if (columns != 2 && columns != 4 && columns != 6 || data.length % columns != 0) {
            throw new IllegalArgumentException("key points have 2, 4 or 6 columns, got " + columns + " and "
                    + data.length + " numbers");
        }
    }

    /** 2 columns where no key point has an orientation, 6 otherwise. */
    static StoredKeypoints of(Keypoints keypoints) {
        int n = keypoints.count();
        boolean shaped = false;
        for (float angle : keypoints.angles()) {
            shaped |= angle >= 0;
        }
        int columns = shaped ? 6 : 2;
        float[] data = new float[n * columns];
        for (int i = 0; i < n; i++) {
            data[i * columns] = keypoints.x(i) + ORIGIN;
            data[i * columns + 1] = keypoints.y(i) + ORIGIN;
            if (shaped) {
                double scale = keypoints.sizes()[i] / 2;
                double angle = Math.toRadians(Math.max(0, keypoints.angles()[i]));
                data[i * columns + 2] = (float) (scale * Math.cos(angle));
                data[i * columns + 3] = (float) (-scale * Math.sin(angle));
                data[i * columns + 4] = (float) (scale * Math.sin(angle));
                data[i * columns + 5] = (float) (scale * Math.cos(angle));
            }
        }
        return new StoredKeypoints(columns, data);
    }

    int count() {
        return data.length / columns;
    }

    /** Scores are 1; size and orientation as far as they are stored. */
    Keypoints toKeypoints() {
        int n = count();
        float[] xy = new float[2 * n];
        for (int i = 0; i < n; i++) {
            xy[2 * i] = data[i * columns] - ORIGIN;
            xy[2 * i + 1] = data[i * columns + 1] - ORIGIN;
        }
        Keypoints plain = Keypoints.ofPositions(xy);
        for (int i = 0; i < n && columns > 2; i++) {
            double a = data[i * columns + 2];
            double second = data[i * columns + 3];
            double scale = columns == 4 ? a : Math.hypot(a, data[i * columns + 4]);
            double angle = Math.toDegrees(columns == 4 ? second : Math.atan2(data[i * columns + 4], a));
            plain.sizes()[i] = (float) (2 * scale);
            plain.angles()[i] = (float) ((angle % 360 + 360) % 360);
        }
        return plain;
    }

    /** Whether the positions are the same, bit by bit. */
    boolean samePositions(StoredKeypoints other) {
        if (count() != other.count()) {
            return false;
        }
        for (int i = 0; i < count(); i++) {
            if (data[i * columns] != other.data[i * other.columns]
                    || data[i * columns + 1] != other.data[i * other.columns + 1]) {
                return false;
            }
        }
        return true;
    }
}
