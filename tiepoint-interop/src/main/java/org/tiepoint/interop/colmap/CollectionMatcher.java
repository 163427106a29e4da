package org.tiepoint.interop.colmap;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import org.tiepoint.dataset.DatasetException;
import org.tiepoint.dataset.pairs.NamePair;
import org.tiepoint.feature.Features;
import org.tiepoint.feature.Keypoints;
import org.tiepoint.match.Matcher;
import org.tiepoint.match.Matches;
import org.tiepoint.task.Workers;

/**
 * Matches the images of a database in pairs and verifies the matches; each pair is stored as a whole, so that a killed
 * run goes on where it was. Pairs that are verified already are passed over; where a pair has matches but no geometry,
 * those matches are verified. Features are read by blocks of images, some of them kept in memory.
 */
public final class CollectionMatcher {
    private static final int BLOCK = 40;
    private static final int AHEAD = 4;

    private final Matcher matcher;
    private final TwoViewVerifier verifier;
    private final Options options;

    /**
     * @param threads      that match and verify, at least 1
     * @param featureBytes of features kept in memory
     */
    public record Options(int threads, long featureBytes) {
        public Options {
            if (threads < 1) {
                throw new IllegalArgumentException("threads is " + threads + ": it must be at least 1");
            }
        }

        /** A thread a processor, a quarter of Java's heap. */
        public static Options defaults() {
            return new Options(Runtime.getRuntime().availableProcessors(), Runtime.getRuntime().maxMemory() / 4);
        }
    }

    /** Is told what became of each pair, on the thread that called. */
    public interface Listener {
        /** A pair was stored. */
        void stored(NamePair pair, int matches, VerifiedPair verified);

        /** So many pairs were verified before. */
        void skipped(int pairs);
    }

    /** What came of all pairs, those of earlier runs left out. */
    public record Summary(int pairs, int skipped, int verified, long matches, long inliers) {}

    public CollectionMatcher(Matcher matcher, TwoViewVerifier verifier, Options options) {
        this.matcher = matcher;
        this.verifier = verifier;
        this.options = options;
    }

    /** An image with all that a pair needs of it. */
    private record View(int id, DatabaseCamera camera, Features features, Keypoints stored) {}

    private record Outcome(NamePair names, int first, int second, Matches matches, VerifiedPair verified) {}

    /**
     * Matches pairs of images that are in the database with their key points.
     *
     * @param store the features of those key points
     * @throws DatasetException when an image is not in the database, or its features are others
     */
    public Summary match(ColmapDatabase database, FeatureStore store, List<NamePair> pairs, Listener listener)
            throws IOException {
        Map<String, DatabaseImage> images = new HashMap<>();
        database.images().forEach(image -> images.put(image.name(), image));
        Set<Long> done = database.verifiedPairs();
        List<NamePair> open = new ArrayList<>();
        for (NamePair pair : pairs) {
            if (!done.contains(PairId.of(image(database, images, pair.first()).id(),
                    image(database, images, pair.second()).id()))) {
                open.add(pair);
            }
        }
        if (open.size() < pairs.size()) {
            listener.skipped(pairs.size() - open.size());
        }
        Views views = new Views(database, images, new FeatureCache(store, options.featureBytes()));
        return run(database, views, blocks(open, images), pairs.size() - open.size(), listener);
    }

