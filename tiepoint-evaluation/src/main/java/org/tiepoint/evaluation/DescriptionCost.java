package org.tiepoint.evaluation;

/**
 * What the description of key points took.
 *
 * @param images    described
 * @param keypoints in all of them
 * @param seconds   for all of them, without detection
 */
public record DescriptionCost(int images, long keypoints, double seconds) {
    static final DescriptionCost NONE = new DescriptionCost(0, 0, 0);

    DescriptionCost plus(DescriptionCost other) {
        return new DescriptionCost(images + other.images, keypoints + other.keypoints, seconds + other.seconds);
    }

    /** Mean number of key points an image. */
    public double keypointsPerImage() {
        return images == 0 ? 0 : (double) keypoints / images;
    }

    /** Mean seconds an image. */
    public double secondsPerImage() {
        return images == 0 ? 0 : seconds / images;
    }
}
