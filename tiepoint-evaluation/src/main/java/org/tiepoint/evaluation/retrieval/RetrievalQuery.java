package org.tiepoint.evaluation.retrieval;

/**
 * A query, and the images of the database that show the same. Arrays are shared, not copied: treat as read-only.
 *
 * @param image  name of the photo that the query is cut from
 * @param box    left, top, right and bottom of the query in pixels, (0, 0) the corner of the top-left pixel
 * @param easy   places in the database of images that clearly show it
 * @param hard   places of images that show it, but little of it, or in bad conditions
 * @param junk   places of images that show too little of it to count either way
 */
public record RetrievalQuery(String image, double[] box, int[] easy, int[] hard, int[] junk) {
    public RetrievalQuery {
        if (box.length != 4 || !(box[0] < box[2]) || !(box[1] < box[3])) {
            throw new IllegalArgumentException("the box of " + image + " has to be left, top, right, bottom");
        }
    }
}
