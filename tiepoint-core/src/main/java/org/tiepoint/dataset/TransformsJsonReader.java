package org.tiepoint.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.tiepoint.geometry.Camera;
import org.tiepoint.geometry.CameraModel;
import org.tiepoint.geometry.Pose;
import org.tiepoint.image.ImageSize;

/**
 * Reads NeRF's {@code transforms.json} (Mildenhall et al., ECCV 2020; the fields of instant-ngp and nerfstudio).
 * Each of {@code frames} has {@code file_path} (relative to the file, with or without ending) and
 * {@code transform_matrix} (4x4 or 3x4, camera to world, OpenGL axes: y up, z backward). Intrinsics stand at a frame
 * or, shared, at the top: {@code fl_x} or {@code camera_angle_x} (radians), {@code fl_y}, {@code cx}, {@code cy}
 * (default: the middle), {@code w}, {@code h} (default: from the photo), {@code k1 k2 p1 p2} and {@code k3 k4};
 * {@code camera_model} OPENCV_FISHEYE takes {@code k1..k4} for its four. The principal point has COLMAP's origin, the
 * outer corner of the top-left pixel: 0.5 is taken off. Photos that are not there are left out with one warning.
 */
public final class TransformsJsonReader {
    static final List<String> FILES = List.of("transforms.json", "transforms_train.json");

    private final Path file;
    private final JsonNode top;

    private TransformsJsonReader(Path file, JsonNode top) {
        this.file = file;
        this.top = top;
    }

    /**
     * Reads one scene; it has neither pairs nor points.
     *
     * @param folder   the folder of {@code transforms.json} (or {@code transforms_train.json}), or that file
     * @param warnings told once how many photos are missing, if any are
     * @throws DatasetException when a field cannot be used or no photo is there
     */
    public static PosedCollection read(Path folder, Consumer<String> warnings) throws IOException {
        Path file = Files.isDirectory(folder) ? FILES.stream().map(folder::resolve).filter(Files::exists).findFirst()
                .orElseThrow(() -> new DatasetException(folder, "", "has none of " + FILES)) : folder;
        JsonNode top;
        try {
            top = new ObjectMapper().readTree(file.toFile());
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            throw new DatasetException(file, "line " + line, "no valid JSON, the file may be cut: "
                    + e.getOriginalMessage());
        }
        return new TransformsJsonReader(file, top).collection(warnings);
    }

