package org.tiepoint.evaluation;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.tiepoint.dataset.DatasetException;

/** The photos that pair lists name, and names for their pairs. */
final class PairNames {
    private PairNames() {}

    /** A name that is unique by the pair's number, from 0, and says which photos it is. */
    static String of(int number, SetImage first, SetImage second) {
        return number + "-" + stem(first.name()) + "-" + stem(second.name());
    }

    /**
     * The file of a photo.
     *
     * @param column where the line has its name, from 0
     * @throws DatasetException where there is none
     */
    static Path photo(NumberLine line, int column, Path images, String name, String field) throws DatasetException {
        try {
            Path image = images.resolve(name);
            if (Files.isRegularFile(image)) {
                return image;
            }
        } catch (InvalidPathException e) {
            // no file has such a name
        }
        throw line.error(column, field, "there is no such photo in " + images + "; put it there or remove the line");
    }

    private static String stem(String name) {
        String last = name.substring(name.lastIndexOf('/') + 1);
        int dot = last.lastIndexOf('.');
        return dot <= 0 ? last : last.substring(0, dot);
    }
}
