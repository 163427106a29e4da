package org.tiepoint.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.tiepoint.geometry.Camera;

/**
 * Reads COLMAP reconstructions (Schoenberger and Frahm, "Structure-from-Motion Revisited", CVPR 2016), text or binary
 * (binary where both are there, as COLMAP does), with the lens models of
 * {@link org.tiepoint.geometry.CameraModel}. COLMAP puts pixel (0, 0) at the outer corner of the top-left pixel: the
 * principal point loses 0.5 here. The 2D points are left out: {@link ColmapModel} has them.
 */
public final class ColmapReader {
    private static final List<String> PHOTO_FOLDERS = List.of("images", "../images", "../../images", "image", ".");

    private ColmapReader() {}

    /**
     * Reads one model with its sparse points; it has no pair list.
     *
     * @param folder the folder of the model files, or one that has them in {@code sparse/} or {@code sparse/0/}; photos
     *               lie in {@code images/} there, or one or two folders up
     * @throws DatasetException when a file, line or record cannot be used or a photo is missing
     */
    public static PosedCollection read(Path folder) throws IOException {
        List<Path> models = models(folder);
        if (models.isEmpty()) {
            throw new DatasetException(folder, "", "has no COLMAP model: looked for cameras and images as .bin or .txt"
                    + " in it, in sparse/ and in sparse/0/");
        }
        return readModel(models.get(0), folder, models.size() > 1);
    }

    /** Every model of the folder: itself, {@code sparse/}, or {@code sparse/0/}, {@code sparse/1/} and so on. */
    static List<Path> models(Path folder) throws IOException {
        Path sparse = folder.resolve("sparse");
        for (Path candidate : List.of(folder, sparse)) {
            if (isModel(candidate)) {
                return List.of(candidate);
            }
        }
        if (!Files.isDirectory(sparse)) {
            return List.of();
        }
        return ImageFiles.matching(sparse, "\\d+").stream().filter(ColmapReader::isModel).toList();
    }

    static List<PosedCollection> readAll(Path folder) throws IOException {
        List<PosedCollection> all = new ArrayList<>();
        List<Path> models = models(folder);
        for (Path model : models) {
            all.add(readModel(model, folder, models.size() > 1));
        }
        return all;
    }

    private static boolean isModel(Path folder) {
        return Stream.of(".bin", ".txt").anyMatch(ending -> Files.exists(folder.resolve("cameras" + ending))
                && Files.exists(folder.resolve("images" + ending)));
    }

    private static PosedCollection readModel(Path model, Path folder, boolean several) throws IOException {
        boolean binary = ColmapModel.isBinary(model);
        ColmapModel read = ColmapModel.read(model, false);
        Path listing = model.resolve(binary ? "images.bin" : "images.txt");
        if (read.images().isEmpty()) {
            throw new DatasetException(listing, "", "lists no image: COLMAP registered none");
        }
        Path photos = photos(model, folder, read.images().get(0).name());
        List<PosedImage> images = new ArrayList<>();
        Map<Integer, Integer> places = new HashMap<>();
        Map<Integer, Camera> cameras = new HashMap<>();
        read.cameras().forEach(camera -> cameras.put(camera.id(), camera.camera()));
        for (ColmapModel.View view : read.images()) {
            Camera camera = cameras.get(view.cameraId());
            if (camera == null) {
                throw new DatasetException(listing, "image " + view.name(), "CAMERA_ID is " + view.cameraId()
                        + ", which the cameras file does not list: write the model again");
            }
            if (places.put(view.id(), images.size()) != null) {
                throw new DatasetException(listing, "image " + view.name(), "IMAGE_ID " + view.id()
                        + " comes a second time: write the model again");
            }
            images.add(new PosedImage(view.name(), photos.resolve(view.name()).normalize(), camera, view.pose()));
        }
        ImageFiles.requirePresent(listing, images);
        Path points = model.resolve(binary ? "points3D.bin" : "points3D.txt");
        Optional<SparsePoints> sparse = read.points().isPresent()
                ? sparsePoints(points, read.points().get(), places) : Optional.empty();
        String name = name(folder);
        return new PosedCollection(several ? name + "-" + model.getFileName() : name, images, List.of(), sparse);
    }

    /** The first folder that holds the first photo; {@code images/} for the message where none does. */
    private static Path photos(Path model, Path folder, String first) {
        for (Path base : List.of(folder, model)) {
            for (String candidate : PHOTO_FOLDERS) {
                Path photos = base.resolve(candidate);
                if (Files.isRegularFile(photos.resolve(first))) {
                    return photos;
                }
            }
        }
        return folder.resolve("images");
    }

    private static Optional<SparsePoints> sparsePoints(Path file, List<ColmapModel.Point> points,
            Map<Integer, Integer> places) throws DatasetException {
        if (points.isEmpty()) {
            return Optional.empty();
        }
        double[] xyz = new double[3 * points.size()];
        int[][] tracks = new int[points.size()][];
        for (int i = 0; i < tracks.length; i++) {
            ColmapModel.Point point = points.get(i);
            System.arraycopy(point.xyz(), 0, xyz, 3 * i, 3);
            int[] track = new int[point.trackLength()];
            for (int k = 0; k < track.length; k++) {
                Integer place = places.get(point.track()[2 * k]);
                if (place == null) {
                    throw new DatasetException(file, "point " + i, "its track names IMAGE_ID " + point.track()[2 * k]
                            + ", which the images file does not list: write the model again");
                }
                track[k] = place;
            }
            tracks[i] = Arrays.stream(track).sorted().distinct().toArray();
        }
        return Optional.of(new SparsePoints(xyz, tracks));
    }

    /** The scene folder's name, also when the model folder within it was named. */
    private static String name(Path folder) {
        Path path = folder.toAbsolutePath().normalize();
        if (path.getParent() != null && path.getFileName().toString().matches("\\d+")
                && path.getParent().endsWith("sparse")) {
            path = path.getParent();
        }
        if (path.endsWith("sparse") && path.getNameCount() > 1) {
            path = path.getParent();
        }
        return String.valueOf(path.getFileName());
    }
}