    private PosedCollection collection(Consumer<String> warnings) throws IOException {
        JsonNode frames = top.path("frames");
        if (!frames.isArray() || frames.isEmpty()) {
            throw new DatasetException(file, "frames", "is no list of frames: it needs one for each photo");
        }
        List<PosedImage> images = new ArrayList<>();
        List<Path> missing = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < frames.size(); i++) {
            JsonNode frame = frames.get(i);
            String where = "frames[" + i + "]";
            String name = frame.path("file_path").asText("");
            if (name.isEmpty()) {
                throw new DatasetException(file, where + ".file_path", "is missing: it must name the photo");
            }
            if (!names.add(name)) {
                throw new DatasetException(file, where + ".file_path", "'" + name
                        + "' is listed a second time: remove one of the frames");
            }
            Pose pose = pose(frame.path("transform_matrix"), where + ".transform_matrix");
            Optional<Path> photo = photo(name);
            if (photo.isPresent()) {
                Path base = file.toAbsolutePath().normalize().getParent();
                String plain = base.relativize(photo.get()).toString().replace('\\', '/');
                images.add(new PosedImage(plain, photo.get(), camera(frame, where, photo.get()), pose));
            } else {
                missing.add(file.resolveSibling(name));
            }
        }
        if (images.isEmpty()) {
            throw new DatasetException(file, "frames", "none of the " + frames.size()
                    + " photos is there, the first is " + missing.get(0) + ": put them beside the file");
        }
        if (!missing.isEmpty()) {
            warnings.accept(file + ": " + missing.size() + " of " + frames.size()
                    + " photos are missing and left out, the first is " + missing.get(0));
        }
        String name = String.valueOf(file.toAbsolutePath().normalize().getParent().getFileName());
        return new PosedCollection(name, images, List.of(), Optional.empty());
    }

    private Optional<Path> photo(String name) {
        Path plain = file.toAbsolutePath().normalize().resolveSibling(name).normalize();
        if (Files.isRegularFile(plain)) {
            return Optional.of(plain);
        }
        return ImageFiles.ENDINGS.stream().map(ending -> plain.resolveSibling(plain.getFileName() + "." + ending))
                .filter(Files::isRegularFile).findFirst();
    }

    private Pose pose(JsonNode matrix, String where) throws DatasetException {
        double[] rotation = new double[9];
        double[] translation = new double[3];
        if (matrix.size() != 3 && matrix.size() != 4) {
            throw new DatasetException(file, where, "has " + matrix.size() + " rows: it needs 3 or 4 of 4 numbers");
        }
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 4; j++) {
                String cell = where + "[" + i + "][" + j + "]";
                double value = number(matrix.path(i).path(j), cell);
                if (j == 3) {
                    translation[i] = value;
                } else {
                    // OpenGL's y and z axes point the other way
                    rotation[3 * i + j] = j == 0 ? value : -value;
                }
            }
        }
        try {
            return Poses.cameraToWorld(rotation, translation);
        } catch (IllegalArgumentException e) {
            throw new DatasetException(file, where, e.getMessage());
        }
    }

    private Camera camera(JsonNode frame, String where, Path photo) throws IOException {
        Optional<Double> w = optional(frame, where, "w");
        Optional<Double> h = optional(frame, where, "h");
        ImageSize size = w.isPresent() && h.isPresent()
                ? new ImageSize((int) Math.round(w.get()), (int) Math.round(h.get())) : ImageFiles.size(photo);
        double fx = focal(frame, where, "fl_x", "camera_angle_x", size.width())
                .orElseThrow(() -> new DatasetException(file, where,
                        "neither it nor the top has fl_x (pixels) or camera_angle_x (radians)"));
        double fy = focal(frame, where, "fl_y", "camera_angle_y", size.height()).orElse(fx);
        double cx = optional(frame, where, "cx").orElse(size.width() / 2.0) - 0.5;
        double cy = optional(frame, where, "cy").orElse(size.height() / 2.0) - 0.5;
        double k1 = optional(frame, where, "k1").orElse(0.0);
        double k2 = optional(frame, where, "k2").orElse(0.0);
        double k3 = optional(frame, where, "k3").orElse(0.0);
        double k4 = optional(frame, where, "k4").orElse(0.0);
        double p1 = optional(frame, where, "p1").orElse(0.0);
        double p2 = optional(frame, where, "p2").orElse(0.0);
        boolean fisheye = isFisheye(frame, where);
        try {
            if (fisheye) {
                return new Camera(CameraModel.OPENCV_FISHEYE, size.width(), size.height(),
                        new double[] {fx, fy, cx, cy, k1, k2, k3, k4});
            }
            if (k3 != 0 || k4 != 0) {
                return new Camera(CameraModel.FULL_OPENCV, size.width(), size.height(),
                        new double[] {fx, fy, cx, cy, k1, k2, p1, p2, k3, k4, 0, 0});
            }
            return new Camera(CameraModel.OPENCV, size.width(), size.height(),
                    new double[] {fx, fy, cx, cy, k1, k2, p1, p2});
        } catch (IllegalArgumentException e) {
            throw new DatasetException(file, where, e.getMessage());
        }
    }

    private boolean isFisheye(JsonNode frame, String where) throws DatasetException {
        String model = field(frame, "camera_model").asText("OPENCV");
        if (List.of("OPENCV", "PINHOLE", "SIMPLE_PINHOLE", "SIMPLE_RADIAL", "RADIAL").contains(model)) {
            return field(frame, "is_fisheye").asBoolean(false);
        }
        if (!model.equals("OPENCV_FISHEYE")) {
            throw new DatasetException(file, where, "camera_model is '" + model
                    + "': supported are OPENCV, PINHOLE and OPENCV_FISHEYE; undistort the photos with another tool");
        }
        return true;
    }

    private Optional<Double> focal(JsonNode frame, String where, String focal, String angle, int side)
            throws DatasetException {
        Optional<Double> pixels = optional(frame, where, focal);
        return pixels.isPresent() ? pixels
                : optional(frame, where, angle).map(radians -> side / (2 * Math.tan(radians / 2)));
    }

    private JsonNode field(JsonNode frame, String name) {
        return frame.has(name) ? frame.get(name) : top.path(name);
    }

    private Optional<Double> optional(JsonNode frame, String where, String name) throws DatasetException {
        JsonNode value = field(frame, name);
        String at = frame.has(name) ? where + "." + name : name;
        return value.isMissingNode() || value.isNull() ? Optional.empty() : Optional.of(number(value, at));
    }

    private double number(JsonNode node, String where) throws DatasetException {
        if (!node.isNumber() || !Double.isFinite(node.asDouble())) {
            throw new DatasetException(file, where, "is " + (node.isMissingNode() ? "missing" : node)
                    + ": it must be a finite number");
        }
        return node.asDouble();
    }
}
