package org.tiepoint.evaluation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.tiepoint.dataset.DatasetException;
import org.tiepoint.geometry.Pose;

/**
 * Pairs of photos with true relative poses: a folder with {@code images/} and {@code pairs_with_gt.txt}, the pairs file
 * of SuperGlue (Sarlin et al., CVPR 2020). One line a pair of 38 columns:
 * {@code name0 name1 rot0 rot1 K0(9) K1(9) T_0to1(16)}, matrices row-major. rot0 and rot1, quarter turns of the photos,
 * must be 0.
 *
 * @param name  folder name
 * @param pairs in the order of the file
 */
public record PoseSet(String name, List<PosePair> pairs) {
    private static final String PAIRS = "pairs_with_gt.txt";
    private static final int COLUMNS = 38;

    public PoseSet {
        pairs = List.copyOf(pairs);
    }

    /**
     * Reads the pairs and finds the photos, without opening them.
     *
     * @throws DatasetException naming the file, line and column
     */
    public static PoseSet read(Path folder) throws IOException {
        Path file = folder.resolve(PAIRS);
        if (!Files.isRegularFile(file)) {
            throw new DatasetException(folder, "", "holds no " + PAIRS + ": give the folder that holds it and images/");
        }
        List<PosePair> pairs = new ArrayList<>();
        for (NumberLine line : NumberLine.readAll(file)) {
            line.requireColumns(COLUMNS, "name0 name1 rot0 rot1 K0(9) K1(9) T_0to1(16)");
            requireUpright(line, 2, "rot0");
            requireUpright(line, 3, "rot1");
            Path images = folder.resolve("images");
            pairs.add(new PosePair(image(line, 0, images, "name0"), image(line, 1, images, "name1"),
                    intrinsics(line, 4, "K0"), intrinsics(line, 13, "K1"), pose(line)));
        }
        if (pairs.isEmpty()) {
            throw new DatasetException(file, "", "holds no pairs: write the file again");
        }
        return new PoseSet(folder.toAbsolutePath().normalize().getFileName().toString(), pairs);
    }

    /** The set in a folder, or the sets in its folders by name. */
    public static List<PoseSet> readAll(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new DatasetException(folder, "", "is no folder: give one with " + PAIRS + " and images/, or a folder"
                    + " of such folders");
        }
        if (Files.exists(folder.resolve(PAIRS))) {
            return List.of(read(folder));
        }
        List<Path> folders;
        try (Stream<Path> files = Files.list(folder)) {
            folders = files.filter(f -> Files.exists(f.resolve(PAIRS))).sorted().toList();
        }
        if (folders.isEmpty()) {
            throw new DatasetException(folder, "", "holds no " + PAIRS + ", nor does a folder in it: give one with "
                    + PAIRS + " and images/");
        }
        List<PoseSet> sets = new ArrayList<>();
        for (Path set : folders) {
            sets.add(read(set));
        }
        return sets;
    }

    private static void requireUpright(NumberLine line, int column, String name) throws DatasetException {
        if (line.numbers(column, 1, name)[0] != 0) {
            throw line.error(column, name, "it must be 0; store the photo upright, with its intrinsics");
        }
    }

    private static Path image(NumberLine line, int column, Path images, String name) throws DatasetException {
        try {
            Path image = images.resolve(line.fields().get(column));
            if (Files.isRegularFile(image)) {
                return image;
            }
        } catch (InvalidPathException e) {
            // no file has such a name
        }
        throw line.error(column, name, "there is no such photo in " + images + "; put it there or remove the line");
    }

    private static double[] intrinsics(NumberLine line, int start, String name) throws DatasetException {
        double[] k = line.numbers(start, 9, name);
        double[] fixed = {Double.NaN, 0, Double.NaN, 0, Double.NaN, Double.NaN, 0, 0, 1};
        for (int i = 0; i < 9; i++) {
            if (!Double.isNaN(fixed[i]) && k[i] != fixed[i]) {
                throw line.error(start + i, name + "[" + i + "]", "it must be " + (int) fixed[i]
                        + " in a camera matrix fx 0 cx 0 fy cy 0 0 1");
            }
        }
        for (int i = 0; i <= 4; i += 4) {
            if (k[i] <= 0) {
                throw line.error(start + i, name + "[" + i + "]", "a focal length must be above 0 pixels");
            }
        }
        return new double[] {k[0], k[4], k[2], k[5]};
    }

    private static Pose pose(NumberLine line) throws DatasetException {
        int start = 22;
        double[] t = line.numbers(start, 16, "T_0to1");
        for (int i = 12; i < 16; i++) {
            if (t[i] != (i == 15 ? 1 : 0)) {
                throw line.error(start + i, "T_0to1[" + i + "]", "the last row must be 0 0 0 1");
            }
        }
        try {
            return new Pose(new double[] {t[0], t[1], t[2], t[4], t[5], t[6], t[8], t[9], t[10]},
                    new double[] {t[3], t[7], t[11]});
        } catch (IllegalArgumentException e) {
            throw new DatasetException(line.file(), "line " + line.line() + ", columns " + (start + 1) + " to "
                    + (start + 16), "T_0to1 is " + Arrays.toString(t) + ": " + e.getMessage());
        }
    }
}
