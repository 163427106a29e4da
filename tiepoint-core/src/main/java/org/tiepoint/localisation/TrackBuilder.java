package org.tiepoint.localisation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Joins matched key points of many images into tracks. Matches are joined from the surest on; one that would put two key
 * points of one image into a track is left out. Not thread-safe.
 */
final class TrackBuilder {
    private static final int[] ALONE = new int[0];

    /** The first number of each image's key points; one more at the end. */
    private final int[] offsets;
    private final int[] imageOf;
    private int[] first = new int[1024];
    private int[] second = new int[1024];
    private float[] scores = new float[1024];
    private int count;

    /**
     * A key point of an image.
     *
     * @param image    its place
     * @param keypoint its place among the image's
     */
    record Member(int image, int keypoint) {}

    TrackBuilder(int[] keypointsOfImages) {
        offsets = new int[keypointsOfImages.length + 1];
        for (int i = 0; i < keypointsOfImages.length; i++) {
            offsets[i + 1] = Math.addExact(offsets[i], keypointsOfImages[i]);
        }
        imageOf = new int[offsets[offsets.length - 1]];
        for (int i = 0; i < keypointsOfImages.length; i++) {
            Arrays.fill(imageOf, offsets[i], offsets[i + 1], i);
        }
    }

    void add(int firstImage, int firstKeypoint, int secondImage, int secondKeypoint, float score) {
        if (count == first.length) {
            first = Arrays.copyOf(first, 2 * count);
            second = Arrays.copyOf(second, 2 * count);
            scores = Arrays.copyOf(scores, 2 * count);
        }
        first[count] = offsets[firstImage] + firstKeypoint;
        second[count] = offsets[secondImage] + secondKeypoint;
        scores[count++] = score;
    }

    /** Tracks of at least two images, each in ascending order of its images. */
    List<List<Member>> tracks() {
        int[] root = IntStream.range(0, imageOf.length).toArray();
        int[][] members = new int[imageOf.length][];
        IntStream.range(0, count).boxed().sorted((a, b) -> Float.compare(scores[b], scores[a]))
                .forEach(m -> join(find(root, first[m]), find(root, second[m]), root, members));
        List<List<Member>> tracks = new ArrayList<>();
        for (int i = 0; i < root.length; i++) {
            if (root[i] == i && members[i] != null) {
                tracks.add(Arrays.stream(members[i]).sorted()
                        .mapToObj(node -> new Member(imageOf[node], node - offsets[imageOf[node]])).toList());
            }
        }
        return tracks;
    }

    private void join(int a, int b, int[] root, int[][] members) {
        if (a == b) {
            return;
        }
        int[] ofA = members[a] == null ? new int[] {a} : members[a];
        int[] ofB = members[b] == null ? new int[] {b} : members[b];
        for (int x : ofA) {
            for (int y : ofB) {
                if (imageOf[x] == imageOf[y]) {
                    return;
                }
            }
        }
        int[] joined = Arrays.copyOf(ofA, ofA.length + ofB.length);
        System.arraycopy(ofB, 0, joined, ofA.length, ofB.length);
        root[b] = a;
        members[a] = joined;
        members[b] = ALONE;
    }

    private static int find(int[] root, int node) {
        int at = node;
        while (root[at] != at) {
            root[at] = root[root[at]];
            at = root[at];
        }
        return at;
    }
}
