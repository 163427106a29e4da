package org.tiepoint.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tiepoint.dataset.ColmapModel.ColmapCamera;
import org.tiepoint.geometry.CameraModel;

/**
 * Parses COLMAP's text models. Where the head of a file tells the number of its records, fewer or more are an error:
 * nothing else would show that a text file was cut between two lines.
 */
final class ColmapText {
    private static final Pattern COUNT = Pattern.compile("#\\s*Number of \\w+: (\\d+).*");

    private ColmapText() {}

    static ColmapModel read(Path folder, boolean withPoints2d) throws IOException {
        Path points = folder.resolve("points3D.txt");
        return new ColmapModel(cameras(folder.resolve("cameras.txt")),
                images(folder.resolve("images.txt"), withPoints2d),
                Files.exists(points) ? Optional.of(points(points)) : Optional.empty());
    }

    private static List<ColmapCamera> cameras(Path file) throws IOException {
        Map<Integer, ColmapCamera> cameras = new LinkedHashMap<>();
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
                    ColmapCamera camera = new ColmapCamera(id, model, width, height, parameters);
                    camera.camera();
                    if (cameras.put(id, camera) != null) {
                        throw record.error("CAMERA_ID " + id + " comes a second time: remove one of the lines");
                    }
                } catch (IllegalArgumentException e) {
                    throw record.error(e.getMessage());
                }
            }
            requireCount(file, records, cameras.size());
        }
        return List.copyOf(cameras.values());
    }

    private static CameraModel model(TextRecord record) throws DatasetException {
        for (CameraModel model : CameraModel.values()) {
            if (model.name().equals(record.fields()[1])) {
                return model;
            }
        }
        throw record.error(ColmapModel.unsupported(TextRecord.quoted(record.fields()[1])));
    }

    private static List<ColmapModel.View> images(Path file, boolean withPoints2d) throws IOException {
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
                int cameraId = record.integer(8, "CAMERA_ID");
                // the image's 2D points, possibly none
                Optional<TextRecord> points = withPoints2d ? records.line() : Optional.empty();
                if (!withPoints2d) {
                    records.skipLine();
                }
                ColmapModel.View view = new ColmapModel.View(id, name, cameraId, q, t, xy(points), point3dIds(points));
                try {
                    view.pose();
                } catch (IllegalArgumentException e) {
                    throw record.error(e.getMessage());
                }
                images.add(view);
            }
            requireCount(file, records, images.size());
        }
        return images;
    }

    private static double[] xy(Optional<TextRecord> line) throws DatasetException {
        if (line.isEmpty()) {
            return new double[0];
        }
        TextRecord record = line.get();
        if (record.count() % 3 != 0) {
            throw record.error("has " + record.count() + " fields: 2D points take 3 each (X Y POINT3D_ID); the file may"
                    + " be cut; write it again");
        }
        double[] xy = new double[record.count() / 3 * 2];
        for (int i = 0; i < xy.length; i += 2) {
            xy[i] = record.number(i / 2 * 3, "X");
            xy[i + 1] = record.number(i / 2 * 3 + 1, "Y");
        }
        return xy;
    }

    private static long[] point3dIds(Optional<TextRecord> line) throws DatasetException {
        long[] ids = new long[line.map(record -> record.count() / 3).orElse(0)];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = line.get().longInteger(3 * i + 2, "POINT3D_ID");
        }
        return ids;
    }

    private static List<ColmapModel.Point> points(Path file) throws IOException {
        List<ColmapModel.Point> points = new ArrayList<>();
        try (TextRecords records = new TextRecords(file)) {
            for (Optional<TextRecord> next = records.next(); next.isPresent(); next = records.next()) {
                TextRecord record = next.get();
                record.requireAtLeast(8, "POINT3D_ID X Y Z R G B ERROR TRACK[]");
                long id = record.longInteger(0, "POINT3D_ID");
                double[] xyz = record.numbers(1, 3, "XYZ");
                int[] rgb = {colour(record, 4, "R"), colour(record, 5, "G"), colour(record, 6, "B")};
                double error = SeventeenDigits.parse(record, 7, "ERROR");
                int track = (record.count() - 8) / 2;
                if (record.count() != 8 + 2 * track) {
                    throw record.error("has half a track element after " + track
                            + " (IMAGE_ID POINT2D_IDX): the file may be cut; write it again");
                }
                int[] elements = new int[2 * track];
                for (int i = 0; i < track; i++) {
                    elements[2 * i] = record.integer(8 + 2 * i, "TRACK[" + i + "].IMAGE_ID");
                    elements[2 * i + 1] = record.integer(9 + 2 * i, "TRACK[" + i + "].POINT2D_IDX");
                }
                points.add(new ColmapModel.Point(id, xyz, rgb, error, elements));
            }
            requireCount(file, records, points.size());
        }
        return points;
    }

    private static int colour(TextRecord record, int field, String name) throws DatasetException {
        int value = record.integer(field, name);
        if (value < 0 || value > 255) {
            throw record.error(name + " is " + value + ": it must be 0 to 255");
        }
        return value;
    }

    private static void requireCount(Path file, TextRecords records, int count) throws DatasetException {
        for (String comment : records.comments()) {
            Matcher matcher = COUNT.matcher(comment);
            if (matcher.matches() && !matcher.group(1).equals(Integer.toString(count))) {
                throw new DatasetException(file, "line " + records.lineNumber(), "ends after " + count + " records, and its"
                        + " head says " + matcher.group(1) + ": the file was cut; write it again (or correct the"
                        + " head, if it was edited)");
            }
        }
    }
}
