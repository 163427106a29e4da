package org.tiepoint.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.tiepoint.geometry.Camera;
import org.tiepoint.geometry.Pose;
import org.tiepoint.image.ImageSize;

/**
 * Reads a KITTI odometry sequence (Geiger et al., "Are we ready for Autonomous Driving?", CVPR 2012): {@code calib.txt}
 * with the 3x4 projection matrices, with or without the labels {@code P0:} to {@code P3:}; {@code poses.txt} (or the
 * benchmark's {@code ../../poses/<sequence>.txt}) with a 3x4 camera-to-world matrix of the first camera a line, in
 * metres; rectified photos, one a pose in the order of their names, in {@code image_0} or {@code image_l} (first
 * matrix) or {@code image_2} (third matrix, whose offset from the first camera is added to the poses).
 */
public final class KittiReader {
    static final String CALIBRATION = "calib.txt";

    /** Photo folders with the place of their matrix in calib.txt, in the order in which they are looked for. */
    private static final List<PhotoFolder> PHOTO_FOLDERS = List.of(new PhotoFolder("image_2", 2),
            new PhotoFolder("image_0", 0), new PhotoFolder("image_l", 0));

    /** Metres, from the road before the bonnet to the end of the street. */
    private static final DepthRange DEPTHS = new DepthRange(2, 15, 150);

    private record PhotoFolder(String name, int matrix) {}

    private KittiReader() {}

    /**
     * Reads one sequence; it has neither pairs nor points.
     *
     * @throws DatasetException when a file or line cannot be used, or photos and poses differ in number
     */
    public static PosedCollection read(Path folder) throws IOException {
        Path sequence = folder.toAbsolutePath().normalize();
        PhotoFolder photos = PHOTO_FOLDERS.stream()
                .filter(candidate -> Files.isDirectory(folder.resolve(candidate.name()))).findFirst()
                .orElseThrow(() -> new DatasetException(folder, "", "has no photos: looked for "
                        + String.join(", ", PHOTO_FOLDERS.stream().map(PhotoFolder::name).toList())));
        List<Path> files = ImageFiles.list(folder.resolve(photos.name()));
        Path poseFile = poses(folder);
        List<TextRecord> poses = TextRecords.readAll(poseFile);
        if (poses.size() != files.size() || files.isEmpty()) {
            throw new DatasetException(poseFile, "", "has " + poses.size() + " poses for " + files.size()
                    + " photos in " + photos.name() + ": it needs one a photo, in the order of their names");
        }
        TextRecord calibration = calibration(folder.resolve(CALIBRATION), photos.matrix());
        int labels = calibration.count() == 13 ? 1 : 0;
        double[] p = calibration.numbers(labels, 12, "P" + photos.matrix());
        if (p[1] != 0 || p[4] != 0 || p[8] != 0 || p[9] != 0 || p[10] != 1) {
            throw calibration.error("is no projection of a rectified camera: rows must be"
                    + " fx 0 cx a, 0 fy cy b, 0 0 1 c");
        }
        List<PosedImage> images = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            Camera camera = camera(calibration, p, files.get(i));
            images.add(new PosedImage(photos.name() + "/" + files.get(i).getFileName(), files.get(i), camera,
                    pose(poses.get(i), p)));
        }
        return new PosedCollection(String.valueOf(sequence.getFileName()), images, List.of(), Optional.empty(),
                Optional.of(DEPTHS));
    }

    static boolean recognises(Path folder) {
        return Files.exists(folder.resolve(CALIBRATION)) && Files.exists(poses(folder))
                && PHOTO_FOLDERS.stream().anyMatch(photos -> Files.isDirectory(folder.resolve(photos.name())));
    }

    private static Path poses(Path folder) {
        Path own = folder.resolve("poses.txt");
        Path sequence = folder.toAbsolutePath().normalize();
        Path benchmark = sequence.resolve("../../poses/" + sequence.getFileName() + ".txt").normalize();
        return Stream.of(own, benchmark).filter(Files::exists).findFirst().orElse(own);
    }

    private static TextRecord calibration(Path file, int matrix) throws IOException {
        List<TextRecord> records = TextRecords.readAll(file);
        String label = "P" + matrix + ":";
        for (TextRecord record : records) {
            if (record.fields()[0].equals(label)) {
                record.requireAtLeast(13, label + " and a 3x4 matrix");
                return record;
            }
        }
        boolean labelled = records.stream().anyMatch(record -> record.fields()[0].endsWith(":"));
        if (labelled || records.size() <= matrix) {
            throw new DatasetException(file, "", "has no projection matrix " + label + " for the photos here");
        }
        TextRecord record = records.get(matrix);
        if (record.count() != 12) {
            throw record.error("has " + record.count() + " numbers and needs the 12 of a 3x4 matrix");
        }
        return record;
    }

    private static Camera camera(TextRecord calibration, double[] p, Path file) throws IOException {
        ImageSize size = ImageFiles.size(file);
        try {
            return Camera.pinhole(size.width(), size.height(), p[0], p[5], p[2], p[6]);
        } catch (IllegalArgumentException e) {
            throw calibration.error(e.getMessage());
        }
    }

    /** The pose of the camera of P = K [I | b], where the line gives the first camera's. */
    private static Pose pose(TextRecord record, double[] p) throws DatasetException {
        record.requireAtLeast(12, "3x4 matrix, camera to world");
        double[] m = record.numbers(0, 12, "T");
        double[] rotation = {m[0], m[1], m[2], m[4], m[5], m[6], m[8], m[9], m[10]};
        try {
            Pose first = Poses.cameraToWorld(rotation, new double[] {m[3], m[7], m[11]});
            double[] t = first.translation().clone();
            t[0] += (p[3] - p[2] * p[11]) / p[0];
            t[1] += (p[7] - p[6] * p[11]) / p[5];
            t[2] += p[11];
            return new Pose(first.rotation(), t);
        } catch (IllegalArgumentException e) {
            throw record.error(e.getMessage());
        }
    }
}
