package org.tiepoint.dataset;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.tiepoint.dataset.ColmapModel.ColmapCamera;
import org.tiepoint.dataset.ColmapModel.Point;
import org.tiepoint.dataset.ColmapModel.View;
import org.tiepoint.file.AtomicFile;

/**
 * Writes COLMAP models as COLMAP does: a model that it wrote comes out again byte by byte, text as well as binary (rigs and
 * frames apart, see {@link ColmapModel}). Each file is written whole or not at all. A model without a file of points
 * gets an empty one, for COLMAP needs it.
 */
public final class ColmapModelWriter {
    private ColmapModelWriter() {}

    /** Writes cameras.bin, images.bin and points3D.bin. */
    public static void writeBinary(ColmapModel model, Path folder) throws IOException {
        Files.createDirectories(folder);
        AtomicFile.write(folder.resolve("cameras.bin"), out -> writeCameras(model.cameras(), new Binary(out)));
        AtomicFile.write(folder.resolve("images.bin"), out -> writeImages(model.images(), new Binary(out)));
        AtomicFile.write(folder.resolve("points3D.bin"),
                out -> writePoints(model.points().orElse(List.of()), new Binary(out)));
    }

    /** Little-endian numbers, whatever the machine. */
    private record Binary(DataOutputStream out) {
        Binary(OutputStream out) {
            this(new DataOutputStream(out));
        }

        void int32(int value) throws IOException {
            out.writeInt(Integer.reverseBytes(value));
        }

        void int64(long value) throws IOException {
            out.writeLong(Long.reverseBytes(value));
        }

        void float64(double value) throws IOException {
            int64(Double.doubleToRawLongBits(value));
        }

        void float64s(double[] values) throws IOException {
            for (double value : values) {
                float64(value);
            }
        }
    }

    private static void writeCameras(List<ColmapCamera> cameras, Binary out) throws IOException {
        out.int64(cameras.size());
        for (ColmapCamera camera : cameras) {
            out.int32(camera.id());
            out.int32(camera.model().colmapId());
            out.int64(camera.width());
            out.int64(camera.height());
            out.float64s(camera.parameters());
        }
    }

    private static void writeImages(List<View> images, Binary out) throws IOException {
        out.int64(images.size());
        for (View image : images) {
            out.int32(image.id());
            out.float64s(image.quaternion());
            out.float64s(image.translation());
            out.int32(image.cameraId());
            out.out.write(image.name().getBytes(StandardCharsets.UTF_8));
            out.out.write(0);
            out.int64(image.point3dIds().length);
            for (int i = 0; i < image.point3dIds().length; i++) {
                out.float64(image.points2d()[2 * i]);
                out.float64(image.points2d()[2 * i + 1]);
                out.int64(image.point3dIds()[i]);
            }
        }
    }

    private static void writePoints(List<Point> points, Binary out) throws IOException {
        out.int64(points.size());
        for (Point point : points) {
            out.int64(point.id());
            out.float64s(point.xyz());
            for (int colour : point.rgb()) {
                out.out.write(colour);
            }
            out.float64(point.error());
            out.int64(point.trackLength());
            for (int element : point.track()) {
                out.int32(element);
            }
        }
    }

    /** Writes cameras.txt, images.txt and points3D.txt, with 17 digits a number. */
    public static void writeText(ColmapModel model, Path folder) throws IOException {
        Files.createDirectories(folder);
        writeText(folder.resolve("cameras.txt"), out -> writeCameras(model.cameras(), out));
        writeText(folder.resolve("images.txt"), out -> writeImages(model.images(), out));
        writeText(folder.resolve("points3D.txt"), out -> writePoints(model.points().orElse(List.of()), out));
    }

    @FunctionalInterface
    private interface Text {
        void writeTo(Writer out) throws IOException;
    }

    private static void writeText(Path file, Text text) throws IOException {
        AtomicFile.write(file, out -> {
            Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
            text.writeTo(writer);
            writer.flush();
        });
    }

    private static void writeCameras(List<ColmapCamera> cameras, Writer out) throws IOException {
        out.write("# Camera list with one line of data per camera:\n#   CAMERA_ID, MODEL, WIDTH, HEIGHT, PARAMS[]\n"
                + "# Number of cameras: " + cameras.size() + "\n");
        for (ColmapCamera camera : cameras) {
            out.write(camera.id() + " " + camera.model() + " " + camera.width() + " " + camera.height());
            writeNumbers(camera.parameters(), out);
            out.write("\n");
        }
    }

    private static void writeImages(List<View> images, Writer out) throws IOException {
        long observations = images.stream().mapToLong(View::observations).sum();
        out.write("# Image list with two lines of data per image:\n"
                + "#   IMAGE_ID, QW, QX, QY, QZ, TX, TY, TZ, CAMERA_ID, NAME\n"
                + "#   POINTS2D[] as (X, Y, POINT3D_ID)\n# Number of images: " + images.size()
                + ", mean observations per image: " + mean(observations, images.size()) + "\n");
        for (View image : images) {
            out.write(Integer.toUnsignedString(image.id()));
            writeNumbers(image.quaternion(), out);
            writeNumbers(image.translation(), out);
            out.write(" " + Integer.toUnsignedString(image.cameraId()) + " " + image.name() + "\n");
            for (int i = 0; i < image.point3dIds().length; i++) {
                out.write((i == 0 ? "" : " ") + SeventeenDigits.of(image.points2d()[2 * i]) + " "
                        + SeventeenDigits.of(image.points2d()[2 * i + 1]) + " " + image.point3dIds()[i]);
            }
            out.write("\n");
        }
    }

    private static void writePoints(List<Point> points, Writer out) throws IOException {
        long observations = points.stream().mapToLong(Point::trackLength).sum();
        out.write("# 3D point list with one line of data per point:\n"
                + "#   POINT3D_ID, X, Y, Z, R, G, B, ERROR, TRACK[] as (IMAGE_ID, POINT2D_IDX)\n"
                + "# Number of points: " + points.size() + ", mean track length: " + mean(observations, points.size())
                + "\n");
        for (Point point : points) {
            out.write(Long.toString(point.id()));
            writeNumbers(point.xyz(), out);
            out.write(" " + point.rgb()[0] + " " + point.rgb()[1] + " " + point.rgb()[2] + " "
                    + SeventeenDigits.of(point.error()));
            for (int element : point.track()) {
                out.write(" " + Integer.toUnsignedString(element));
            }
            out.write("\n");
        }
    }

    private static void writeNumbers(double[] values, Writer out) throws IOException {
        for (double value : values) {
            out.write(" " + SeventeenDigits.of(value));
        }
    }

    /** 0 of none, as COLMAP has it. */
    private static String mean(long sum, int count) {
        return count == 0 ? "0" : SeventeenDigits.of((double) sum / count);
    }
}
