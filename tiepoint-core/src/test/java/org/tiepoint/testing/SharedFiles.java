package org.tiepoint.testing;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The fixtures and the real photos that lie beside a maintainer's checkout. In CI (environment variable CI set) a
 * missing file fails the test; in a user's clone the test says that it was skipped and why.
 */
public final class SharedFiles {
    private SharedFiles() {}

    /** A file of the fixtures folder (property tiepoint.fixtures). */
    public static Path fixture(String name) {
        return require("tiepoint.fixtures", name);
    }

    /** A file or folder of the data folder (property tiepoint.data). */
    public static Path data(String name) {
        return require("tiepoint.data", name);
    }

    private static Path require(String property, String name) {
        Path path = Path.of(System.getProperty(property, "../../shared/" + property.substring(9)), name);
        if (!Files.exists(path)) {
            String message = path + " is not here: point -D" + property + " at the folder that has it";
            if (System.getenv("CI") != null) {
                fail(message);
            }
            abort(message);
        }
        return path;
    }
}
