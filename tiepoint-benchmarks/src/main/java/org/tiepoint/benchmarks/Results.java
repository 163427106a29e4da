package org.tiepoint.benchmarks;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.tiepoint.file.AtomicFile;

/**
 * What one group of benchmarks measured: a file that the table is made from.
 *
 * @param group   its name
 * @param machine and versions, as {@link Environment#text()} has them
 * @param rows    in their order
 * @param leftOut what was not measured, and why
 */
public record Results(String group, String machine, List<Row> rows, List<String> leftOut) {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    public Results {
        rows = List.copyOf(rows);
        leftOut = List.copyOf(leftOut);
    }

    /** Writes GROUP.json into a folder, over an older one. */
    void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        byte[] json = MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(this);
        AtomicFile.write(file(folder, group), out -> out.write(json));
    }

    /**
     * What is in a folder, in the order of the groups.
     *
     * @throws IOException when a file is damaged or there is none
     */
    static List<Results> readAll(Path folder) throws IOException {
        List<Results> all = new ArrayList<>();
        for (Group group : Group.values()) {
            Path file = file(folder, group.word());
            if (Files.exists(file)) {
                try {
                    all.add(MAPPER.readValue(file.toFile(), Results.class));
                } catch (JacksonException e) {
                    throw new IOException(file + ": is damaged (" + e.getOriginalMessage() + "): measure it again", e);
                }
            }
        }
        if (all.isEmpty()) {
            throw new IOException(folder + ": has no results: run 'measure' first, or name another folder with"
                    + " --results");
        }
        return all;
    }

    private static Path file(Path folder, String group) {
        return folder.resolve(group + ".json");
    }
}
