package org.tiepoint.interop.colmap;

import java.util.Arrays;
import java.util.Optional;

/** What COLMAP takes the geometry of two images for, in the order of the numbers that its databases store. */
public enum TwoViewConfiguration {
    UNDEFINED,
    /** Too few matches agree on any geometry. */
    DEGENERATE,
    /** An essential matrix: both focal lengths are known and agree with the matches. */
    CALIBRATED,
    /** A fundamental matrix. */
    UNCALIBRATED,
    /** A homography, of a plane that both cameras see. */
    PLANAR,
    /** A homography, of a camera that turned without moving. */
    PANORAMIC,
    /** A homography, of either. */
    PLANAR_OR_PANORAMIC,
    /** Matches of a mark that is drawn on both images. */
    WATERMARK,
    /** Several geometries at once. */
    MULTIPLE,
    /** An essential matrix of two rigs of cameras (COLMAP 4). */
    CALIBRATED_RIG;

    /** The number stored. */
    public int number() {
        return ordinal();
    }

    /** The configuration of a stored number. */
    static Optional<TwoViewConfiguration> ofNumber(long number) {
        return Arrays.stream(values()).filter(configuration -> configuration.ordinal() == number).findFirst();
    }
}
