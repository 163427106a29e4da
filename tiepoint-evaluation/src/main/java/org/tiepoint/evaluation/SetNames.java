package org.tiepoint.evaluation;

import java.nio.file.Path;

/** What a set is called. */
public final class SetNames {
    private SetNames() {}

    /** The folder's own name. */
    public static String of(Path folder) {
        Path name = folder.toAbsolutePath().normalize().getFileName();
        return name == null ? "root" : name.toString();
    }
}
