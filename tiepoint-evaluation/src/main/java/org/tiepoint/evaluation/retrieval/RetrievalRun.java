package org.tiepoint.evaluation.retrieval;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.tiepoint.dataset.DatasetException;
import org.tiepoint.estimate.PointPairs;
import org.tiepoint.estimate.RobustEstimator;
import org.tiepoint.estimate.TwoViewGeometry;
import org.tiepoint.feature.Extractor;
import org.tiepoint.feature.Features;
import org.tiepoint.file.AtomicFile;
import org.tiepoint.image.Image;
import org.tiepoint.image.ImageReader;
import org.tiepoint.image.ImageSize;
import org.tiepoint.interop.hloc.HlocFeatures;
import org.tiepoint.interop.hloc.HlocFeaturesWriter;
import org.tiepoint.interop.hloc.HlocGlobalDescriptors;
import org.tiepoint.interop.hloc.HlocGlobalDescriptorsWriter;
import org.tiepoint.match.Matcher;
import org.tiepoint.match.Matches;
import org.tiepoint.retrieval.CosineIndex;
import org.tiepoint.retrieval.GlobalDescriptor;

/**
 * Searches a database for queries: all images by the cosine of a global descriptor, then the first so many of them again
 * by how many local matches agree with one homography (spatial verification, Philbin et al., CVPR 2007; here by
 * MAGSAC). Equal counts keep the order of the global descriptor.
 *
 * <p>Each stage leaves a file in a folder, and does only what is missing there: {@code global.h5} and, for each kind of
 * local features, {@code features.h5} in hloc's layout and a text a query with the inliers of its short list. Not safe
 * for threads.
 */
public final class RetrievalRun {
    private static final String DATABASE = "database/";
    private static final String QUERIES = "queries/";

    private final RetrievalSet set;
    private final Path folder;
    private final Options options;
    private final RetrievalListener listener;

    /**
     * How.
     *
     * @param shortList       images ordered again for each query, at least 1
     * @param thresholdPixels how far a match may be from the homography, above 0
     */
    public record Options(int shortList, double thresholdPixels) {
        public Options {
            if (shortList < 1) {
                throw new IllegalArgumentException("shortList is " + shortList + ": it must be at least 1");
            }
            if (!(thresholdPixels > 0) || Double.isInfinite(thresholdPixels)) {
                throw new IllegalArgumentException("thresholdPixels is " + thresholdPixels + ": it must be above 0");
            }
        }

        /** 100 images, 5 pixels. */
        public static Options defaults() {
            return new Options(100, 5);
        }
    }

    /** @param folder is there, and belongs to this set and these options alone */
    public RetrievalRun(RetrievalSet set, Path folder, Options options, RetrievalListener listener) {
        this.set = set;
        this.folder = folder;
        this.options = options;
        this.listener = listener;
    }

    /** The whole database for each query, most alike first. */
    public List<int[]> global(GlobalDescriptor descriptor) throws IOException {
        Path file = folder.resolve("global.h5");
        try (HlocGlobalDescriptorsWriter writer = HlocGlobalDescriptorsWriter.open(file)) {
            List<String> names = new ArrayList<>(set.database().stream().map(name -> DATABASE + name).toList());
            IntStream.range(0, set.queries().size()).mapToObj(RetrievalRun::queryName).forEach(names::add);
            begin("describe", names.size(), (int) names.stream().filter(writer::contains).count());
            for (String name : names) {
                if (!writer.contains(name)) {
                    writer.write(name, descriptor.describe(image(name)));
                    listener.step();
                }
            }
            writer.finish();
        }
        try (HlocGlobalDescriptors descriptors = HlocGlobalDescriptors.open(file)) {
            Map<String, float[]> database = new LinkedHashMap<>();
            for (String name : set.database()) {
                database.put(name, descriptors.descriptor(DATABASE + name));
            }
            CosineIndex index = new CosineIndex(database);
            List<int[]> rankings = new ArrayList<>();
            for (int i = 0; i < set.queries().size(); i++) {
                rankings.add(index.search(descriptors.descriptor(queryName(i)), set.database().size()).stream()
                        .mapToInt(CosineIndex.Hit::place).toArray());
            }
            return rankings;
        }
    }

