package org.tiepoint.evaluation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tiepoint.dataset.DatasetException;
import org.tiepoint.geometry.Pose;

/**
 * Pairs of photos with true relative poses: a folder with {@code images/} and {@code pairs_with_gt.txt}, the pairs file
 * of SuperGlue (Sarlin et al., CVPR 2020). One line a pair of 38 columns:
 * {@code name0 name1 rot0 rot1 K0(9) K1(9) T_0to1(16)}, matrices row-major; K and T belong to the photos as they lie in
 * their files, rot0 and rot1 say by how many quarter turns anticlockwise a photo is turned for its features.
 */
final class SuperGluePairs {
    static final String FILE = "pairs_with_gt.txt";
    private static final int COLUMNS = 38;

    private SuperGluePairs() {}

    /**
     * Reads the pairs and finds the photos, without opening them.
     *
     * @throws DatasetException naming the file, line and column
     */
    static EvaluationSet read(Path folder) throws IOException {
        return read(folder, folder.resolve(FILE));
    }

    static EvaluationSet read(Path folder, Path file) throws IOException {
        Path images = folder.resolve("images");
        List<EvaluationPair> pairs = new ArrayList<>();
        for (NumberLine line : NumberLine.readAll(file)) {
            line.requireColumns(COLUMNS, "name0 name1 rot0 rot1 K0(9) K1(9) T_0to1(16)");
            SetImage first = image(line, 0, images, "0");
            SetImage second = image(line, 1, images, "1");
            pairs.add(new EvaluationPair(PairNames.of(pairs.size(), first, second), "", first, second,
                    new PairTruth.RelativePose(intrinsics(line, 4, "K0"), intrinsics(line, 13, "K1"), pose(line))));
        }
        if (pairs.isEmpty()) {
            throw new DatasetException(file, "", "holds no pairs: write the file again");
        }
        return new EvaluationSet(SetNames.of(folder), folder, pairs);
    }

    private static SetImage image(NumberLine line, int which, Path images, String number) throws DatasetException {
        String turns = line.fields().get(2 + which);
        if (!turns.matches("[0-3]")) {
            throw line.error(2 + which, "rot" + number, "it must be 0, 1, 2 or 3 quarter turns");
        }
        String name = line.fields().get(which);
        return new SetImage(PairNames.photo(line, which, images, name, "name" + number), name,
                Integer.parseInt(turns));
    }

    private static Intrinsics intrinsics(NumberLine line, int start, String name) throws DatasetException {
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
        return new Intrinsics(k[0], k[4], k[2], k[5]);
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
