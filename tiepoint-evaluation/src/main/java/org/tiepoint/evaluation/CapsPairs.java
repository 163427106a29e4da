package org.tiepoint.evaluation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tiepoint.dataset.DatasetException;
import org.tiepoint.geometry.Pose;
import org.tiepoint.image.ImageSize;

/**
 * The test pairs of CAPS (Wang et al., ECCV 2020; test/eval_pose_megadepth.py): a folder with {@code img_cam.txt},
 * a line a photo of 20 columns {@code scene name w h fx fy cx cy R(9) t(3)}, world to camera, and {@code pairs.txt}, lines
 * {@code scene name1 name2}. The photos are {@code images/SCENE/NAME}, {@code SCENE/dense/aligned/images/NAME} or
 * {@code SCENE/NAME} in the folder or in the one above it, where CAPS's easy, moderate and hard lists lie side by side.
 * Lists without scenes (19 and 2 columns), as CAPS's training scenes have them, take {@code images/NAME}.
 */
final class CapsPairs {
    static final String CAMERAS = "img_cam.txt";
    static final String PAIRS = "pairs.txt";
    private static final String REMEDY = "; add it, or remove the line";

    private record Photo(SetImage image, Intrinsics intrinsics, Pose pose) {}

    private CapsPairs() {}

    /**
     * Reads cameras and pairs and finds the photos, without opening them.
     *
     * @throws DatasetException naming the file, line and column
     */
    static EvaluationSet read(Path folder) throws IOException {
        return read(folder, folder.resolve(CAMERAS), folder.resolve(PAIRS));
    }

    static EvaluationSet read(Path folder, Path cameraFile, Path pairFile) throws IOException {
        Map<String, Photo> photos = new HashMap<>();
        for (NumberLine line : NumberLine.readAll(cameraFile)) {
            int scene = line.fields().size() == 19 ? 0 : 1;
            line.requireColumns(19 + scene, "[scene] name w h fx fy cx cy R(9) t(3)");
            String name = scene == 0 ? line.fields().get(0) : line.fields().get(0) + "/" + line.fields().get(1);
            if (photos.put(name, photo(line, folder, name, scene)) != null) {
                throw line.error(scene, "name", "it stands in an earlier line, too; remove one");
            }
        }
        List<EvaluationPair> pairs = new ArrayList<>();
        for (NumberLine line : NumberLine.readAll(pairFile)) {
            int scene = line.fields().size() == 2 ? 0 : 1;
            line.requireColumns(2 + scene, "[scene] name1 name2");
            String prefix = scene == 0 ? "" : line.fields().get(0) + "/";
            Photo first = find(line, photos, prefix, scene);
            Photo second = find(line, photos, prefix, scene + 1);
            pairs.add(new EvaluationPair(PairNames.of(pairs.size(), first.image, second.image),
                    scene == 0 ? "" : line.fields().get(0), first.image, second.image,
                    new PairTruth.RelativePose(first.intrinsics, second.intrinsics, first.pose.to(second.pose))));
        }
        if (pairs.isEmpty()) {
            throw new DatasetException(pairFile, "", "holds no pairs: write the file again");
        }
        return new EvaluationSet(SetNames.of(folder), folder, pairs);
    }

    private static Photo find(NumberLine line, Map<String, Photo> photos, String prefix, int column)
            throws DatasetException {
        Photo photo = photos.get(prefix + line.fields().get(column));
        if (photo == null) {
            throw line.error(column, "name", CAMERAS + " has no such photo" + REMEDY);
        }
        return photo;
    }

    private static Photo photo(NumberLine line, Path folder, String name, int column) throws DatasetException {
        double[] size = line.numbers(column + 1, 2, "size");
        double[] k = line.numbers(column + 3, 4, "K");
        for (int i = 0; i < 2; i++) {
            if (size[i] < 1 || size[i] > 100_000 || size[i] != Math.rint(size[i])) {
                throw line.error(column + 1 + i, i == 0 ? "w" : "h", "it must be a number of pixels");
            }
            if (k[i] <= 0) {
                throw line.error(column + 3 + i, i == 0 ? "fx" : "fy", "a focal length must be above 0 pixels");
            }
        }
        Pose pose;
        try {
            pose = new Pose(line.numbers(column + 7, 9, "R"), line.numbers(column + 16, 3, "t"));
        } catch (IllegalArgumentException e) {
            throw new DatasetException(line.file(), "line " + line.line(), "R: " + e.getMessage());
        }
        int slash = name.lastIndexOf('/');
        Path above = Optional.ofNullable(folder.toAbsolutePath().normalize().getParent()).orElse(folder);
        PhotoFolders folders = PhotoFolders.of(folder.resolve("images"), folder, above.resolve("images"), above);
        Path file = folders.find(name).or(() -> folders.find(name.substring(0, Math.max(0, slash))
                + "/dense/aligned/images/" + name.substring(slash + 1))).orElseThrow(() -> line.error(column, "name",
                        "there is no such photo in " + folders + REMEDY));
        return new Photo(SetImage.upright(file, name), new Intrinsics(k[0], k[1], k[2], k[3], Optional.of(
                new ImageSize((int) size[0], (int) size[1]))), pose);
    }

    /** Whether a folder has this layout. */
    static boolean isIn(Path folder) {
        return Files.isRegularFile(folder.resolve(CAMERAS)) && Files.isRegularFile(folder.resolve(PAIRS));
    }
}
