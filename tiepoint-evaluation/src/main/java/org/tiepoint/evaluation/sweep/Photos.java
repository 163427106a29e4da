package org.tiepoint.evaluation.sweep;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.tiepoint.dataset.DatasetException;
import org.tiepoint.image.Image;
import org.tiepoint.image.ImageReader;
import org.tiepoint.image.ImageResizer;

/**
 * Photos of a folder and the folders in it.
 *
 * @param folder where they are
 * @param names  paths below the folder with slashes, in alphabetical order
 */
public record Photos(Path folder, List<String> names) {
    /** A photo's shorter side has at least so many pixels. */
    public static final int SMALLEST_SIDE = 64;

    private static final Set<String> ENDINGS = Set.of("png", "jpg", "jpeg", "ppm", "pgm", "pbm", "tif", "tiff", "webp");

    public Photos {
        names = List.copyOf(names);
    }

    /**
     * Finds the photos without opening them: files whose names end as images' do, hidden ones left out.
     *
     * @throws DatasetException where there is none
     */
    public static Photos in(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new DatasetException(folder, "", "is no folder: give one that holds photos");
        }
        List<String> names;
        try (Stream<Path> files = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            names = files.filter(file -> ENDINGS.contains(ending(file)) && Files.isRegularFile(file))
                    .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .filter(name -> !("/" + name).contains("/.")).sorted().toList();
        }
        if (names.isEmpty()) {
            throw new DatasetException(folder, "", "holds no photos: give a folder with JPEG, PNG, TIFF, WebP or PNM"
                    + " files");
        }
        return new Photos(folder, names);
    }

    /** At most so many of them, chosen by the seed; the same folder and seed give the same. */
    public Photos choose(int most, long seed) {
        List<String> shuffled = new ArrayList<>(names);
        Collections.shuffle(shuffled, new Random(seed));
        return new Photos(folder, shuffled.stream().limit(most).sorted(Comparator.naturalOrder()).toList());
    }

    /**
     * Reads a photo upright, made smaller where its longer side is above the limit.
     *
     * @throws IOException naming the file, also where it is too small
     */
    Image read(String name, int longestSide) throws IOException {
        Path file = folder.resolve(name);
        Image photo = ImageReader.read(file);
        double scale = Math.min(1, (double) longestSide / Math.max(photo.width(), photo.height()));
        int width = Math.max(1, (int) Math.round(photo.width() * scale));
        int height = Math.max(1, (int) Math.round(photo.height() * scale));
        if (Math.min(width, height) < SMALLEST_SIDE) {
            throw new DatasetException(file, "", "is measured at " + width + "x" + height + " pixels and needs at least"
                    + " " + SMALLEST_SIDE + " on the shorter side: take it out of the folder");
        }
        return ImageResizer.resize(photo, width, height);
    }

    /** Size of a photo's file. */
    long bytes(String name) throws IOException {
        return Files.size(folder.resolve(name));
    }

    private static String ending(Path file) {
        String name = file.getFileName().toString();
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }
}
