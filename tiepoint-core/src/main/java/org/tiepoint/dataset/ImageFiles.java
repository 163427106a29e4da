package org.tiepoint.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.tiepoint.image.Image;
import org.tiepoint.image.ImageSize;

/** Finds the photos that pose files name. */
final class ImageFiles {
    /** Endings tried for names without one, and accepted in folders of photos. */
    static final List<String> ENDINGS = List.of("png", "jpg", "jpeg", "ppm", "pgm", "tif", "tiff", "webp");

    private ImageFiles() {}

    /** Checks that every photo is there. */
    static void requirePresent(Path listing, List<PosedImage> images) throws DatasetException {
        int missing = 0;
        PosedImage first = null;
        for (PosedImage image : images) {
            if (!Files.isRegularFile(image.file())) {
                missing++;
                first = first == null ? image : first;
            }
        }
        if (first != null) {
            throw new DatasetException(listing, "image " + first.name(), missing + " of " + images.size()
                    + " images are missing, the first is " + first.file()
                    + ": put the photos there or take them out of the list");
        }
    }

    /** The photos in a folder, sorted by name. */
    static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> ENDINGS.contains(ending(file))).sorted().toList();
        }
    }

    /** The size as it lies in the file (EXIF orientation is not applied), from the header alone. */
    static ImageSize size(Path file) throws IOException {
        try (ImageInputStream stream = ImageIO.createImageInputStream(file.toFile())) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
            if (readers.hasNext()) {
                ImageReader reader = readers.next();
                try {
                    reader.setInput(stream, true, true);
                    return new ImageSize(reader.getWidth(0), reader.getHeight(0));
                } catch (IOException | RuntimeException e) {
                    throw new DatasetException(file, "", "its image header cannot be read (" + e.getMessage()
                            + "): replace the file");
                } finally {
                    reader.dispose();
                }
            }
        }
        // WebP and PNM
        Image image = org.tiepoint.image.ImageReader.readStored(file);
        return new ImageSize(image.width(), image.height());
    }

    /** Collects the image names that occur, to refuse one that comes twice. */
    static void requireNew(Set<String> names, String name, TextRecord record) throws DatasetException {
        if (!names.add(name)) {
            throw record.error("image " + TextRecord.quoted(name) + " is listed a second time: remove one of the lines");
        }
    }

    /** Refuses an image that is among those of the lines before. */
    static void requireNew(Set<String> before, TextRecord record, String name) throws DatasetException {
        if (before.contains(name)) {
            requireNew(new HashSet<>(before), name, record);
        }
    }

    /** Files of a folder whose names match, sorted. */
    static List<Path> matching(Path folder, String regex) throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> file.getFileName().toString().matches(regex)).sorted().forEach(found::add);
        }
        return found;
    }

    private static String ending(Path file) {
        String name = file.getFileName().toString();
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }
}
