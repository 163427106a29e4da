package org.tiepoint.localisation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tiepoint.dataset.DatasetException;
import org.tiepoint.dataset.LoadedView;
import org.tiepoint.dataset.PosedCollection;
import org.tiepoint.dataset.PosedImage;
import org.tiepoint.dataset.PosedImageLoader;
import org.tiepoint.dataset.pairs.NamePair;
import org.tiepoint.dataset.pairs.PosePairs;
import org.tiepoint.feature.Extractor;
import org.tiepoint.feature.Features;
import org.tiepoint.geometry.Epipolar;
import org.tiepoint.match.Matcher;
import org.tiepoint.match.Matches;
import org.tiepoint.retrieval.Vlad;

/**
 * Builds a map of posed photos with any features, as hloc does with COLMAP's triangulator (Sarlin et al., From Coarse to
 * Fine: Robust Hierarchical Localization at Large Scale, CVPR 2019): features of the undistorted photos, matches of
 * images that see the same, those off the known epipolar lines left out, joined into tracks, each track triangulated.
 * The collection's own points choose the pairs and serve no further: their key points are another detector's. Poses and
 * cameras are taken as they are, nothing is bundle adjusted. The same input gives the same map.
 */
public final class MapBuilder {
    /** Images that the index's centres are learned from, spread over the collection. */
    private static final int TRAINING_IMAGES = 50;

    private final Extractor extractor;
    private final Matcher matcher;
    private final Options options;

    /**
     * How.
     *
     * @param pairs               which images are matched with each other
     * @param maxEpipolarPixels   farthest that a match may be off the epipolar line in either image, above 0
     * @param triangulation       what makes a point
     */
    public record Options(PosePairs.Options pairs, double maxEpipolarPixels, Triangulation.Options triangulation) {
        public Options {
            if (!(maxEpipolarPixels > 0 && maxEpipolarPixels < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("maxEpipolarPixels is " + maxEpipolarPixels
                        + ": it must be above 0");
            }
        }

        /** Each image with 15 that share at least 0.1, 4 pixels, and the usual triangulation. */
        public static Options defaults() {
            return new Options(new PosePairs.Options(15, 0.1), 4, Triangulation.Options.defaults());
        }
    }

    /**
     * @param extractor of the features; not closed
     * @param matcher   of two images' features
     */
    public MapBuilder(Extractor extractor, Matcher matcher, Options options) {
        this.extractor = extractor;
        this.matcher = matcher;
        this.options = options;
    }

    /** As {@link #build(PosedCollection, FeatureStore, MapListener)}, in memory. */
    public ReferenceMap build(PosedCollection collection) throws IOException {
        return build(collection, FeatureStore.inMemory(), MapListener.silent());
    }

    /**
     * Builds a map.
     *
     * @param collection posed photos
     * @param store      features that are in it already are taken from it
     * @throws DatasetException when a photo cannot be used, or no key points are found at all
     */
    public ReferenceMap build(PosedCollection collection, FeatureStore store, MapListener listener)
            throws IOException {
        List<MapImage> images = extract(collection, store, listener);
        int n = images.size();
        int[] counts = new int[n];
        List<Features> training = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            Features features = store.get(i);
            counts[i] = features.keypoints().count();
            if (n <= TRAINING_IMAGES || i * TRAINING_IMAGES / n != (i + 1) * TRAINING_IMAGES / n) {
                training.add(features);
            }
        }
        if (training.stream().allMatch(features -> features.keypoints().count() == 0)) {
            throw new DatasetException(collection.images().get(0).file(), "", "and the other " + (n - 1)
                    + " photos of scene " + collection.name() + " show no key points: use another detector");
        }
        Vlad vlad = Vlad.train(training, Vlad.Options.defaults());
        float[][] globals = new float[n][];
        for (int i = 0; i < n; i++) {
            globals[i] = vlad.aggregate(store.get(i));
        }
        MapPoints points = triangulate(images, store, match(collection, images, counts, store, listener), counts,
                listener);
        return new ReferenceMap(images, points, store, vlad, globals);
    }

