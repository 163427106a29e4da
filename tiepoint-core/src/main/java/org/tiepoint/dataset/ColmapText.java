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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tiepoint.geometry.Camera;
import org.tiepoint.geometry.CameraModel;

/**
 * Parses COLMAP's text models. Where the head of a file tells the number of its records, fewer or more are an error:
 * nothing else would show that a text file was cut between two lines.
 */
final class ColmapText {
    private static final Pattern COUNT = Pattern.compile("#\\s*Number of \\w+: (\\d+).*");

    private ColmapText() {}

    static ColmapModel read(Path folder) throws IOException {
        Path points = folder.resolve("points3D.txt");
        return new ColmapModel(cameras(folder.resolve("cameras.txt")), images(folder.resolve("images.txt")),
                Files.exists(points) ? Optional.of(points(points)) : Optional.empty());
    }

    private static Map<Integer, Camera> cameras(Path file) throws IOException {
        Map<Integer, Camera> cameras = new HashMap<>();
        try (TextRecords records = new TextRecords(file)) {
            for (Optional<TextRecord> next = records.next(); next.isPresent(); next = records.next()) {
                TextRecord record = next.get();
                record.requireAtLeast(4, "CAMERA_ID MODEL WIDTH HEIGHT PARAMS[]");
                int id = record.integer(0, "CAMERA_ID");
                CameraModel model = model(record);
                record.requireAtLeast(4 + model.parameterNames().size(), "CAMERA_ID " + model + " WIDTH HEIGHT "
                        + String.join(" ", model.parameterNames()));
                double[] parameters = record.numbers(4, record.count() - 4, "PARAMS");
                int width = record.integer(2, "WIDTH");
                int height = record.integer(3, "HEIGHT");
                try {
                    if (cameras.put(id, ColmapModel.camera(model, width, height, parameters)) != null) {
                        throw record.error("CAMERA_ID " + id + " comes a second time: remove one of the lines");
                    }
                } catch (IllegalArgumentException e) {
                    throw record.error(e.getMessage());
                }
            }
            requireCount(file, records, cameras.size());
        }
        return cameras;
    }

    private static CameraModel model(TextRecord record) throws DatasetException {
        for (CameraModel model : CameraModel.values()) {
            if (model.name().equals(record.fields()[1])) {
                return model;
            }
        }
        throw record.error(ColmapModel.unsupported(TextRecord.quoted(record.fields()[1])));
    }

    private static List<ColmapModel.View> images(Path file) throws IOException {
        List<ColmapModel.View> images = new ArrayList<>();
        Set<String> names = new HashSet<>();
        try (TextRecords records = new TextRecords(file)) {
            for (Optional<TextRecord> next = records.next(); next.isPresent(); next = records.next()) {
                TextRecord record = next.get();
                record.requireAtLeast(10, "IMAGE_ID QW QX QY QZ TX TY TZ CAMERA_ID NAME");
                int id = record.integer(0, "IMAGE_ID");
                double[] q = record.numbers(1, 4, "Q");
                double[] t = record.numbers(5, 3, "T");
                String name = record.rest(9);
                ImageFiles.requireNew(names, name, record);
                try {
                    images.add(new ColmapModel.View(id, name, record.integer(8, "CAMERA_ID"),
                            Poses.worldToCamera(Poses.rotation(q[0], q[1], q[2], q[3]), t)));
                } catch (IllegalArgumentException e) {
                    throw record.error(e.getMessage());
                }
                // the image's 2D points, possibly none; the tracks of points3D.txt say the same
                records.skipLine();
            }
            requireCount(file, records, images.size());
        }
        return images;
    }

    private static List<ColmapModel.Point> points(Path file) throws IOException {
        List<ColmapModel.Point> points = new ArrayList<>();
        try (TextRecords records = new TextRecords(file)) {
            for (Optional<TextRecord> next = records.next(); next.isPresent(); next = records.next()) {
                TextRecord record = next.get();
                record.requireAtLeast(8, "POINT3D_ID X Y Z R G B ERROR TRACK[]");
                double[] xyz = record.numbers(1, 3, "XYZ");
                int track = (record.count() - 8) / 2;
                if (record.count() != 8 + 2 * track) {
                    throw record.error("has half a track element after " + track
                            + " (IMAGE_ID POINT2D_IDX): the file may be cut; write it again");
                }
                int[] images = new int[track];
                for (int i = 0; i < track; i++) {
                    images[i] = record.integer(8 + 2 * i, "TRACK[" + i + "].IMAGE_ID");
                }
                points.add(new ColmapModel.Point(xyz[0], xyz[1], xyz[2], images));
            }
            requireCount(file, records, points.size());
        }
        return points;
    }

    private static void requireCount(Path file, TextRecords records, int count) throws DatasetException {
        for (String comment : records.comments()) {
            Matcher matcher = COUNT.matcher(comment);
            if (matcher.matches() && !matcher.group(1).equals(Integer.toString(count))) {
                throw new DatasetException(file, "line " + records.line(), "ends after " + count + " records, and its"
                        + " head says " + matcher.group(1) + ": the file was cut; write it again (or correct the"
                        + " head, if it was edited)");
            }
        }
    }
}
