package org.tiepoint.evaluation;

import java.nio.file.Path;
import java.util.List;

/**
 * Images of one plane, or from one place: a reference and views that a homography relates to it.
 *
 * @param name      folder name; i_ begins a change of illumination, v_ of viewpoint
 * @param reference image 1
 * @param views     the others, by number
 */
public record HomographySequence(String name, Path reference, List<View> views) {
    public HomographySequence {
        views = List.copyOf(views);
    }

    /**
     * An image and its true homography.
     *
     * @param number     from 2
     * @param image      the file
     * @param homography row-major 3x3, pixels of the reference to pixels of this image, (0, 0) the centre of the
     *                   top-left pixel; shared, not copied
     */
    public record View(int number, Path image, double[] homography) {
        public View {
            if (homography.length != 9) {
                throw new IllegalArgumentException("a homography takes 9 numbers, got " + homography.length);
            }
        }
    }
}
