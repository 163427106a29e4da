package org.tiepoint.dataset.preparation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.StringJoiner;
import org.tiepoint.dataset.CapsReader;
import org.tiepoint.dataset.DepthRange;
import org.tiepoint.dataset.ImagePair;
import org.tiepoint.file.AtomicFile;
import org.tiepoint.geometry.Camera;
import org.tiepoint.geometry.Pose;

/**
 * Writes the lists of the CAPS layout ({@link CapsReader}); numbers keep all their digits. Each file appears whole or
 * not at all.
 */
public final class CapsWriter {
    private CapsWriter() {}

    /**
     * One line of {@code img_cam.txt}.
     *
     * @param name   file name in {@code images/}, without blanks
     * @param camera a pinhole of the photo's size
     * @param pose   world to camera
     */
    public record Entry(String name, Camera camera, Pose pose) {
        public Entry {
            if (name.isEmpty() || name.chars().anyMatch(Character::isWhitespace)) {
                throw new IllegalArgumentException("image name '" + name + "' must not be empty or hold blanks");
            }
            if (!camera.isPinhole()) {
                throw new IllegalArgumentException("image " + name + " has lens distortion: undistort it first");
            }
        }
    }

    /**
     * Writes the depths, the pairs and, last, the cameras: a folder that was broken off is not taken for a collection.
     *
     * @param aligned a folder that exists
     * @param pairs   places among the entries
     */
    public static void write(Path aligned, List<Entry> entries, List<ImagePair> pairs, DepthRange depths)
            throws IOException {
        text(aligned.resolve(CapsReader.DEPTHS), "# min typical max, in the units of the poses\n"
                + depths.min() + " " + depths.typical() + " " + depths.max() + "\n");
        StringBuilder pairLines = new StringBuilder();
        for (ImagePair pair : pairs) {
            pairLines.append(entries.get(pair.first()).name()).append(' ')
                    .append(entries.get(pair.second()).name()).append('\n');
        }
        text(aligned.resolve(CapsReader.PAIRS), pairLines);
        StringBuilder lines = new StringBuilder("# name w h fx fy cx cy R(9, row-major, world to camera) t(3); "
                + "pixel (0, 0) is the centre of the top-left pixel\n");
        entries.forEach(entry -> lines.append(line(entry)).append('\n'));
        text(aligned.resolve(CapsReader.CAMERAS), lines);
    }

    private static String line(Entry entry) {
        Camera camera = entry.camera();
        StringJoiner line = new StringJoiner(" ");
        line.add(entry.name()).add(Integer.toString(camera.width())).add(Integer.toString(camera.height()));
        for (double value : new double[] {camera.fx(), camera.fy(), camera.cx(), camera.cy()}) {
            line.add(Double.toString(value));
        }
        for (double value : entry.pose().rotation()) {
            line.add(Double.toString(value));
        }
        for (double value : entry.pose().translation()) {
            line.add(Double.toString(value));
        }
        return line.toString();
    }

    private static void text(Path file, CharSequence content) throws IOException {
        AtomicFile.write(file, out -> out.write(content.toString().getBytes(StandardCharsets.UTF_8)));
    }
}
