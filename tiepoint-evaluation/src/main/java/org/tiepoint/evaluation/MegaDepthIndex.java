package org.tiepoint.evaluation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.tiepoint.dataset.DatasetException;
import org.tiepoint.geometry.Pose;
import org.tiepoint.interop.numpy.NpzReader;

/**
 * MegaDepth-1500 as LoFTR (Sun et al., CVPR 2021) publishes it: {@code megadepth_test_1500_scene_info/*.npz}, each with
 * arrays of objects {@code image_paths}, {@code intrinsics} (3 x 3 each), {@code poses} (4 x 4 each, world to camera)
 * and {@code pair_infos} ((i, j), overlap, matches), read without running any pickled code. The photos' paths, such as
 * {@code Undistorted_SfM/0015/images/NAME.jpg}, lead from the folder of that folder. All files make one set; a pair's
 * group is its file. Intrinsics are taken as LoFTR takes them: of the photo as it lies in its file, (0, 0) the centre
 * of the top-left pixel.
 */
final class MegaDepthIndex {
    private static final String FOLDER = "megadepth_test_1500_scene_info";
    private static final String SCENE = "\\d{4}.*\\.npz";

    private MegaDepthIndex() {}

    /** The index files of a folder or of {@code megadepth_test_1500_scene_info} in it; none where it has none. */
    static List<Path> files(Path folder) throws IOException {
        Path index = Files.isDirectory(folder.resolve(FOLDER)) ? folder.resolve(FOLDER) : folder;
        try (Stream<Path> files = Files.list(index)) {
            return files.filter(file -> file.getFileName().toString().matches(SCENE)).sorted().toList();
        }
    }

    /**
     * Reads the indices and finds the photos, without opening them.
     *
     * @throws DatasetException naming the file, the array and its element
     */
    static EvaluationSet read(Path folder, List<Path> files) throws IOException {
        List<EvaluationPair> pairs = new ArrayList<>();
        for (Path file : files) {
            pairs.addAll(read(file, folder, pairs.size()));
        }
        return new EvaluationSet(SetNames.of(folder), folder, pairs);
    }

    /** The pairs of one file. */
    static List<EvaluationPair> read(Path file, Path folder, int firstNumber) throws DatasetException {
        Map<String, Object> arrays = NpzReader.readObjects(file);
        IndexArray paths = IndexArray.of(file, arrays, "image_paths");
        IndexArray intrinsics = IndexArray.of(file, arrays, "intrinsics");
        IndexArray poses = IndexArray.of(file, arrays, "poses");
        IndexArray infos = IndexArray.of(file, arrays, "pair_infos");
        String group = file.getFileName().toString().replaceFirst("\\.npz$", "");
        Path above = Optional.ofNullable(folder.toAbsolutePath().normalize().getParent()).orElse(folder);
        PhotoFolders photos = PhotoFolders.of(folder, folder.resolve("test"), above);
        List<EvaluationPair> pairs = new ArrayList<>();
        for (int i = 0; i < infos.count(); i++) {
            int[] indices = infos.pair(i);
            SetImage first = image(paths, indices[0], photos);
            SetImage second = image(paths, indices[1], photos);
            pairs.add(new EvaluationPair(PairNames.of(firstNumber + i, first, second), group, first, second,
                    new PairTruth.RelativePose(intrinsics(intrinsics, indices[0]), intrinsics(intrinsics, indices[1]),
                            pose(poses, indices[0]).to(pose(poses, indices[1])))));
        }
        if (pairs.isEmpty()) {
            throw new DatasetException(file, "pair_infos", "holds no pairs; download the file again");
        }
        return pairs;
    }

    private static SetImage image(IndexArray paths, int index, PhotoFolders photos) throws DatasetException {
        String path = paths.text(index);
        return SetImage.upright(photos.find(path).orElseThrow(() -> paths.error(index, "names "
                + IndexArray.quoted(path) + ", and there is no such photo in " + photos + "; put it there")), path);
    }

    private static Intrinsics intrinsics(IndexArray array, int index) throws DatasetException {
        double[] k = array.numbers(index, 9);
        if (!(k[0] > 0 && k[4] > 0) || k[1] != 0 || k[3] != 0 || k[6] != 0 || k[7] != 0 || k[8] != 1) {
            throw array.error(index, "is no camera matrix fx 0 cx 0 fy cy 0 0 1; download the file again");
        }
        return new Intrinsics(k[0], k[4], k[2], k[5]);
    }

    private static Pose pose(IndexArray array, int index) throws DatasetException {
        double[] t = array.numbers(index, 16);
        try {
            return new Pose(new double[] {t[0], t[1], t[2], t[4], t[5], t[6], t[8], t[9], t[10]},
                    new double[] {t[3], t[7], t[11]});
        } catch (IllegalArgumentException e) {
            throw array.error(index, e.getMessage());
        }
    }
}
