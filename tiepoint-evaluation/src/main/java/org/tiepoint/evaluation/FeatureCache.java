package org.tiepoint.evaluation;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tiepoint.feature.Features;
import org.tiepoint.image.ImageSize;
import org.tiepoint.interop.numpy.CapsFeatureFile;

/**
 * Features of a set's images, each made once: kept until the last pair that needs them, in memory up to a limit and in
 * files beyond it. Not thread-safe.
 */
final class FeatureCache implements AutoCloseable {
    private static final String PREFIX = ".features-";

    private final FeatureProvider provider;
    private final Path folder;
    private final long maxBytes;
    private final Map<SetImage, Integer> uses = new HashMap<>();
    private final Map<SetImage, Made> made = new HashMap<>();
    /** In the order of their last use. */
    private final Map<SetImage, Features> inMemory = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    /**
     * Features and what they took.
     *
     * @param seconds for the image, reading it included
     */
    record TimedFeatures(Features features, ImageSize size, double seconds) {}

    private record Made(int number, ImageSize size, double seconds) {}

    /**
     * @param out      files go into a folder in this one, which is removed on closing
     * @param maxBytes descriptors and key points in memory
     * @param pairs    those that will be asked for
     */
    FeatureCache(FeatureProvider provider, Path out, long maxBytes, List<EvaluationPair> pairs) throws IOException {
        this.provider = provider;
        this.maxBytes = maxBytes;
        removeLeftovers(out);
        folder = out.resolve(PREFIX + ProcessHandle.current().pid());
        pairs.forEach(pair -> {
            uses.merge(pair.first(), 1, Integer::sum);
            uses.merge(pair.second(), 1, Integer::sum);
        });
    }

    /** Memory for features: a quarter of the heap, at most 1 GiB. */
    static long defaultBytes() {
        return Math.min(1L << 30, Runtime.getRuntime().maxMemory() / 4);
    }

    TimedFeatures get(SetImage image) throws IOException {
        Made known = made.get(image);
        if (known == null) {
            long start = System.nanoTime();
            SizedFeatures fresh = provider.features(image);
            known = new Made(made.size(), fresh.size(), (System.nanoTime() - start) / 1e9);
            made.put(image, known);
            keep(image, fresh.features());
            return new TimedFeatures(fresh.features(), known.size, known.seconds);
        }
        Features features = inMemory.get(image);
        if (features == null) {
            features = CapsFeatureFile.read(file(known));
            keep(image, features);
        }
        return new TimedFeatures(features, known.size, known.seconds);
    }

    /** Says that a pair is done. */
    void release(EvaluationPair pair) throws IOException {
        for (SetImage image : List.of(pair.first(), pair.second())) {
            if (uses.merge(image, -1, Integer::sum) == 0) {
                Features features = inMemory.remove(image);
                bytes -= features == null ? 0 : size(features);
                Files.deleteIfExists(file(made.get(image)));
            }
        }
    }

    private void keep(SetImage image, Features features) throws IOException {
        inMemory.put(image, features);
        bytes += size(features);
        List<SetImage> oldestFirst = new ArrayList<>(inMemory.keySet());
        for (int i = 0; bytes > maxBytes && i < oldestFirst.size() - 2; i++) {
            Features oldest = inMemory.remove(oldestFirst.get(i));
            bytes -= size(oldest);
            Path file = file(made.get(oldestFirst.get(i)));
            if (!Files.exists(file)) {
                Files.createDirectories(folder);
                CapsFeatureFile.write(file, oldest);
            }
        }
    }

    private Path file(Made image) {
        return folder.resolve(image.number + ".npz");
    }

    private static long size(Features features) {
        return 4L * features.descriptors().length + 20L * features.keypoints().count();
    }

    private static void removeLeftovers(Path out) throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(out, PREFIX + "*")) {
            for (Path left : folders) {
                String pid = left.getFileName().toString().substring(PREFIX.length());
                if (pid.matches("\\d{1,18}") && ProcessHandle.of(Long.parseLong(pid)).isEmpty()) {
                    remove(left);
                }
            }
        }
    }

    private static void remove(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
                for (Path file : files) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        }
    }

    @Override
    public void close() throws IOException {
        remove(folder);
    }
}
