package org.tiepoint.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.tiepoint.geometry.Camera;
import org.tiepoint.geometry.CameraModel;
import org.tiepoint.geometry.Pose;
import org.tiepoint.image.ImageSize;

/**
 * Reads recordings of RGB-D sensors; depth is not read.
 * <ul>
 * <li>7-Scenes (Shotton et al., CVPR 2013) and TSDF fusion: {@code frame-N.color.png} or {@code .jpg},
 *     {@code frame-N.pose.txt} (4x4, camera to world, metres) and {@code camera-intrinsics.txt} (K, 3 rows of 3) in the
 *     folder or its parent. 7-Scenes comes without the latter: write one.</li>
 * <li>TUM RGB-D (Sturm et al., IROS 2012): {@code rgb.txt} (timestamp file), {@code groundtruth.txt} (timestamp
 *     tx ty tz qx qy qz qw, camera to world). A photo takes the nearest pose within {@value #MAX_SECONDS} s; one
 *     without is left out. Intrinsics come from {@code camera-intrinsics.txt}, else the calibration that the authors
 *     publish for freiburg1, 2 or 3, told by the folder's name, else their default for ROS (525, 319.5, 239.5).</li>
 * </ul>
 */
public final class RgbdReader {
    static final String INTRINSICS = "camera-intrinsics.txt";
    static final String GROUND_TRUTH = "groundtruth.txt";
    static final String RGB_LIST = "rgb.txt";
    /** Seconds between a photo and its pose at most. */
    static final double MAX_SECONDS = 0.02;
    /** Metres in which the sensors measure, and within which these rooms lie. */
    private static final double NEAREST = 0.3;
    private static final double USUAL = 1.5;
    private static final double FARTHEST = 8;
    private static final String POSE_ENDING = ".pose.txt";

    private RgbdReader() {}

    /**
     * Reads one recording; it has neither pairs nor points.
     *
     * @throws DatasetException when a file or line cannot be used or a photo is missing
     */
    public static PosedCollection read(Path folder) throws IOException {
        Path listing = folder.resolve(GROUND_TRUTH);
        List<PosedImage> images = Files.exists(listing) ? readTum(folder) : readFrames(folder);
        ImageFiles.requirePresent(Files.exists(listing) ? folder.resolve(RGB_LIST) : folder, images);
        String name = String.valueOf(folder.toAbsolutePath().normalize().getFileName());
        PosedCollection plain = new PosedCollection(name, images, List.of(), Optional.empty());
        double typical = SceneDepth.ofConvergence(plain).filter(z -> z > NEAREST && z < FARTHEST).orElse(USUAL);
        return new PosedCollection(name, images, List.of(), Optional.empty(),
                Optional.of(new DepthRange(NEAREST, typical, FARTHEST)));
    }

    static boolean recognises(Path folder) throws IOException {
        return Files.exists(folder.resolve(GROUND_TRUTH)) && Files.exists(folder.resolve(RGB_LIST))
                || !ImageFiles.matching(folder, "frame-.*\\.pose\\.txt").isEmpty();
    }

    private static List<PosedImage> readFrames(Path folder) throws IOException {
        Intrinsics intrinsics = readIntrinsics(folder).orElseThrow(() -> new DatasetException(
                folder.resolve(INTRINSICS), "", "is not there: write one with the colour camera's matrix,"
                + " for a Kinect about '525 0 319.5', '0 525 239.5', '0 0 1' on three lines"));
        List<PosedImage> images = new ArrayList<>();
        for (Path file : ImageFiles.matching(folder, "frame-.*\\.pose\\.txt")) {
            String name = file.getFileName().toString();
            String stem = name.substring(0, name.length() - POSE_ENDING.length()) + ".color.";
            Path photo = Stream.of("png", "jpg").map(ending -> folder.resolve(stem + ending)).filter(Files::exists)
                    .findFirst().orElseThrow(() -> new DatasetException(file, "", "has no photo " + stem
                            + "png or .jpg beside it: put it there or remove the pose"));
            images.add(new PosedImage(photo.getFileName().toString(), photo, intrinsics.camera(photo),
                    framePose(file)));
        }
        if (images.isEmpty()) {
            throw new DatasetException(folder, "", "has no frame-N.pose.txt");
        }
        return images;
    }

