package org.tiepoint.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A folder of images, told by their endings, in subfolders too.
 *
 * @param folder the folder
 * @param names  of the images, sorted; relative to the folder, with forward slashes
 */
public record ImageFolder(Path folder, List<String> names) {
    private static final Set<String> ENDINGS = Set.of("jpg", "jpeg", "png", "tif", "tiff", "webp", "pbm", "pgm",
            "ppm");

    public ImageFolder {
        names = List.copyOf(names);
    }

    /**
     * Lists a folder; hidden files and folders are passed over.
     *
     * @throws DatasetException when it is none, or holds no images
     */
    public static ImageFolder list(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new DatasetException(folder, "", Files.exists(folder)
                    ? "is no folder: name the folder around the images" : "no such folder: check the path");
        }
        List<String> names;
        try (Stream<Path> all = Files.walk(folder)) {
            names = all.filter(file -> ENDINGS.contains(ending(file)) && Files.isRegularFile(file))
                    .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .filter(name -> !name.startsWith(".") && !name.contains("/.")).sorted().toList();
        }
        if (names.isEmpty()) {
            throw new DatasetException(folder, "", "no images in this folder: files named .jpg, .png, .tif, .webp,"
                    + " .ppm, .pgm or .pbm are looked for, in subfolders too");
        }
        return new ImageFolder(folder, names);
    }

    /** At most so many of the images, at least 1, evenly over the list. */
    public List<Path> evenly(int most) {
        return EvenSelection.of(names, most).stream().map(this::file).toList();
    }

    /** Where an image lies. */
    public Path file(String name) {
        return folder.resolve(name);
    }

    private static String ending(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
