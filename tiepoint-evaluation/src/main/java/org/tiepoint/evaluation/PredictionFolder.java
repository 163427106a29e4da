package org.tiepoint.evaluation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import org.tiepoint.dataset.DatasetException;
import org.tiepoint.file.AtomicFile;

/**
 * The predictions of a candidate on a set: {@code predictions/CANDIDATE/SET/} with a file a pair, and
 * {@code settings.json} with what they follow from.
 */
final class PredictionFolder {
    private static final String SETTINGS = "settings.json";

    private final Path folder;
    private final EvaluationSet set;

    private PredictionFolder(Path folder, EvaluationSet set) {
        this.folder = folder;
        this.set = set;
    }

    /**
     * Makes the folder, or checks that what is there was made with the same settings on the same images.
     *
     * @throws DatasetException where it was not
     */
    static PredictionFolder open(Path out, Candidate candidate, EvaluationSet set) throws IOException {
        Path folder = out.resolve("predictions").resolve(fileName(candidate.name())).resolve(fileName(set.name()));
        Files.createDirectories(folder);
        Map<String, String> settings = new LinkedHashMap<>(candidate.settings());
        settings.put("set", set.name());
        settings.put("pairs", Integer.toString(set.pairs().size()));
        settings.put("images", fingerprint(set));
        Path file = folder.resolve(SETTINGS);
        ObjectMapper mapper = new ObjectMapper();
        if (Files.exists(file)) {
            requireSame(file, read(file, mapper), settings);
        } else {
            byte[] json = mapper.writerWithDefaultPrettyPrinter().writeValueAsBytes(settings);
            AtomicFile.write(file, stream -> stream.write(json));
        }
        return new PredictionFolder(folder, set);
    }

    /** Where the files lie. */
    Path path() {
        return folder;
    }

    /** The file of a pair, by its number from 0. */
    Path file(int pair) {
        return folder.resolve(String.format(Locale.ROOT, "%05d-%s.npz", pair, fileName(set.pairs().get(pair).name())));
    }

    private static Map<String, String> read(Path file, ObjectMapper mapper) throws IOException {
        try {
            return mapper.readValue(Files.readAllBytes(file), new TypeReference<LinkedHashMap<String, String>>() {});
        } catch (JsonProcessingException e) {
            throw new DatasetException(file, "", "is no JSON object of texts; remove the folder " + file.getParent()
                    + ", and its predictions are made again");
        }
    }

    private static void requireSame(Path file, Map<String, String> made, Map<String, String> wanted)
            throws DatasetException {
        Set<String> keys = new LinkedHashSet<>(wanted.keySet());
        keys.addAll(made.keySet());
        for (String key : keys) {
            String was = made.getOrDefault(key, "not given");
            String is = wanted.getOrDefault(key, "not given");
            if (!was.equals(is)) {
                throw new DatasetException(file, key, "the predictions in this folder were made with '" + was
                        + "', now it is '" + is + "': give another --out, or remove the folder " + file.getParent());
            }
        }
    }

    /** Changes with the names, the order, the turns and the sizes in bytes of the images. */
    private static String fingerprint(EvaluationSet set) throws IOException {
        Map<Path, Long> sizes = new LinkedHashMap<>();
        CRC32 sum = new CRC32();
        for (EvaluationPair pair : set.pairs()) {
            for (SetImage image : new SetImage[] {pair.first(), pair.second()}) {
                Long bytes = sizes.get(image.file());
                if (bytes == null) {
                    bytes = Files.size(image.file());
                    sizes.put(image.file(), bytes);
                }
                sum.update((image.name() + " " + image.quarterTurns() + " " + bytes + "\n")
                        .getBytes(StandardCharsets.UTF_8));
            }
        }
        return String.format(Locale.ROOT, "%d files, %08x", sizes.size(), sum.getValue());
    }

    /** A name as a file name that every system takes; names that had to be changed keep apart by a checksum. */
    static String fileName(String name) {
        String plain = name.replaceAll("[^A-Za-z0-9._=,+-]", "_").replaceFirst("^\\.", "_");
        String cut = plain.length() <= 80 ? plain : plain.substring(0, 80);
        if (cut.equals(name)) {
            return name;
        }
        CRC32 sum = new CRC32();
        sum.update(name.getBytes(StandardCharsets.UTF_8));
        return cut + "-" + String.format(Locale.ROOT, "%08x", sum.getValue());
    }
}