    private Summary run(ColmapDatabase database, Views views, List<NamePair> pairs, int skipped, Listener listener)
            throws IOException {
        int verified = 0;
        long matches = 0;
        long inliers = 0;
        try (Workers workers = new Workers(options.threads(), "tiepoint-match")) {
            Deque<Future<Outcome>> ahead = new ArrayDeque<>();
            int next = 0;
            for (int stored = 0; stored < pairs.size(); stored++) {
                while (next < pairs.size() && ahead.size() < AHEAD * options.threads()) {
                    NamePair pair = pairs.get(next++);
                    View first = views.of(pair.first());
                    View second = views.of(pair.second());
                    Optional<Matches> there = database.matches(first.id(), second.id());
                    if (there.isPresent()) {
                        requireInside(database, pair, there.get(), first, second);
                    }
                    ahead.add(workers.submit(() -> match(pair, first, second, there)));
                }
                Outcome outcome = Workers.await(ahead.remove());
                database.addPair(outcome.first(), outcome.second(), outcome.matches(), outcome.verified());
                verified += outcome.verified().inlierCount() > 0 ? 1 : 0;
                matches += outcome.matches().count();
                inliers += outcome.verified().inlierCount();
                listener.stored(outcome.names(), outcome.matches().count(), outcome.verified());
            }
        }
        return new Summary(pairs.size(), skipped, verified, matches, inliers);
    }

    private static void requireInside(ColmapDatabase database, NamePair pair, Matches matches, View first,
            View second) throws DatasetException {
        for (int i = 0; i < matches.count(); i++) {
            if (matches.first(i) >= first.stored().count() || matches.second(i) >= second.stored().count()) {
                throw new DatasetException(database.file(), "pair " + pair.first() + " " + pair.second(), "match " + i
                        + " names key points " + matches.first(i) + " and " + matches.second(i) + ", the images have "
                        + first.stored().count() + " and " + second.stored().count()
                        + ": these matches belong to other key points; use another database");
            }
        }
    }

    private Outcome match(NamePair names, View first, View second, Optional<Matches> there) {
        Matches matches = there.orElseGet(() -> matcher.match(first.features(), second.features()));
        return new Outcome(names, first.id(), second.id(), matches,
                verifier.verify(first.camera(), second.camera(), first.stored(), second.stored(), matches));
    }

    /** The pairs sorted so that few images are needed at a time. */
    private static List<NamePair> blocks(List<NamePair> pairs, Map<String, DatabaseImage> images) {
        Map<String, Integer> places = new HashMap<>();
        images.keySet().stream().sorted().forEach(name -> places.put(name, places.size()));
        Comparator<NamePair> byBlock = Comparator.comparingInt((NamePair pair) -> places.get(pair.first()) / BLOCK)
                .thenComparingInt(pair -> places.get(pair.second()) / BLOCK)
                .thenComparingInt(pair -> places.get(pair.first()))
                .thenComparingInt(pair -> places.get(pair.second()));
        return pairs.stream().sorted(byBlock).toList();
    }

    private static DatabaseImage image(ColmapDatabase database, Map<String, DatabaseImage> images, String name)
            throws DatasetException {
        DatabaseImage image = images.get(name);
        if (image == null) {
            throw new DatasetException(database.file(), "", "has no image '" + name + "': add it with tiepoint extract"
                    + " --database first");
        }
        return image;
    }

    /** Loads what pairs need of an image. */
    private record Views(ColmapDatabase database, Map<String, DatabaseImage> images, FeatureStore store,
            Map<Integer, DatabaseCamera> cameras) {
        Views(ColmapDatabase database, Map<String, DatabaseImage> images, FeatureStore store) {
            this(database, images, store, new HashMap<>());
        }

        View of(String name) throws IOException {
            DatabaseImage image = image(database, images, name);
            DatabaseCamera camera = cameras.get(image.cameraId());
            if (camera == null) {
                camera = database.camera(image.cameraId());
                cameras.put(image.cameraId(), camera);
            }
            Features features = store.read(name);
            Keypoints stored = database.keypoints(image.id()).orElseThrow(() -> new DatasetException(database.file(),
                    "image " + name, "has no key points: add them with tiepoint extract --database"));
            if (stored.count() != features.keypoints().count()) {
                throw new DatasetException(database.file(), "image " + name, "has " + stored.count()
                        + " key points and its features " + features.keypoints().count()
                        + ": match the features that the database was made with");
            }
            return new View(image.id(), camera, features, stored);
        }
    }
}
