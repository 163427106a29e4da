package org.tiepoint.image;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The file formats that are read, told apart by their first bytes, never by the file's name. */
enum ImageFormat {
    JPEG("JPEG"),
    PNG("PNG"),
    PNM("PNM"),
    TIFF("TIFF"),
    WEBP("WebP");

    private final String label;

    ImageFormat(String label) {
        this.label = label;
    }

    /** The name for messages. */
    String label() {
        return label;
    }

    /** The format of a file with these first bytes; empty for none of them. */
    static Optional<ImageFormat> of(byte[] data) {
        String start = new String(data, 0, Math.min(12, data.length), StandardCharsets.ISO_8859_1);
        if (start.startsWith("\u00ff\u00d8\u00ff")) {
            return Optional.of(JPEG);
        }
        if (start.startsWith("\u0089PNG\r\n\u001a\n")) {
            return Optional.of(PNG);
        }
        if (start.matches("(?s)P[1-6][ \t\r\n#].*")) {
            return Optional.of(PNM);
        }
        if (start.startsWith("II*\0") || start.startsWith("MM\0*")) {
            return Optional.of(TIFF);
        }
        if (start.matches("(?s)RIFF....WEBP")) {
            return Optional.of(WEBP);
        }
        return Optional.empty();
    }
}
