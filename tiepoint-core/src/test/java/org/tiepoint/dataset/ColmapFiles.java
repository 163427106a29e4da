package org.tiepoint.dataset;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import org.tiepoint.geometry.CameraModel;

/** Writes a COLMAP model as COLMAP does, text or binary, straight from the format's description. */
final class ColmapFiles {
    record CameraRow(int id, CameraModel model, int width, int height, double... parameters) {}

    record ImageRow(int id, double[] q, double[] t, int cameraId, String name, int points2d) {}

    record PointRow(long id, double[] xyz, int... imageIds) {}

    static final List<CameraRow> CAMERAS = List.of(
            new CameraRow(3, CameraModel.SIMPLE_PINHOLE, 16, 12, 20, 8, 6),
            new CameraRow(1, CameraModel.PINHOLE, 16, 12, 20, 21, 8.25, 6.5),
            new CameraRow(7, CameraModel.SIMPLE_RADIAL, 16, 12, 20, 8, 6, 0.01),
            new CameraRow(8, CameraModel.RADIAL, 16, 12, 20, 8, 6, 0.01, -0.002),
            new CameraRow(9, CameraModel.OPENCV, 16, 12, 20, 21, 8, 6, 0.01, -0.002, 0.001, 0.0005),
            new CameraRow(10, CameraModel.OPENCV_FISHEYE, 16, 12, 20, 21, 8, 6, 0.01, -0.002, 0.001, 0.0005),
            new CameraRow(11, CameraModel.FULL_OPENCV, 16, 12, 20, 21, 8, 6, 0.01, -0.002, 0.001, 0.0005, 0.003,
                    0.004, 0.005, 0.006));
    static final List<ImageRow> IMAGES = List.of(
            new ImageRow(5, new double[] {1, 0, 0, 0}, new double[] {0, 0, 0}, 3, "a.png", 2),
            new ImageRow(2, new double[] {0.5, 0.5, 0.5, 0.5}, new double[] {1, 2, 3}, 1, "sub/b c.png", 0),
            new ImageRow(6, new double[] {0.8, 0, 0.6, 0}, new double[] {-1, 0, 2}, 11, "d.png", 1));
    static final List<PointRow> POINTS = List.of(
            new PointRow(77, new double[] {0.5, -0.25, 4}, 6, 5, 5),
            new PointRow(12, new double[] {1, 2, 3}, 2, 5));

    private ColmapFiles() {}

    static void photos(Path folder) throws IOException {
        for (ImageRow image : IMAGES) {
            TestPhotos.write(folder.resolve(image.name()), 16, 12);
        }
    }

    static void text(Path folder, List<CameraRow> cameras, List<ImageRow> images, List<PointRow> points)
            throws IOException {
        Files.createDirectories(folder);
        StringBuilder text = new StringBuilder("# Camera list\n# Number of cameras: " + cameras.size() + "\n");
        for (CameraRow camera : cameras) {
            text.append(String.format(Locale.ROOT, "%d %s %d %d %s%n", camera.id(), camera.model(), camera.width(),
                    camera.height(), numbers(camera.parameters())));
        }
        Files.writeString(folder.resolve("cameras.txt"), text);
        text = new StringBuilder("# Image list\n# Number of images: " + images.size()
                + ", mean observations per image: 1.0\n");
        for (ImageRow image : images) {
            text.append(String.format(Locale.ROOT, "%d %s %s %d %s%n", image.id(), numbers(image.q()),
                    numbers(image.t()), image.cameraId(), image.name()));
            text.append("1.5 2.5 77 ".repeat(image.points2d())).append("\n");
        }
        Files.writeString(folder.resolve("images.txt"), text);
        text = new StringBuilder("# 3D point list\n# Number of points: " + points.size()
                + ", mean track length: 2.5\n");
        for (PointRow point : points) {
            text.append(point.id()).append(' ').append(numbers(point.xyz())).append(" 10 20 30 0.5");
            for (int image : point.imageIds()) {
                text.append(' ').append(image).append(" 0");
            }
            text.append('\n');
        }
        Files.writeString(folder.resolve("points3D.txt"), text);
    }

    static void binary(Path folder, List<CameraRow> cameras, List<ImageRow> images, List<PointRow> points)
            throws IOException {
        Files.createDirectories(folder);
        ByteBuffer out = ByteBuffer.allocate(10_000).order(ByteOrder.LITTLE_ENDIAN);
        out.putLong(cameras.size());
        for (CameraRow camera : cameras) {
            out.putInt(camera.id()).putInt(camera.model().colmapId()).putLong(camera.width())
                    .putLong(camera.height());
            Arrays.stream(camera.parameters()).forEach(out::putDouble);
        }
        write(folder.resolve("cameras.bin"), out);
        out.putLong(images.size());
        for (ImageRow image : images) {
            out.putInt(image.id());
            Arrays.stream(image.q()).forEach(out::putDouble);
            Arrays.stream(image.t()).forEach(out::putDouble);
            out.putInt(image.cameraId()).put(image.name().getBytes(StandardCharsets.UTF_8)).put((byte) 0);
            out.putLong(image.points2d());
            for (int i = 0; i < image.points2d(); i++) {
                out.putDouble(1.5).putDouble(2.5).putLong(77);
            }
        }
        write(folder.resolve("images.bin"), out);
        out.putLong(points.size());
        for (PointRow point : points) {
            out.putLong(point.id());
            Arrays.stream(point.xyz()).forEach(out::putDouble);
            out.put(new byte[] {10, 20, 30}).putDouble(0.5).putLong(point.imageIds().length);
            for (int image : point.imageIds()) {
                out.putInt(image).putInt(0);
            }
        }
        write(folder.resolve("points3D.bin"), out);
    }

    private static void write(Path file, ByteBuffer out) throws IOException {
        Files.write(file, Arrays.copyOf(out.array(), out.position()));
        out.clear();
    }

    private static String numbers(double[] values) {
        StringJoiner joined = new StringJoiner(" ");
        Arrays.stream(values).forEach(value -> joined.add(Double.toString(value)));
        return joined.toString();
    }
}
