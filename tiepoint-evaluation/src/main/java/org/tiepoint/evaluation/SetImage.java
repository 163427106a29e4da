package org.tiepoint.evaluation;

import java.nio.file.Path;

/**
 * An image of a set.
 *
 * @param file         its pixels are taken as they lie there, whatever its EXIF orientation
 * @param name         what the set calls it: its path below the set's folder of images, with slashes
 * @param quarterTurns 0 to 3: features are taken from the image after so many quarter turns anticlockwise, and turned
 *                     back; 0 for an upright image
 */
public record SetImage(Path file, String name, int quarterTurns) {
    public SetImage {
        if (quarterTurns < 0 || quarterTurns > 3) {
            throw new IllegalArgumentException("quarterTurns is " + quarterTurns + ": it must be 0 to 3");
        }
    }

    /** An upright image. */
    public static SetImage upright(Path file, String name) {
        return new SetImage(file, name, 0);
    }
}
