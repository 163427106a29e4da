package org.tiepoint.dataset;

import java.util.Arrays;

/**
 * How many sparse points pairs of images share. Memory grows with the observations, not with the square of the images.
 */
final class Covisibility {
    private final int[][] pointsOf;
    private final int[][] tracks;

    Covisibility(int images, SparsePoints points) {
        tracks = points.tracks();
        int[] counts = new int[images];
        for (int[] track : tracks) {
            for (int image : track) {
                counts[image]++;
            }
        }
        pointsOf = new int[images][];
        for (int i = 0; i < images; i++) {
            pointsOf[i] = new int[counts[i]];
        }
        for (int p = tracks.length - 1; p >= 0; p--) {
            for (int image : tracks[p]) {
                pointsOf[image][--counts[image]] = p;
            }
        }
    }

    /** Points that an image sees. */
    int points(int image) {
        return pointsOf[image].length;
    }

    /** Adds the points shared with each image of a higher place; the array is cleared first. */
    void sharedWith(int image, int[] shared) {
        Arrays.fill(shared, 0);
        for (int point : pointsOf[image]) {
            for (int other : tracks[point]) {
                if (other > image) {
                    shared[other]++;
                }
            }
        }
    }

    /** The points shared with each image, itself included; the array is cleared first. */
    void sharedWithAll(int image, int[] shared) {
        Arrays.fill(shared, 0);
        for (int point : pointsOf[image]) {
            for (int other : tracks[point]) {
                shared[other]++;
            }
        }
    }
}
