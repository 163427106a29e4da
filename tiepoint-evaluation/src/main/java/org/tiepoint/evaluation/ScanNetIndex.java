package org.tiepoint.evaluation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.tiepoint.dataset.DatasetException;
import org.tiepoint.geometry.Pose;
import org.tiepoint.image.ImageSize;
import org.tiepoint.interop.numpy.NpzReader;
import org.tiepoint.interop.numpy.NumpyArray;

/**
 * ScanNet-1500 as LoFTR (Sun et al., CVPR 2021) publishes it: {@code test.npz} with {@code name}, n x 4 integers
 * (scene, scan, first frame, second frame), and {@code intrinsics.npz} with a matrix of 3 x 3 a scene for images of 640 x 480;
 * both in the folder or in {@code scannet_test_1500} in it. Beside them the scenes as ScanNet's exporter writes them:
 * {@code scene0707_00/color/15.jpg} and {@code scene0707_00/pose/15.txt} (4 x 4, camera to world). Photos of another
 * size have their intrinsics scaled; LoFTR scales the photos.
 */
final class ScanNetIndex {
    private static final String FOLDER = "scannet_test_1500";
    private static final String PAIRS = "test.npz";
    private static final String INTRINSICS = "intrinsics.npz";
    private static final ImageSize SIZE = new ImageSize(640, 480);

    private final Path pairFile;
    private final Path intrinsicsFile;
    private final PhotoFolders folders;
    private final Map<String, NumpyArray> intrinsics;
    private final Map<Path, Pose> poses = new HashMap<>();

    private ScanNetIndex(Path pairFile, Path intrinsicsFile, Path folder) throws DatasetException {
        this.pairFile = pairFile;
        this.intrinsicsFile = intrinsicsFile;
        Path above = Optional.ofNullable(folder.toAbsolutePath().normalize().getParent()).orElse(folder);
        folders = PhotoFolders.of(folder, folder.resolve(FOLDER), folder.resolve("test"), above);
        intrinsics = NpzReader.read(intrinsicsFile);
    }

    /** The folder of the index files; empty where there are none. */
    static Optional<Path> index(Path folder) {
        return List.of(folder, folder.resolve(FOLDER)).stream().filter(index ->
                Files.isRegularFile(index.resolve(PAIRS)) && Files.isRegularFile(index.resolve(INTRINSICS)))
                .findFirst();
    }

    /**
     * Reads pairs and poses and finds the photos, without opening them.
     *
     * @throws DatasetException naming the file, the array and its element, or the line and column
     */
    static EvaluationSet read(Path folder, Path index) throws IOException {
        return new EvaluationSet(SetNames.of(folder), folder,
                read(index.resolve(PAIRS), index.resolve(INTRINSICS), folder));
    }

    static List<EvaluationPair> read(Path pairFile, Path intrinsicsFile, Path folder) throws IOException {
        return new ScanNetIndex(pairFile, intrinsicsFile, folder).pairs();
    }

    private List<EvaluationPair> pairs() throws IOException {
        Map<String, NumpyArray> arrays = NpzReader.read(pairFile);
        NumpyArray names = arrays.get("name");
        if (names == null || names.shape().length != 2 || names.shape()[1] != 4 || names.type().isFloating()) {
            throw new DatasetException(pairFile, "name", (names == null ? "is missing, there are " + arrays.keySet()
                    : "is " + names) + ", expected n x 4 integers; download the file again");
        }
        long[] fields = names.toLongs();
        List<EvaluationPair> pairs = new ArrayList<>();
        for (int i = 0; i < names.shape()[0]; i++) {
            String scene = String.format(Locale.ROOT, "scene%04d_%02d", fields[4 * i], fields[4 * i + 1]);
            SetImage first = image(scene, fields[4 * i + 2], i);
            SetImage second = image(scene, fields[4 * i + 3], i);
            Intrinsics k = intrinsics(scene, i);
            pairs.add(new EvaluationPair(PairNames.of(i, first, second), scene, first, second,
                    new PairTruth.RelativePose(k, k, pose(scene, fields[4 * i + 2], i).to(pose(scene,
                            fields[4 * i + 3], i)))));
        }
        if (pairs.isEmpty()) {
            throw new DatasetException(pairFile, "name", "holds no pairs; download the file again");
        }
        return pairs;
    }

    private SetImage image(String scene, long frame, int pair) throws DatasetException {
        String name = scene + "/color/" + frame + ".jpg";
        return SetImage.upright(find(name, pair), name);
    }

    private Path find(String name, int pair) throws DatasetException {
        return folders.find(name).orElseThrow(() -> new DatasetException(pairFile, "name[" + pair + "]", "asks for "
                + name + ", which is not in " + folders + "; put it there"));
    }

    private Intrinsics intrinsics(String scene, int pair) throws DatasetException {
        NumpyArray array = intrinsics.get(scene);
        if (array == null || array.count() != 9) {
            throw new DatasetException(intrinsicsFile, scene, (array == null ? "is missing" : "is " + array)
                    + ", and pair " + pair + " of " + pairFile + " needs its 3 x 3 matrix; download the file again");
        }
        double[] k = array.toDoubles();
        if (!(k[0] > 0 && k[4] > 0) || !Double.isFinite(k[0] + k[2] + k[4] + k[5])) {
            throw new DatasetException(intrinsicsFile, scene, "is no camera matrix; download the file again");
        }
        return new Intrinsics(k[0], k[4], k[2], k[5], Optional.of(SIZE));
    }

    private Pose pose(String scene, long frame, int pair) throws IOException {
        Path file = find(scene + "/pose/" + frame + ".txt", pair);
        Pose known = poses.get(file);
        if (known == null) {
            known = readPose(file);
            poses.put(file, known);
        }
        return known;
    }

    private static Pose readPose(Path file) throws IOException {
        List<NumberLine> lines = NumberLine.readAll(file);
        if (lines.size() != 4) {
            throw new DatasetException(file, "", "has " + lines.size() + " lines and needs 4 of 4 numbers each; export"
                    + " the scene again");
        }
        double[] rotation = new double[9];
        double[] translation = new double[3];
        for (int row = 0; row < 3; row++) {
            lines.get(row).requireColumns(4, "a row of the pose");
            double[] numbers = lines.get(row).numbers(0, 4, "T[" + row + "]");
            System.arraycopy(numbers, 0, rotation, 3 * row, 3);
            translation[row] = numbers[3];
        }
        try {
            return new Pose(rotation, translation).inverse();
        } catch (IllegalArgumentException e) {
            throw new DatasetException(file, "", e.getMessage());
        }
    }
}
