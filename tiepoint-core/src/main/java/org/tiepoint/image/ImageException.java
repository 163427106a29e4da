package org.tiepoint.image;

import java.io.IOException;
import java.nio.file.Path;

/** An image file that cannot be read or written: one line that names the file, what is wrong and the remedy. */
public class ImageException extends IOException {
    private static final long serialVersionUID = 1;

    public ImageException(Path file, String problem) {
        super(file + ": " + problem);
    }

    public ImageException(Path file, String problem, Throwable cause) {
        super(file + ": " + problem, cause);
    }
}
