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
import org.tiepoint.dataset.ColmapModel.ColmapCamera;
import org.tiepoint.geometry.CameraModel;

/** Parses COLMAP's binary models (little-endian; {@code src/colmap/scene/reconstruction_io_binary.cc}). */
final class ColmapBinary {
    private static final int FIRST_UNSUPPORTED = 7;

    private ColmapBinary() {}

    static ColmapModel read(Path folder, boolean withPoints2d) throws IOException {
        Path points = folder.resolve("points3D.bin");
        return new ColmapModel(cameras(folder.resolve("cameras.bin")),
                images(folder.resolve("images.bin"), withPoints2d),
                Files.exists(points) ? Optional.of(points(points)) : Optional.empty());
    }

    private static List<ColmapCamera> cameras(Path file) throws IOException {
        Map<Integer, ColmapCamera> cameras = new LinkedHashMap<>();
        try (BinaryRecords records = new BinaryRecords(file)) {
            int count = records.count("number of cameras", 4 + 4 + 8 + 8 + 3 * 8);
            for (int i = 0; i < count; i++) {
                records.begin("camera", i);
                int id = records.int32("CAMERA_ID");
                int modelId = records.int32("MODEL_ID");
                CameraModel model = CameraModel.ofColmapId(modelId)
                        .orElseThrow(() -> records.error(ColmapModel.unsupported(modelName(modelId))));
                int width = side(records, "WIDTH");
                int height = side(records, "HEIGHT");
                double[] parameters = records.float64s(model.parameterNames().size(), "PARAMS");
                try {
                    ColmapCamera camera = new ColmapCamera(id, model, width, height, parameters);
                    camera.camera();
                    if (cameras.put(id, camera) != null) {
                        throw records.error("CAMERA_ID " + id + " comes a second time: write the model again");
                    }
                } catch (IllegalArgumentException e) {
                    throw records.error(e.getMessage());
                }
            }
            records.requireEnd();
        }
        return List.copyOf(cameras.values());
    }

    private static String modelName(int id) {
        int place = id - FIRST_UNSUPPORTED;
        boolean known = place >= 0 && place < ColmapModel.UNSUPPORTED.size();
        return known ? ColmapModel.UNSUPPORTED.get(place) : "number " + id;
    }

    private static int side(BinaryRecords records, String field) throws IOException {
        long side = records.int64(field);
        if (side < 1 || side > Integer.MAX_VALUE) {
            throw records.error(field + " is " + Long.toUnsignedString(side) + ": it must be a number of pixels");
        }
        return (int) side;
    }

    private static List<ColmapModel.View> images(Path file, boolean withPoints2d) throws IOException {
        try (BinaryRecords records = new BinaryRecords(file)) {
            int count = records.count("number of images", 4 + 7 * 8 + 4 + 1 + 8);
            List<ColmapModel.View> images = new ArrayList<>(count);
            Set<String> names = new HashSet<>();
            for (int i = 0; i < count; i++) {
                records.begin("image", i);
                int id = records.int32("IMAGE_ID");
                double[] q = records.float64s(4, "Q");
                double[] t = records.float64s(3, "T");
                int cameraId = records.int32("CAMERA_ID");
                String name = records.string("NAME");
                if (!names.add(name)) {
                    throw records.error("NAME '" + name + "' comes a second time: write the model again");
                }
                int points = records.count("number of 2D points", 24);
                double[] xy = new double[withPoints2d ? 2 * points : 0];
                long[] ids = new long[withPoints2d ? points : 0];
                for (int k = 0; k < ids.length; k++) {
                    xy[2 * k] = records.float64("X");
                    xy[2 * k + 1] = records.float64("Y");
                    ids[k] = records.int64("POINT3D_ID");
                }
                records.skip(withPoints2d ? 0 : 24L * points, "POINTS2D");
                ColmapModel.View view = new ColmapModel.View(id, name, cameraId, q, t, xy, ids);
                try {
                    view.pose();
                } catch (IllegalArgumentException e) {
                    throw records.error(e.getMessage());
                }
                images.add(view);
            }
            records.requireEnd();
            return images;
        }
    }

    private static List<ColmapModel.Point> points(Path file) throws IOException {
        try (BinaryRecords records = new BinaryRecords(file)) {
            int count = records.count("number of points", 8 + 3 * 8 + 3 + 8 + 8);
            List<ColmapModel.Point> points = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                records.begin("point", i);
                long id = records.int64("POINT3D_ID");
                double[] xyz = records.float64s(3, "XYZ");
                int[] rgb = {records.uint8("R"), records.uint8("G"), records.uint8("B")};
                // not a number where COLMAP could not compute it
                double error = Double.longBitsToDouble(records.int64("ERROR"));
                int[] track = new int[2 * records.count("track length", 8)];
                for (int k = 0; k < track.length; k += 2) {
                    track[k] = records.int32("IMAGE_ID");
                    track[k + 1] = records.int32("POINT2D_IDX");
                }
                points.add(new ColmapModel.Point(id, xyz, rgb, error, track));
            }
            records.requireEnd();
            return points;
        }
    }
}
