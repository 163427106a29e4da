package org.tiepoint.dataset;

/**
 * How much of what one image of a collection shows others show too. With sparse points: the points that both see, as a
 * share of the fewer points of the two. Without: the overlap of the viewing frusta at the scene's typical depth
 * ({@link DepthRange}), which knows nothing of what hides what. Immutable; safe for use by several threads.
 */
public final class ViewOverlap {
    private final int images;
    private final Measure measure;

    @FunctionalInterface
    private interface Measure {
        double[] of(int image);
    }

    private ViewOverlap(int images, Measure measure) {
        this.images = images;
        this.measure = measure;
    }

    /** By shared points where the collection has any, else by frusta. */
    public static ViewOverlap of(PosedCollection collection) {
        return collection.points().map(points -> ofPoints(collection, points)).orElseGet(() -> ofFrusta(collection));
    }

    /** By frusta, whether there are points or not. */
    public static ViewOverlap ofFrusta(PosedCollection collection) {
        int n = collection.images().size();
        FrustumOverlap frusta = new FrustumOverlap(collection.images(), DepthRange.of(collection).typical());
        return new ViewOverlap(n, image -> {
            double[] shares = new double[n];
            for (int j = 0; j < n; j++) {
                shares[j] = frusta.of(image, j);
            }
            return shares;
        });
    }

    private static ViewOverlap ofPoints(PosedCollection collection, SparsePoints points) {
        int n = collection.images().size();
        Covisibility covisibility = new Covisibility(n, points);
        return new ViewOverlap(n, image -> {
            int[] shared = new int[n];
            covisibility.sharedWithAll(image, shared);
            double[] shares = new double[n];
            for (int j = 0; j < n; j++) {
                int fewer = Math.min(covisibility.points(image), covisibility.points(j));
                shares[j] = fewer == 0 ? 0 : (double) shared[j] / fewer;
            }
            return shares;
        });
    }

    /** The share that an image has in common with each, by their places; 0 to 1. */
    public double[] with(int image) {
        if (image < 0 || image >= images) {
            throw new IllegalArgumentException("image " + image + " is not one of " + images);
        }
        return measure.of(image);
    }
}
