package org.tiepoint.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.tiepoint.geometry.Pose;

/** A TUM trajectory file: {@code timestamp tx ty tz qx qy qz qw} a line, camera to world, seconds and metres. */
final class TumTrajectory {
    private final TreeMap<Double, Pose> poses;

    private TumTrajectory(TreeMap<Double, Pose> poses) {
        this.poses = poses;
    }

    static TumTrajectory read(Path file) throws IOException {
        List<TextRecord> records = TextRecords.readAll(file);
        TreeMap<Double, Pose> poses = new TreeMap<>();
        for (TextRecord record : records) {
            record.requireAtLeast(8, "timestamp tx ty tz qx qy qz qw");
            double time = record.number(0, "timestamp");
            double[] t = record.numbers(1, 3, "t");
            double[] q = record.numbers(4, 4, "q");
            try {
                poses.put(time, Poses.cameraToWorld(Poses.rotation(q[3], q[0], q[1], q[2]), t));
            } catch (IllegalArgumentException e) {
                throw record.error(e.getMessage());
            }
        }
        if (poses.isEmpty()) {
            throw new DatasetException(file, "", "holds no pose (timestamp tx ty tz qx qy qz qw a line)");
        }
        return new TumTrajectory(poses);
    }

    /** The pose nearest in time, when it is near enough. */
    Optional<Pose> at(double time, double maxSeconds) {
        Map.Entry<Double, Pose> before = poses.floorEntry(time);
        Map.Entry<Double, Pose> after = poses.ceilingEntry(time);
        Map.Entry<Double, Pose> nearest = before == null || after != null
                && after.getKey() - time < time - before.getKey() ? after : before;
        return Math.abs(nearest.getKey() - time) <= maxSeconds ? Optional.of(nearest.getValue()) : Optional.empty();
    }
}