    /**
     * The same rankings with their first images ordered by verified matches.
     *
     * @param global    the rankings of {@link #global}
     * @param name      of the features, names a folder
     * @param extractor makes them
     * @param matcher   pairs them
     */
    public List<int[]> reranked(List<int[]> global, String name, Extractor extractor, Matcher matcher)
            throws IOException {
        Path own = Files.createDirectories(folder.resolve(name.replaceAll("[^\\w.+-]", "_")));
        extract(global, own.resolve("features.h5"), extractor);
        List<int[]> rankings = new ArrayList<>();
        begin("match", global.size(), (int) IntStream.range(0, global.size())
                .filter(i -> Files.exists(inlierFile(own, i))).count());
        try (HlocFeatures features = HlocFeatures.open(own.resolve("features.h5"))) {
            for (int i = 0; i < global.size(); i++) {
                int[] candidates = shortList(global.get(i));
                Path file = inlierFile(own, i);
                if (!Files.exists(file)) {
                    write(file, candidates, inliers(features, i, candidates, matcher));
                    listener.step();
                }
                rankings.add(ordered(global.get(i), candidates, read(file, candidates)));
            }
        }
        return rankings;
    }

    private void extract(List<int[]> global, Path file, Extractor extractor) throws IOException {
        Set<String> names = new LinkedHashSet<>();
        for (int i = 0; i < global.size(); i++) {
            names.add(queryName(i));
            for (int place : shortList(global.get(i))) {
                names.add(DATABASE + set.database().get(place));
            }
        }
        try (HlocFeaturesWriter writer = HlocFeaturesWriter.open(file, false)) {
            begin("extract", names.size(), (int) names.stream().filter(writer::contains).count());
            for (String name : names) {
                if (!writer.contains(name)) {
                    Image image = image(name);
                    writer.write(name, extractor.extract(image), new ImageSize(image.width(), image.height()),
                            HlocFeaturesWriter.USUAL_UNCERTAINTY);
                    listener.step();
                }
            }
            writer.finish();
        }
    }

    private int[] inliers(HlocFeatures features, int query, int[] candidates, Matcher matcher) throws IOException {
        RobustEstimator estimator = new RobustEstimator(RobustEstimator.Options.defaults()
                .withThresholdPixels(options.thresholdPixels()));
        Features own = features.features(queryName(query));
        int[] inliers = new int[candidates.length];
        for (int i = 0; i < inliers.length; i++) {
            Features other = features.features(DATABASE + set.database().get(candidates[i]));
            Matches matches = matcher.match(own, other);
            inliers[i] = estimator.homography(PointPairs.of(own.keypoints(), other.keypoints(), matches))
                    .map(TwoViewGeometry::inlierCount).orElse(0);
        }
        return inliers;
    }

    /** The candidates by their inliers, then the rest as it was. */
    static int[] ordered(int[] global, int[] candidates, int[] inliers) {
        List<Integer> order = IntStream.range(0, candidates.length).boxed()
                .sorted(Comparator.comparing(i -> -inliers[i])).toList();
        int[] ranking = global.clone();
        for (int i = 0; i < candidates.length; i++) {
            ranking[i] = candidates[order.get(i)];
        }
        return ranking;
    }

    private int[] shortList(int[] ranking) {
        return IntStream.of(ranking).limit(options.shortList()).toArray();
    }

    private Image image(String name) throws IOException {
        if (name.startsWith(DATABASE)) {
            return ImageReader.read(set.images().resolve(name.substring(DATABASE.length())));
        }
        RetrievalQuery query = set.queries().get(Integer.parseInt(name.substring(QUERIES.length())));
        return QueryCrop.of(ImageReader.read(set.images().resolve(query.image())), query.box());
    }

    private void begin(String stage, int steps, int done) {
        listener.begin(stage, steps, done);
    }

    private static String queryName(int query) {
        return QUERIES + query;
    }

    private static Path inlierFile(Path own, int query) {
        return own.resolve("inliers-" + query + ".txt");
    }

    private void write(Path file, int[] candidates, int[] inliers) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < candidates.length; i++) {
            text.append(set.database().get(candidates[i])).append('\t').append(inliers[i]).append('\n');
        }
        AtomicFile.write(file, out -> out.write(text.toString().getBytes(StandardCharsets.UTF_8)));
    }

    private int[] read(Path file, int[] candidates) throws IOException {
        List<String> lines = Files.readAllLines(file);
        int[] inliers = new int[candidates.length];
        for (int i = 0; i < inliers.length || i < lines.size(); i++) {
            String[] fields = (i < lines.size() ? lines.get(i) : "").split("\t");
            if (i >= inliers.length || fields.length != 2 || !fields[0].equals(set.database().get(candidates[i]))
                    || !fields[1].matches("\\d{1,9}")) {
                throw new DatasetException(file, "line " + (i + 1), "does not belong to this short list: delete the"
                        + " folder to start again, or name another with --out");
            }
            inliers[i] = Integer.parseInt(fields[1]);
        }
        return inliers;
    }
}
