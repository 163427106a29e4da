package org.tiepoint.evaluation.sweep;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import org.tiepoint.file.AtomicFile;

/**
 * Outcomes that are measured already: {@code outcomes/CANDIDATE-CHECKSUM/KIND/PHOTO.json}. Each file says what it
 * follows from; one that follows from something else, or is damaged, counts as not there. Safe for use by several
 * threads.
 */
final class OutcomeFolder {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Path folder;

    /**
     * A file.
     *
     * @param settings   what the outcomes follow from
     * @param photoBytes size of the photo's file
     * @param outcomes   one a level
     */
    private record Content(Map<String, String> settings, long photoBytes, List<SweepOutcome> outcomes) {}

    /** @param out made where there is none */
    OutcomeFolder(Path out) {
        folder = out.resolve("outcomes");
    }

    /** What was measured before with these settings. */
    Optional<List<SweepOutcome>> read(String candidate, Map<String, String> settings, SweepKind kind, String photo,
            long photoBytes) throws IOException {
        Path file = file(candidate, settings, kind, photo);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            Content content = MAPPER.readValue(Files.readAllBytes(file), Content.class);
            List<Double> levels = content.outcomes().stream().map(SweepOutcome::level).toList();
            boolean same = settings.equals(content.settings()) && photoBytes == content.photoBytes()
                    && levels.equals(kind.levels());
            return same ? Optional.of(content.outcomes()) : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    void write(String candidate, Map<String, String> settings, SweepKind kind, String photo, long photoBytes,
            List<SweepOutcome> outcomes) throws IOException {
        Path file = file(candidate, settings, kind, photo);
        Files.createDirectories(file.getParent());
        byte[] json = MAPPER.writeValueAsBytes(new Content(settings, photoBytes, outcomes));
        AtomicFile.write(file, out -> out.write(json));
    }

    private Path file(String candidate, Map<String, String> settings, SweepKind kind, String photo) {
        return folder.resolve(name(candidate, settings.toString())).resolve(kind.toString())
                .resolve(name(photo, photo) + ".json");
    }

    /** A name that every system takes, kept apart from others by a checksum. */
    private static String name(String text, String distinguished) {
        CRC32 sum = new CRC32();
        sum.update(distinguished.getBytes(StandardCharsets.UTF_8));
        String plain = text.replaceAll("[^A-Za-z0-9._=,+-]", "_").replaceFirst("^\\.", "_");
        return plain.substring(0, Math.min(60, plain.length())) + String.format(Locale.ROOT, "-%08x", sum.getValue());
    }
}
