package org.tiepoint.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tiepoint.geometry.Camera;
import org.tiepoint.geometry.Pose;

/**
 * Reads the layout of CAPS's MegaDepth copy (Wang et al., "Learning Feature Descriptors using Camera Pose
 * Supervision", ECCV 2020): {@code <scene>/dense<k>/aligned/} with
 * <ul>
 * <li>{@code img_cam.txt}, a line an image: {@code name w h fx fy cx cy R(9, row-major) t(3)}, world to camera,
 *     photos without lens distortion;</li>
 * <li>{@code pairs.txt}, a line a pair: {@code name1 name2};</li>
 * <li>{@code images/};</li>
 * <li>beyond the original layout, and only where {@code tiepoint prepare} wrote it, {@code depth_range.txt}:
 *     {@code min typical max}, see {@link DepthRange}.</li>
 * </ul>
 * Of more than {@value #MAX_PAIRS} pairs that many are taken, evenly over the list, so that every reading gives the
 * same ones (the released code draws as many at random at every start).
 */
public final class CapsReader {
    /** Pairs taken from one pair list at most. */
    public static final int MAX_PAIRS = 5000;

    /** The file of intrinsics and poses. */
    public static final String CAMERAS = "img_cam.txt";
    /** The file of pairs. */
    public static final String PAIRS = "pairs.txt";
    /** The file of depths. */
    public static final String DEPTHS = "depth_range.txt";
    private static final String LAYOUT = "name w h fx fy cx cy R(9) t(3)";

    private CapsReader() {}

    /**
     * Reads one dense folder as one collection without sparse points.
     *
     * @param folder the {@code aligned} folder, or the one around it
     * @throws DatasetException when a file or line cannot be used, a photo is missing or a pair names an unknown one
     */
    public static PosedCollection read(Path folder) throws IOException {
        Path inner = folder.resolve("aligned");
        Path aligned = Files.exists(inner.resolve(CAMERAS)) ? inner : folder;
        Path cameras = aligned.resolve(CAMERAS);
        if (!Files.exists(cameras)) {
            throw new DatasetException(cameras, "", "is not there: name the folder that holds " + CAMERAS);
        }
        List<PosedImage> images = readImages(cameras, aligned.resolve("images"));
        return new PosedCollection(name(aligned), images, readPairs(aligned.resolve(PAIRS), images),
                Optional.empty(), readDepths(aligned.resolve(DEPTHS)));
    }

    private static Optional<DepthRange> readDepths(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        List<TextRecord> records = TextRecords.readAll(file);
        if (records.isEmpty()) {
            throw new DatasetException(file, "", "is empty: it needs a line 'min typical max', or remove it");
        }
        TextRecord record = records.get(0);
        record.requireAtLeast(3, "min typical max");
        try {
            return Optional.of(new DepthRange(record.number(0, "min"), record.number(1, "typical"),
                    record.number(2, "max")));
        } catch (IllegalArgumentException e) {
            throw record.error(e.getMessage());
        }
    }

    private static List<PosedImage> readImages(Path file, Path photos) throws IOException {
        List<PosedImage> images = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (TextRecord record : TextRecords.readAll(file)) {
            record.requireAtLeast(19, LAYOUT);
            String name = record.fields()[0];
            ImageFiles.requireNew(names, name, record);
            if (record.count() > 19) {
                throw record.error("has " + record.count() + " fields and needs 19 (" + LAYOUT
                        + "): names must not hold blanks");
            }
            images.add(new PosedImage(name, photos.resolve(name), camera(record), pose(record)));
        }
        if (images.isEmpty()) {
            throw new DatasetException(file, "", "lists no image: it needs a line for each (" + LAYOUT + ")");
        }
        ImageFiles.requirePresent(file, images);
        return images;
    }

    private static Camera camera(TextRecord record) throws DatasetException {
        int width = record.integer(1, "width");
        int height = record.integer(2, "height");
        double fx = record.number(3, "fx");
        double fy = record.number(4, "fy");
        double cx = record.number(5, "cx");
        double cy = record.number(6, "cy");
        try {
            return Camera.pinhole(width, height, fx, fy, cx, cy);
        } catch (IllegalArgumentException e) {
            throw record.error(e.getMessage());
        }
    }

    private static Pose pose(TextRecord record) throws DatasetException {
        double[] rotation = record.numbers(7, 9, "R");
        double[] translation = record.numbers(16, 3, "t");
        try {
            return Poses.worldToCamera(rotation, translation);
        } catch (IllegalArgumentException e) {
            throw record.error(e.getMessage());
        }
    }

    private static List<ImagePair> readPairs(Path file, List<PosedImage> images) throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        Map<String, Integer> places = new HashMap<>();
        for (PosedImage image : images) {
            places.put(image.name(), places.size());
        }
        List<ImagePair> pairs = new ArrayList<>();
        for (TextRecord record : TextRecords.readAll(file)) {
            record.requireAtLeast(2, "name1 name2");
            int first = place(places, record, 0);
            int second = place(places, record, 1);
            if (first == second) {
                throw record.error("pairs image " + record.quoted(0) + " with itself: remove the line");
            }
            pairs.add(new ImagePair(first, second));
        }
        return EvenSelection.of(pairs, MAX_PAIRS);
    }

    private static int place(Map<String, Integer> places, TextRecord record, int field) throws DatasetException {
        Integer place = places.get(record.fields()[field]);
        if (place == null) {
            throw record.error("names image " + record.quoted(field) + ", which " + CAMERAS
                    + " does not list: add it there or remove the line");
        }
        return place;
    }

    /** The scene folder's name, with the dense folder's where the scene has several. */
    private static String name(Path aligned) throws IOException {
        Path path = aligned.toAbsolutePath().normalize();
        Path dense = path.endsWith("aligned") ? path.getParent() : path;
        String last = String.valueOf(dense.getFileName());
        if (!last.startsWith("dense") || dense.getParent() == null || dense.getParent().getFileName() == null) {
            return last;
        }
        Path scene = dense.getParent();
        boolean several = ImageFiles.matching(scene, "dense.*").size() > 1;
        return several ? scene.getFileName() + "-" + last : scene.getFileName().toString();
    }
}