    private List<MapImage> extract(PosedCollection collection, FeatureStore store, MapListener listener)
            throws IOException {
        List<MapImage> images = new ArrayList<>();
        listener.start("extract", collection.images().size());
        for (PosedImage posed : collection.images()) {
            Optional<Features> known = store.find(images.size());
            if (known.isPresent() && known.get().dimension() == extractor.dimension()) {
                images.add(new MapImage(posed.name(), PosedImageLoader.camera(posed), posed.pose()));
            } else {
                LoadedView view = PosedImageLoader.load(posed);
                store.put(images.size(), extractor.extract(view.image()));
                images.add(new MapImage(posed.name(), view.camera(), posed.pose()));
            }
            listener.step();
        }
        return images;
    }

    private List<List<TrackBuilder.Member>> match(PosedCollection collection, List<MapImage> images, int[] counts,
            FeatureStore store, MapListener listener) throws IOException {
        Map<String, Integer> places = new HashMap<>();
        images.forEach(image -> places.put(image.name(), places.size()));
        List<NamePair> pairs = new PosePairs(collection, options.pairs())
                .pairs(images.stream().map(MapImage::name).toList());
        listener.start("match", pairs.size());
        TrackBuilder tracks = new TrackBuilder(counts);
        for (NamePair pair : pairs) {
            int i = places.get(pair.first());
            int j = places.get(pair.second());
            Features first = store.get(i);
            Features second = store.get(j);
            Matches matches = matcher.match(first, second);
            double[] f = Epipolar.fundamental(images.get(i).camera(), images.get(i).pose(), images.get(j).camera(),
                    images.get(j).pose());
            for (int m = 0; m < matches.count(); m++) {
                int a = matches.first(m);
                int b = matches.second(m);
                if (epipolarError(f, first.keypoints().x(a), first.keypoints().y(a), second.keypoints().x(b),
                        second.keypoints().y(b)) <= options.maxEpipolarPixels()) {
                    tracks.add(i, a, j, b, matches.scores()[m]);
                }
            }
            listener.step();
        }
        return tracks.tracks();
    }

    /** The farther of the distances of two points to each other's epipolar lines, in pixels. */
    private static double epipolarError(double[] f, double x1, double y1, double x2, double y2) {
        double a2 = f[0] * x1 + f[1] * y1 + f[2];
        double b2 = f[3] * x1 + f[4] * y1 + f[5];
        double c2 = f[6] * x1 + f[7] * y1 + f[8];
        double a1 = f[0] * x2 + f[3] * y2 + f[6];
        double b1 = f[1] * x2 + f[4] * y2 + f[7];
        double product = Math.abs(a2 * x2 + b2 * y2 + c2);
        return product / Math.max(1e-300, Math.min(Math.hypot(a1, b1), Math.hypot(a2, b2)));
    }

    private MapPoints triangulate(List<MapImage> images, FeatureStore store, List<List<TrackBuilder.Member>> tracks,
            int[] counts, MapListener listener) throws IOException {
        int[][] pointOf = new int[counts.length][];
        float[][] xy = new float[counts.length][];
        for (int i = 0; i < counts.length; i++) {
            pointOf[i] = new int[counts[i]];
            Arrays.fill(pointOf[i], -1);
            xy[i] = store.get(i).keypoints().xy();
        }
        Triangulation triangulation = new Triangulation(options.triangulation());
        listener.start("triangulate", tracks.size());
        double[] xyz = new double[3 * tracks.size()];
        int points = 0;
        for (List<TrackBuilder.Member> track : tracks) {
            List<PointView> views = track.stream().map(member -> new PointView(images.get(member.image()).camera(),
                    images.get(member.image()).pose(), xy[member.image()][2 * member.keypoint()],
                    xy[member.image()][2 * member.keypoint() + 1])).toList();
            Optional<Triangulation.Point> point = triangulation.triangulate(views);
            if (point.isPresent()) {
                System.arraycopy(point.get().xyz(), 0, xyz, 3 * points, 3);
                for (int view : point.get().views()) {
                    pointOf[track.get(view).image()][track.get(view).keypoint()] = points;
                }
                points++;
            }
            listener.step();
        }
        return new MapPoints(Arrays.copyOf(xyz, 3 * points), pointOf);
    }
}