    private static Pose framePose(Path file) throws IOException {
        List<TextRecord> rows = TextRecords.readAll(file);
        if (rows.size() != 4) {
            throw new DatasetException(file, "", "has " + rows.size()
                    + " rows and needs the 4 of a 4x4 camera-to-world matrix: the file may be cut");
        }
        double[] rotation = new double[9];
        double[] translation = new double[3];
        for (int i = 0; i < 4; i++) {
            TextRecord row = rows.get(i);
            row.requireAtLeast(4, "a row of a 4x4 matrix");
            double[] values = row.numbers(0, 4, "T[" + i + "]");
            if (i < 3) {
                System.arraycopy(values, 0, rotation, 3 * i, 3);
                translation[i] = values[3];
            } else if (values[0] != 0 || values[1] != 0 || values[2] != 0 || values[3] != 1) {
                throw row.error("the last row is " + TextRecord.quoted(row.text()) + ": it must be 0 0 0 1");
            }
        }
        try {
            return Poses.cameraToWorld(rotation, translation);
        } catch (IllegalArgumentException e) {
            throw new DatasetException(file, "lines 1 to 4", e.getMessage());
        }
    }

    private static List<PosedImage> readTum(Path folder) throws IOException {
        Intrinsics intrinsics = readIntrinsics(folder).orElse(Intrinsics.ofTum(folder));
        TumTrajectory trajectory = TumTrajectory.read(folder.resolve(GROUND_TRUTH));
        List<PosedImage> images = new ArrayList<>();
        Path listing = folder.resolve(RGB_LIST);
        for (TextRecord record : TextRecords.readAll(listing)) {
            record.requireAtLeast(2, "timestamp file");
            Optional<Pose> pose = trajectory.at(record.number(0, "timestamp"), MAX_SECONDS);
            if (pose.isPresent()) {
                Path photo = folder.resolve(record.fields()[1]);
                if (!Files.exists(photo)) {
                    throw record.error("names photo " + photo + ", which is not there: put it there or remove the"
                            + " line");
                }
                images.add(new PosedImage(record.fields()[1], photo, intrinsics.camera(photo), pose.get()));
            }
        }
        if (images.isEmpty()) {
            throw new DatasetException(listing, "", "has no photo within " + MAX_SECONDS + " s of a pose in "
                    + GROUND_TRUTH + ": both must use the same clock");
        }
        return images;
    }

    private static Optional<Intrinsics> readIntrinsics(Path folder) throws IOException {
        Path own = folder.resolve(INTRINSICS);
        Path parents = folder.toAbsolutePath().normalize().resolveSibling(INTRINSICS);
        Path file = Files.exists(own) ? own : parents;
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        List<TextRecord> rows = TextRecords.readAll(file);
        double[] k = new double[9];
        for (int i = 0; i < 3; i++) {
            if (rows.size() < 3 || rows.get(i).count() < 3) {
                throw new DatasetException(file, "", "needs 3 rows of 3 numbers: fx 0 cx, 0 fy cy, 0 0 1");
            }
            System.arraycopy(rows.get(i).numbers(0, 3, "K[" + i + "]"), 0, k, 3 * i, 3);
        }
        return Optional.of(new Intrinsics(file, CameraModel.PINHOLE, new double[] {k[0], k[4], k[2], k[5]}));
    }

    /** Intrinsics whose image size comes from each photo. */
    private record Intrinsics(Path source, CameraModel model, double[] parameters) {
        /** The calibrations of the TUM RGB-D pages: fx fy cx cy k1 k2 p1 p2 k3. */
        static Intrinsics ofTum(Path folder) {
            String path = folder.toAbsolutePath().normalize().toString();
            double[] p = {525, 525, 319.5, 239.5, 0, 0, 0, 0, 0, 0, 0, 0};
            if (path.contains("freiburg1")) {
                p = new double[] {517.3, 516.5, 318.6, 255.3, 0.2624, -0.9531, -0.0054, 0.0026, 1.1633, 0, 0, 0};
            } else if (path.contains("freiburg2")) {
                p = new double[] {520.9, 521.0, 325.1, 249.7, 0.2312, -0.7849, -0.0033, -0.0001, 0.9172, 0, 0, 0};
            } else if (path.contains("freiburg3")) {
                p = new double[] {535.4, 539.2, 320.1, 247.6, 0, 0, 0, 0, 0, 0, 0, 0};
            }
            return new Intrinsics(folder, CameraModel.FULL_OPENCV, p);
        }

        Camera camera(Path photo) throws IOException {
            ImageSize size = ImageFiles.size(photo);
            try {
                return new Camera(model, size.width(), size.height(), parameters);
            } catch (IllegalArgumentException e) {
                throw new DatasetException(source, "", e.getMessage());
            }
        }
    }
}
