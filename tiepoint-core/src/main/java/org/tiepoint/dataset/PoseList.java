package org.tiepoint.dataset;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.tiepoint.file.AtomicFile;
import org.tiepoint.geometry.Pose;
import org.tiepoint.geometry.Quaternion;

/**
 * Poses of images as the Aachen Day-Night benchmark takes them and hloc writes them (visuallocalization.net): a line an
 * image, {@code name qw qx qy qz tx ty tz}, world to camera. Numbers are written with all their digits.
 */
public final class PoseList {
    private static final String LAYOUT = "name qw qx qy qz tx ty tz";

    private PoseList() {}

    /** Writes poses in the map's order, whole or not at all; names cannot hold white space. */
    public static void write(Path file, Map<String, Pose> poses) throws IOException {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, Pose> entry : poses.entrySet()) {
            String name = entry.getKey();
            if (name.isEmpty() || name.startsWith("#") || name.chars().anyMatch(Character::isWhitespace)) {
                throw new DatasetException(file, "", "cannot list image " + TextRecord.quoted(name) + ": names in a"
                        + " list of poses must not hold white space or begin with #; rename the image");
            }
            Quaternion q = Quaternion.ofRotation(entry.getValue().rotation());
            double[] t = entry.getValue().translation();
            text.append(name);
            for (double value : new double[] {q.w(), q.x(), q.y(), q.z(), t[0], t[1], t[2]}) {
                text.append(' ').append(value);
            }
            text.append('\n');
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        AtomicFile.write(file, out -> out.write(bytes));
    }

    /**
     * Reads poses in the file's order.
     *
     * @throws DatasetException naming the line and the field that cannot be used, or an image that comes twice
     */
    public static Map<String, Pose> read(Path file) throws IOException {
        Map<String, Pose> poses = new LinkedHashMap<>();
        try (TextRecords records = new TextRecords(file)) {
            for (Optional<TextRecord> next = records.next(); next.isPresent(); next = records.next()) {
                TextRecord record = next.get();
                record.requireAtLeast(8, LAYOUT);
                double[] q = record.numbers(1, 4, "q");
                double[] t = record.numbers(5, 3, "t");
                ImageFiles.requireNew(poses.keySet(), record, record.fields()[0]);
                try {
                    poses.put(record.fields()[0], Poses.worldToCamera(Poses.rotation(q[0], q[1], q[2], q[3]), t));
                } catch (IllegalArgumentException e) {
                    throw record.error(e.getMessage());
                }
            }
        }
        return poses;
    }
}
