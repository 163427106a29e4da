package org.tiepoint.retrieval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Finds the images whose global descriptors have the highest cosine with a query's. Exhaustive, by a matrix product of
 * OpenCV in blocks, so that memory does not grow with the product of queries and images. Of equal cosines the image
 * that was added first comes first. Immutable; safe for use by several threads.
 */
public final class CosineIndex {
    private static final int BLOCK_QUERIES = 256;
    private static final int BLOCK_IMAGES = 4096;

    private final int dimension;
    private final List<String> names;
    private final Map<String, Integer> places = new LinkedHashMap<>();
    /** n x dimension, each row of length 1 or all 0. */
    private final float[][] rows;

    /**
     * An image that was found.
     *
     * @param name  as it was added
     * @param place among the images of the index
     * @param score cosine, -1 to 1
     */
    public record Hit(String name, int place, float score) {}

    /**
     * What was found for an image of the index.
     *
     * @param name the query
     * @param hits best first; the query itself is among them
     */
    public record Ranking(String name, List<Hit> hits) {}

    /**
     * An index of images.
     *
     * @param descriptors by name, in the order in which images of equal cosine come; all of one length, finite; scaled
     *                    to length 1 here
     */
    public CosineIndex(Map<String, float[]> descriptors) {
        names = List.copyOf(descriptors.keySet());
        dimension = descriptors.values().stream().findFirst().map(row -> row.length).orElse(0);
        rows = new float[names.size()][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = unit(names.get(i), descriptors.get(names.get(i)));
            places.put(names.get(i), i);
        }
    }

    private CosineIndex(int dimension, List<String> names, float[][] rows) {
        this.dimension = dimension;
        this.names = names;
        this.rows = rows;
        for (String name : names) {
            places.put(name, places.size());
        }
    }

    /** Images in the index. */
    public int size() {
        return rows.length;
    }

    /** The images in their order. */
    public List<String> names() {
        return names;
    }

    /** Whether an image is in the index. */
    public boolean contains(String name) {
        return places.containsKey(name);
    }

    /** An image's descriptor, of length 1; shared, not copied. */
    public float[] descriptor(String name) {
        Integer place = places.get(name);
        if (place == null) {
            throw new IllegalArgumentException("image " + name + " is not in the index of " + size() + " images:"
                    + " describe it first");
        }
        return rows[place];
    }

    /** The same index with some of its images only, in the order given. */
    public CosineIndex restrictedTo(Collection<String> kept) {
        List<String> order = List.copyOf(kept);
        return new CosineIndex(dimension, order, order.stream().map(this::descriptor).toArray(float[][]::new));
    }

    /**
     * The images most like a query, best first.
     *
     * @param query of the index's dimension; any length
     * @param top   at most so many, at least 1
     */
    public List<Hit> search(float[] query, int top) {
        return rows.length == 0 ? List.of() : search(new float[][] {unit("the query", query)}, top).get(0);
    }

    /** What is found for every image of the index. */
    public List<Ranking> rankings(int top) {
        List<List<Hit>> found = search(rows, top);
        List<Ranking> rankings = new ArrayList<>();
        for (int i = 0; i < rows.length; i++) {
            rankings.add(new Ranking(names.get(i), found.get(i)));
        }
        return rankings;
    }

    private List<List<Hit>> search(float[][] queries, int top) {
        if (top < 1) {
            throw new IllegalArgumentException("top is " + top + ": it must be at least 1");
        }
        List<List<Hit>> results = new ArrayList<>();
        for (int from = 0; from < queries.length; from += BLOCK_QUERIES) {
            results.addAll(searchBlock(Arrays.copyOfRange(queries, from,
                    Math.min(queries.length, from + BLOCK_QUERIES)), top));
        }
        return results;
    }

    private List<List<Hit>> searchBlock(float[][] queries, int top) {
        List<PriorityQueue<Hit>> best = new ArrayList<>();
        for (int i = 0; i < queries.length; i++) {
            best.add(new PriorityQueue<>(CosineIndex::worseFirst));
        }
        for (int from = 0; from < rows.length; from += BLOCK_IMAGES) {
            int to = Math.min(rows.length, from + BLOCK_IMAGES);
            float[] scores = products(queries, Arrays.copyOfRange(rows, from, to));
            for (int i = 0; i < queries.length; i++) {
                for (int j = from; j < to; j++) {
                    offer(best.get(i), j, scores[i * (to - from) + j - from], top);
                }
            }
        }
        return best.stream().map(queue -> queue.stream().sorted((a, b) -> worseFirst(b, a)).toList()).toList();
    }

    private void offer(PriorityQueue<Hit> best, int place, float score, int top) {
        float bounded = Math.max(-1, Math.min(1, score));
        if (best.size() < top || bounded > best.peek().score()) {
            best.add(new Hit(names.get(place), place, bounded));
            if (best.size() > top) {
                best.remove();
            }
        }
    }

    private static int worseFirst(Hit a, Hit b) {
        int byScore = Float.compare(a.score(), b.score());
        return byScore != 0 ? byScore : Integer.compare(b.place(), a.place());
    }

    private float[] products(float[][] queries, float[][] images) {
        try (PointerScope scope = new PointerScope()) {
            Mat product = new Mat();
            opencv_core.gemm(matrix(queries), matrix(images), 1, new Mat(), 0, product, opencv_core.GEMM_2_T);
            float[] values = new float[queries.length * images.length];
            new FloatPointer(product.data()).get(values);
            return values;
        }
    }

    private Mat matrix(float[][] vectors) {
        Mat mat = new Mat(vectors.length, dimension, opencv_core.CV_32F);
        FloatPointer data = new FloatPointer(mat.data());
        for (int i = 0; i < vectors.length; i++) {
            data.position((long) i * dimension).put(vectors[i], 0, dimension);
        }
        return mat;
    }

    private float[] unit(String name, float[] descriptor) {
        if (descriptor.length != dimension || dimension == 0) {
            throw new IllegalArgumentException("the global descriptor of " + name + " has " + descriptor.length
                    + " numbers, those of the index " + dimension + ": describe all images by one method");
        }
        for (float value : descriptor) {
            if (!Float.isFinite(value)) {
                throw new IllegalArgumentException("the global descriptor of " + name + " holds " + value
                        + ": every number must be finite");
            }
        }
        float[] unit = descriptor.clone();
        UnitLength.scale(unit, 0, dimension);
        return unit;
    }
}
