package org.tiepoint.feature;

/**
 * Key points with their descriptors.
 *
 * @param keypoints   n key points
 * @param dimension   numbers a descriptor
 * @param descriptors n x dimension, row-major; shared, not copied
 */
public record Features(Keypoints keypoints, int dimension, float[] descriptors) {
    public Features {
        if (dimension < 1 || descriptors.length != (long) keypoints.count() * dimension) {
            throw new IllegalArgumentException(keypoints.count() + " key points with descriptors of " + dimension
                    + " need " + (long) keypoints.count() * dimension + " numbers, got " + descriptors.length);
        }
    }
}
