package org.tiepoint.evaluation.reconstruction;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.tiepoint.dataset.ColmapModel;
import org.tiepoint.dataset.DatasetException;
import org.tiepoint.dataset.ImageFolder;
import org.tiepoint.dataset.pairs.NamePair;
import org.tiepoint.evaluation.reconstruction.ReconstructionResult.ModelNumbers;
import org.tiepoint.feature.Keypoints;
import org.tiepoint.file.AtomicFile;
import org.tiepoint.interop.colmap.ColmapDatabase;
import org.tiepoint.interop.colmap.DatabaseImage;

/**
 * Has COLMAP's incremental mapper reconstruct the same photos from several kinds of features over the same pairs. Each has
 * its folder with the database, the models and the log of every command; {@code result.json} in it holds the numbers, and
 * a later run takes them from there. A run that failed is a result with its reason, and is tried again by the next run.
 */
public final class ReconstructionProtocol {
    private static final String RESULT = "result.json";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final ColmapProgram program;
    private final ImageFolder images;
    private final List<NamePair> pairs;
    private final Path out;

    /** A result with what it follows from. */
    private record Kept(String settings, ReconstructionResult result) {}

    /** @param out folder for the folders of the features */
    public ReconstructionProtocol(ColmapProgram program, ImageFolder images, List<NamePair> pairs, Path out) {
        this.program = program;
        this.images = images;
        this.pairs = pairs;
        this.out = out;
    }

    /**
     * Reconstructs from one kind of features.
     *
     * @throws IOException when the folder cannot be written; what fails within the reconstruction is a result
     */
    public ReconstructionResult run(FeatureSide side) throws IOException {
        Path folder = out.resolve(side.name().replaceAll("[^\\w.+-]+", "-"));
        Path kept = folder.resolve(RESULT);
        String settings = side.settings() + "; " + images.names().size() + " images, " + pairs.size() + " pairs "
                + Integer.toHexString(pairs.hashCode());
        if (Files.exists(kept)) {
            Kept there = read(kept);
            if (there.settings().equals(settings) && there.result().succeeded()) {
                return there.result();
            }
        }
        deleteAll(folder);
        Files.createDirectories(folder);
        ReconstructionResult result = reconstruct(side, folder);
        byte[] json = MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(new Kept(settings, result));
        AtomicFile.write(kept, stream -> stream.write(json));
        return result;
    }

    private ReconstructionResult reconstruct(FeatureSide side, Path folder) {
        Path database = folder.resolve("database.db");
        Path log = folder.resolve("colmap.log");
        CpuMinutes extracting = CpuMinutes.NONE;
        CpuMinutes matching = CpuMinutes.NONE;
        CpuMinutes mapping = CpuMinutes.NONE;
        int count = images.names().size();
        try {
            extracting = side.extract(images, database, log);
            matching = side.match(images, pairs, database, log);
            Path sparse = Files.createDirectories(folder.resolve("sparse"));
            mapping = program.run(log, "mapper", "--database_path", database.toString(), "--image_path",
                    images.folder().toString(), "--output_path", sparse.toString());
            return result(side.name(), database, sparse, new CpuMinutes[] {extracting, matching, mapping});
        } catch (IOException | IllegalArgumentException | IllegalStateException e) {
            String reason = e.getMessage() == null ? e.toString() : e.getMessage().replaceAll("\\s*\\R\\s*", " ");
            return ReconstructionResult.failed(side.name(), reason, count, extracting, matching, mapping);
        }
    }

    private ReconstructionResult result(String name, Path database, Path sparse, CpuMinutes[] minutes)
            throws IOException {
        List<ModelNumbers> models;
        try (Stream<Path> folders = Files.list(sparse)) {
            models = folders.filter(Files::isDirectory).map(ReconstructionProtocol::numbers)
                    .sorted(Comparator.comparingInt(ModelNumbers::registered).reversed()).toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        int count = images.names().size();
        if (models.isEmpty()) {
            return ReconstructionResult.failed(name, "COLMAP made no model of these matches", count, minutes[0],
                    minutes[1], minutes[2]);
        }
        ModelNumbers best = models.get(0);
        double keypoints = 0;
        int verified = 0;
        long inliers = 0;
        try (ColmapDatabase opened = ColmapDatabase.openToRead(database)) {
            List<DatabaseImage> stored = opened.images();
            Map<String, Integer> ids = new HashMap<>();
            for (DatabaseImage image : stored) {
                ids.put(image.name(), image.id());
                keypoints += opened.keypoints(image.id()).map(Keypoints::count).orElse(0) / (double) stored.size();
            }
            Set<NamePair> seen = new HashSet<>();
            for (NamePair pair : pairs) {
                Integer first = ids.get(pair.first());
                Integer second = ids.get(pair.second());
                int agreeing = first == null || second == null || !seen.add(pair) ? 0
                        : opened.verifiedPair(first, second).map(found -> found.inlierCount()).orElse(0);
                verified += agreeing > 0 ? 1 : 0;
                inliers += agreeing;
            }
        }
        return new ReconstructionResult(name, "", count, keypoints, verified, inliers, best.registered(),
                best.points(), best.trackLength(), best.error(), models.size(), minutes[0], minutes[1], minutes[2]);
    }

    private static ModelNumbers numbers(Path model) {
        try {
            return ModelNumbers.of(ColmapModel.read(model));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Kept read(Path file) throws IOException {
        try {
            return MAPPER.readValue(file.toFile(), Kept.class);
        } catch (JacksonException e) {
            throw new DatasetException(file, "", "is damaged (" + e.getOriginalMessage()
                    + "): delete it, to reconstruct again");
        }
    }

    private static void deleteAll(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> all;
        try (Stream<Path> files = Files.walk(folder)) {
            all = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.delete(path);
        }
    }
}
