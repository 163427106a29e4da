package org.tiepoint.interop.colmap;

import java.util.ArrayList;
import java.util.List;

/**
 * The two generations of COLMAP's database tables. COLMAP 3.8 reads the first only; later versions, 4.x too, read the
 * first and bring it up to date when they open it. Both generations are extended.
 */
public enum ColmapSchema {
    /** COLMAP up to 3.11; read by every version. */
    COLMAP_3(3800),
    /** COLMAP 4.0: rigs and frames, pose priors, a type beside descriptors. COLMAP 3.8 cannot open it. */
    COLMAP_4(4000000);

    private static final String CAMERAS = "CREATE TABLE cameras (camera_id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,"
            + " model INTEGER NOT NULL, width INTEGER NOT NULL, height INTEGER NOT NULL, params BLOB,"
            + " prior_focal_length INTEGER NOT NULL)";
    private static final String IMAGES = "CREATE TABLE images (image_id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,"
            + " name TEXT NOT NULL UNIQUE, camera_id INTEGER NOT NULL,%s"
            + " CONSTRAINT image_id_check CHECK(image_id >= 0 and image_id < 2147483647),"
            + " FOREIGN KEY(camera_id) REFERENCES cameras(camera_id))";
    private static final String PRIOR_POSE = " prior_qw REAL, prior_qx REAL, prior_qy REAL, prior_qz REAL,"
            + " prior_tx REAL, prior_ty REAL, prior_tz REAL,";
    private static final String OF_IMAGE = "CREATE TABLE %s (image_id INTEGER PRIMARY KEY NOT NULL,%s"
            + " rows INTEGER NOT NULL, cols INTEGER NOT NULL, data BLOB,"
            + " FOREIGN KEY(image_id) REFERENCES images(image_id) ON DELETE CASCADE)";
    private static final String OF_PAIR = "CREATE TABLE %s (pair_id INTEGER PRIMARY KEY NOT NULL,"
            + " rows INTEGER NOT NULL, cols INTEGER NOT NULL, data BLOB%s)";
    private static final List<String> RIGS_AND_FRAMES = List.of(
            "CREATE TABLE rigs (rig_id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, ref_sensor_id INTEGER NOT NULL,"
                    + " ref_sensor_type INTEGER NOT NULL)",
            "CREATE UNIQUE INDEX rig_ref_sensor_assignment ON rigs(ref_sensor_id, ref_sensor_type)",
            "CREATE TABLE rig_sensors (rig_id INTEGER NOT NULL, sensor_id INTEGER NOT NULL,"
                    + " sensor_type INTEGER NOT NULL, sensor_from_rig BLOB,"
                    + " FOREIGN KEY(rig_id) REFERENCES rigs(rig_id) ON DELETE CASCADE)",
            "CREATE UNIQUE INDEX rig_sensor_assignment ON rig_sensors(sensor_id, sensor_type)",
            "CREATE TABLE frames (frame_id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, rig_id INTEGER NOT NULL,"
                    + " FOREIGN KEY(rig_id) REFERENCES rigs(rig_id) ON DELETE CASCADE)",
            "CREATE TABLE frame_data (frame_id INTEGER NOT NULL, data_id INTEGER NOT NULL,"
                    + " sensor_id INTEGER NOT NULL, sensor_type INTEGER NOT NULL,"
                    + " FOREIGN KEY(frame_id) REFERENCES frames(frame_id) ON DELETE CASCADE)",
            "CREATE UNIQUE INDEX frame_sensor_assignment ON frame_data(data_id, sensor_type)",
            "CREATE TABLE pose_priors (pose_prior_id INTEGER PRIMARY KEY NOT NULL, corr_data_id INTEGER NOT NULL,"
                    + " corr_sensor_id INTEGER NOT NULL, corr_sensor_type INTEGER NOT NULL, position BLOB,"
                    + " position_covariance BLOB, gravity BLOB, coordinate_system INTEGER NOT NULL)");

    private final int userVersion;

    ColmapSchema(int userVersion) {
        this.userVersion = userVersion;
    }

    /** The statements that make an empty database. */
    List<String> statements() {
        boolean old = this == COLMAP_3;
        List<String> all = new ArrayList<>();
        all.add(CAMERAS);
        all.add(String.format(IMAGES, old ? PRIOR_POSE : ""));
        all.add("CREATE UNIQUE INDEX index_name ON images(name)");
        all.add(String.format(OF_IMAGE, "keypoints", ""));
        all.add(String.format(OF_IMAGE, "descriptors", old ? "" : " type INTEGER NOT NULL,"));
        all.add(String.format(OF_PAIR, "matches", ""));
        all.add(String.format(OF_PAIR, "two_view_geometries",
                ", config INTEGER NOT NULL, F BLOB, E BLOB, H BLOB, qvec BLOB, tvec BLOB"));
        if (!old) {
            all.addAll(RIGS_AND_FRAMES);
        }
        all.add("PRAGMA user_version = " + userVersion);
        return all;
    }
}
