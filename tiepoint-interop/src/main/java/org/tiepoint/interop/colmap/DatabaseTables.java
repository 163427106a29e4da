package org.tiepoint.interop.colmap;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tiepoint.dataset.DatasetException;
import org.tiepoint.geometry.Pose;

/** The insertions into COLMAP's tables, within a transaction of the caller's. */
final class DatabaseTables {
    private static final int CAMERA_SENSOR = 0;
    private static final Map<String, List<String>> NEEDED = needed();

    private final Path file;
    private final Connection connection;
    private final boolean frames;

    private DatabaseTables(Path file, Connection connection, boolean frames) {
        this.file = file;
        this.connection = connection;
        this.frames = frames;
    }

    private static Map<String, List<String>> needed() {
        Map<String, List<String>> needed = new LinkedHashMap<>();
        needed.put("cameras", List.of("camera_id", "model", "width", "height", "params", "prior_focal_length"));
        needed.put("images", List.of("image_id", "name", "camera_id"));
        needed.put("keypoints", List.of("image_id", "rows", "cols", "data"));
        needed.put("matches", List.of("pair_id", "rows", "cols", "data"));
        needed.put("two_view_geometries", List.of("pair_id", "rows", "cols", "data", "config", "F", "E", "H", "qvec",
                "tvec"));
        return needed;
    }

    /** Checks that the tables and columns are there. */
    static DatabaseTables check(Path file, Connection connection) throws IOException {
        try (Statement statement = connection.createStatement()) {
            for (Map.Entry<String, List<String>> table : NEEDED.entrySet()) {
                Set<String> columns = columns(statement, table.getKey());
                if (columns.isEmpty()) {
                    throw new DatasetException(file, "", "is no COLMAP database: it has no table '" + table.getKey()
                            + "'; name another file");
                }
                for (String column : table.getValue()) {
                    if (!columns.contains(column)) {
                        throw new DatasetException(file, "table " + table.getKey(), "has no column '" + column
                                + "': open the database once with COLMAP 3.8 or later, which adds it");
                    }
                }
            }
            boolean frames = columns(statement, "rigs").contains("ref_sensor_id")
                    && columns(statement, "rig_sensors").contains("sensor_id")
                    && columns(statement, "frames").contains("rig_id")
                    && columns(statement, "frame_data").contains("data_id");
            return new DatabaseTables(file, connection, frames);
        } catch (SQLException e) {
            throw SqliteFile.failure(file, e);
        }
    }

    private static Set<String> columns(Statement statement, String table) throws SQLException {
        Set<String> columns = new HashSet<>();
        try (ResultSet rows = statement.executeQuery("PRAGMA table_info(" + table + ")")) {
            while (rows.next()) {
                columns.add(rows.getString(2));
            }
        }
        return columns;
    }

    boolean hasFrames() {
        return frames;
    }

    int insertCamera(DatabaseCamera camera) throws SQLException, IOException {
        return insert("INSERT INTO cameras(model, width, height, params, prior_focal_length) VALUES(?, ?, ?, ?, ?)",
                camera.camera().model().colmapId(), camera.camera().width(), camera.camera().height(),
                Blobs.of(camera.colmapParameters()), camera.priorFocalLength() ? 1 : 0);
    }

    int insertImage(String name, int cameraId) throws SQLException, IOException {
        // without any frame COLMAP 4 makes one for every image; with some, an image without one is an error
        boolean framed = frames && (number("SELECT 1 FROM frames LIMIT 1").isPresent()
                || number("SELECT 1 FROM images LIMIT 1").isEmpty());
        int id = insert("INSERT INTO images(name, camera_id) VALUES(?, ?)", name, cameraId);
        if (framed) {
            int frame = insert("INSERT INTO frames(rig_id) VALUES(?)", rig(cameraId));
            insert("INSERT INTO frame_data(frame_id, data_id, sensor_id, sensor_type) VALUES(?, ?, ?, ?)", frame, id,
                    cameraId, CAMERA_SENSOR);
        }
        return id;
    }

    /** The rig that the camera is part of; a new one of this camera alone where there is none. */
    private long rig(int cameraId) throws SQLException, IOException {
        Optional<Long> reference = number("SELECT rig_id FROM rigs WHERE ref_sensor_id = ? AND ref_sensor_type = ?",
                cameraId, CAMERA_SENSOR);
        Optional<Long> member = reference.isPresent() ? reference : number(
                "SELECT rig_id FROM rig_sensors WHERE sensor_id = ? AND sensor_type = ?", cameraId, CAMERA_SENSOR);
        return member.isPresent() ? member.get() : insert(
                "INSERT INTO rigs(ref_sensor_id, ref_sensor_type) VALUES(?, ?)", cameraId, CAMERA_SENSOR);
    }

    void insertKeypoints(int imageId, StoredKeypoints keypoints) throws SQLException, IOException {
        insert("INSERT INTO keypoints(image_id, rows, cols, data) VALUES(?, ?, ?, ?)", imageId, keypoints.count(),
                keypoints.columns(), Blobs.of(keypoints.data()));
    }

    void insertPair(int first, int second, int[] matches, VerifiedPair verified) throws SQLException, IOException {
        long pair = PairId.of(first, second);
        boolean swap = first > second;
        if (number("SELECT 1 FROM matches WHERE pair_id = ?", pair).isEmpty()) {
            int[] indices = swap ? VerifiedPair.swapped(matches) : matches;
            insert("INSERT INTO matches(pair_id, rows, cols, data) VALUES(?, ?, ?, ?)", pair, indices.length / 2, 2,
                    Blobs.of(indices));
        }
        if (number("SELECT 1 FROM two_view_geometries WHERE pair_id = ?", pair).isPresent()) {
            throw new DatasetException(file, "pair of images " + first + " and " + second, "is verified already:"
                    + " another run writes to this database; let it finish first");
        }
        VerifiedPair stored = swap ? verified.swapped() : verified;
        Optional<Pose> pose = stored.pose();
        insert("INSERT INTO two_view_geometries(pair_id, rows, cols, data, config, F, E, H, qvec, tvec)"
                + " VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", pair, stored.inlierCount(), 2, Blobs.of(stored.inliers()),
                stored.configuration().number(), blob(stored.fundamental()), blob(stored.essential()),
                blob(stored.homography()), blob(pose.map(StoredPose::quaternion)), blob(pose.map(Pose::translation)));
    }

    private static Optional<byte[]> blob(Optional<double[]> numbers) {
        return numbers.map(Blobs::of);
    }

    /** Inserts a row; the number that it gets. */
    private int insert(String sql, Object... values) throws SQLException, IOException {
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            bind(insert, values);
            insert.executeUpdate();
        }
        long row = number("SELECT last_insert_rowid()").orElse(0L);
        return (int) Math.min(row, Integer.MAX_VALUE);
    }

    /** The first number that a query gives. */
    private Optional<Long> number(String sql, Object... values) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            bind(select, values);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(row.getLong(1)) : Optional.empty();
            }
        }
    }

    private static void bind(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            Object value = values[i] instanceof Optional<?> optional ? optional.orElse(null) : values[i];
            statement.setObject(i + 1, value);
        }
    }
}
