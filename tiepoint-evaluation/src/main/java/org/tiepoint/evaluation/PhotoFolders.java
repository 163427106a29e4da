package org.tiepoint.evaluation;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Finds photos that lists name by a relative path, in the first of several folders that has them.
 *
 * @param roots at least one
 */
record PhotoFolders(List<Path> roots) {
    PhotoFolders {
        roots = List.copyOf(roots);
    }

    static PhotoFolders of(Path... roots) {
        return new PhotoFolders(List.of(roots));
    }

    /** The file; empty where no folder has it, or no file can have such a name. */
    Optional<Path> find(String name) {
        try {
            for (Path root : roots) {
                Path file = root.resolve(name);
                if (Files.isRegularFile(file)) {
                    return Optional.of(file);
                }
            }
        } catch (InvalidPathException e) {
            // no file has such a name
        }
        return Optional.empty();
    }

    /** For messages. */
    @Override
    public String toString() {
        return roots.get(0).toString();
    }
}
