package org.tiepoint.interop.colmap;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tiepoint.dataset.DatasetException;
import org.tiepoint.feature.Keypoints;
import org.tiepoint.geometry.CameraModel;
import org.tiepoint.geometry.Pose;
import org.tiepoint.match.Matches;

class ColmapDatabaseTest {
    private static final DatabaseCamera CAMERA = DatabaseCamera.ofColmap(CameraModel.SIMPLE_RADIAL, 40, 30,
            new double[] {50, 20, 15, 0.1}, true);
    private static final double[] F = {1, 2, 3, 4, 5, 6, 7, 8, 9};
    private static final double[] H = {2, 0, 3, 0, 4, 5, 0, 0, 1};

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("scene ? #1.db");
    }

    @ParameterizedTest
    @EnumSource(ColmapSchema.class)
    void keepsWhatIsAdded(ColmapSchema schema) throws IOException {
        Keypoints points = Keypoints.ofPositions(new float[] {1, 2, 3, 4.5f});
        Pose pose = new Pose(new double[] {0, -1, 0, 1, 0, 0, 0, 0, 1}, new double[] {0, 0.6, 0.8});
        VerifiedPair verified = new VerifiedPair(TwoViewConfiguration.CALIBRATED, new int[] {1, 0},
                Optional.of(F), Optional.of(F), Optional.of(H), Optional.of(pose));
        try (ColmapDatabase database = ColmapDatabase.open(file, schema)) {
            assertEquals(schema, database.schema());
            assertEquals(1, database.addImage("a/1.jpg", CAMERA, points));
            assertEquals(2, database.addImage("b.jpg", 1, Keypoints.ofPositions(new float[0])));
            database.addPair(2, 1, matches(0, 1, 1, 0), verified);
        }
        try (ColmapDatabase database = ColmapDatabase.openToRead(file)) {
            assertEquals(List.of(new DatabaseImage(1, "a/1.jpg", 1), new DatabaseImage(2, "b.jpg", 1)),
                    database.images());
            assertArrayEquals(CAMERA.colmapParameters(), database.camera(1).colmapParameters());
            assertTrue(database.camera(1).priorFocalLength());
            assertArrayEquals(points.xy(), database.keypoints(1).orElseThrow().xy());
            assertEquals(0, database.keypoints(2).orElseThrow().count());
            assertEquals(Set.of(PairId.of(1, 2)), database.verifiedPairs());
            assertArrayEquals(new int[] {0, 1, 1, 0}, database.matches(2, 1).orElseThrow().indices());
            assertArrayEquals(new int[] {1, 0, 0, 1}, database.matches(1, 2).orElseThrow().indices());
            VerifiedPair same = database.verifiedPair(2, 1).orElseThrow();
            assertEquals(TwoViewConfiguration.CALIBRATED, same.configuration());
            assertArrayEquals(F, same.fundamental().orElseThrow(), 1e-12);
            assertArrayEquals(H, same.homography().orElseThrow(), 1e-12);
            assertArrayEquals(pose.rotation(), same.pose().orElseThrow().rotation(), 1e-12);
            assertArrayEquals(pose.translation(), same.pose().orElseThrow().translation(), 1e-12);
            VerifiedPair turned = database.verifiedPair(1, 2).orElseThrow();
            assertArrayEquals(new int[] {0, 1}, turned.inliers());
            assertArrayEquals(new double[] {1, 4, 7, 2, 5, 8, 3, 6, 9}, turned.essential().orElseThrow(), 1e-12);
            assertArrayEquals(new double[] {0.5, 0, -1.5, 0, 0.25, -1.25, 0, 0, 1},
                    turned.homography().orElseThrow(), 1e-12);
            assertArrayEquals(pose.inverse().translation(), turned.pose().orElseThrow().translation(), 1e-12);
        }
    }

    @Test
    void theLowerImageComesFirstInTheNumberOfAPair() throws Exception {
        try (ColmapDatabase database = ColmapDatabase.open(file)) {
            database.addCamera(CAMERA);
            for (String name : new String[] {"a", "b"}) {
                database.addImage(name, 1, Keypoints.ofPositions(new float[20]));
            }
            database.addPair(2, 1, matches(7, 9), VerifiedPair.DEGENERATE);
        }
        assertEquals(List.of("2147483649,1,2"), query("SELECT pair_id, rows, cols FROM matches"));
        assertEquals(List.of("0900000007000000"), query("SELECT hex(data) FROM matches"));
        assertEquals(List.of("0,2,1,0,null,null"),
                query("SELECT rows, cols, config, length(data), F, qvec FROM two_view_geometries"));
    }

    @Test
    void anImageOfColmap4GetsAFrameAndACameraARig() throws Exception {
        try (ColmapDatabase database = ColmapDatabase.open(file, ColmapSchema.COLMAP_4)) {
            database.addImage("a", CAMERA, Keypoints.ofPositions(new float[0]));
            database.addImage("b", CAMERA, Keypoints.ofPositions(new float[0]));
            database.addImage("c", 2, Keypoints.ofPositions(new float[0]));
        }
        assertEquals(List.of("1,1,0", "2,2,0"), query("SELECT rig_id, ref_sensor_id, ref_sensor_type FROM rigs"));
        assertEquals(List.of("1,1", "2,2", "3,2"), query("SELECT frame_id, rig_id FROM frames"));
        assertEquals(List.of("1,1,1,0", "2,2,2,0", "3,3,2,0"),
                query("SELECT frame_id, data_id, sensor_id, sensor_type FROM frame_data"));
    }

    @Test
    void anImageJoinsTheRigThatItsCameraIsPartOf() throws Exception {
        try (ColmapDatabase database = ColmapDatabase.open(file, ColmapSchema.COLMAP_4)) {
            database.addImage("a", CAMERA, Keypoints.ofPositions(new float[0]));
            database.addCamera(CAMERA);
        }
        execute("INSERT INTO rig_sensors(rig_id, sensor_id, sensor_type) VALUES(1, 2, 0)");
        try (ColmapDatabase database = ColmapDatabase.open(file)) {
            assertEquals(ColmapSchema.COLMAP_4, database.schema());
            database.addImage("b", 2, Keypoints.ofPositions(new float[0]));
        }
        assertEquals(List.of("1"), query("SELECT rig_id FROM rigs"));
        assertEquals(List.of("1", "1"), query("SELECT rig_id FROM frames"));
    }

    @Test
    void framesAreNotBegunAmongImagesWithout() throws Exception {
        try (ColmapDatabase database = ColmapDatabase.open(file, ColmapSchema.COLMAP_4)) {
            database.addImage("a", CAMERA, Keypoints.ofPositions(new float[0]));
        }
        execute("DELETE FROM frame_data", "DELETE FROM frames", "DELETE FROM rigs");
        try (ColmapDatabase database = ColmapDatabase.open(file)) {
            database.addImage("b", 1, Keypoints.ofPositions(new float[0]));
        }
        assertEquals(List.of("0"), query("SELECT count(*) FROM frames"));
    }

    @Test
    void nothingThatIsThereIsOverwritten() throws Exception {
        try (ColmapDatabase database = ColmapDatabase.open(file)) {
            database.addImage("a", CAMERA, Keypoints.ofPositions(new float[20]));
            database.addImage("b", 1, Keypoints.ofPositions(new float[20]));
            database.addPair(1, 2, matches(1, 1), VerifiedPair.DEGENERATE);
            List<String> before = query("SELECT hex(data) FROM keypoints");
            assertThrows(DatasetException.class, () -> database.addKeypoints(1, Keypoints.ofPositions(new float[2])));
            assertThrows(DatasetException.class,
                    () -> database.addImage("a", CAMERA, Keypoints.ofPositions(new float[0])));
            assertThrows(DatasetException.class,
                    () -> database.addPair(2, 1, matches(2, 2), VerifiedPair.DEGENERATE));
            assertEquals(before, query("SELECT hex(data) FROM keypoints"));
            // the camera of the image that could not be added went with it
            assertEquals(List.of("1"), query("SELECT count(*) FROM cameras"));
        }
    }

    @Test
    void matchesOfOthersStayWhenTheyAreVerified() throws Exception {
        try (ColmapDatabase database = ColmapDatabase.open(file)) {
            database.addImage("a", CAMERA, Keypoints.ofPositions(new float[20]));
            database.addImage("b", 1, Keypoints.ofPositions(new float[20]));
        }
        execute("INSERT INTO matches VALUES(2147483649, 1, 2, x'0300000004000000')");
        try (ColmapDatabase database = ColmapDatabase.open(file)) {
            assertArrayEquals(new int[] {4, 3}, database.matches(2, 1).orElseThrow().indices());
            database.addPair(1, 2, matches(9, 9), VerifiedPair.DEGENERATE);
            assertArrayEquals(new int[] {3, 4}, database.matches(1, 2).orElseThrow().indices());
            assertFalse(database.verifiedPairs().isEmpty());
        }
    }

    @Test
    void aFileThatIsNoDatabaseStaysAsItIs() throws IOException {
        byte[] text = "cameras.txt and more words to fill a line".repeat(100).getBytes();
        Files.write(file, text);
        DatasetException refused = assertThrows(DatasetException.class, () -> ColmapDatabase.open(file));
        assertTrue(refused.getMessage().contains("is no SQLite database"), refused.getMessage());
        assertArrayEquals(text, Files.readAllBytes(file));
    }

    @Test
    void aDatabaseOfSomethingElseStaysAsItIs() throws Exception {
        execute("CREATE TABLE songs(name TEXT)");
        byte[] before = Files.readAllBytes(file);
        DatasetException refused = assertThrows(DatasetException.class, () -> ColmapDatabase.open(file));
        assertTrue(refused.getMessage().contains("no table 'cameras'"), refused.getMessage());
        assertArrayEquals(before, Files.readAllBytes(file));
    }

    @Test
    void aMissingFolderIsNamed() {
        DatasetException refused = assertThrows(DatasetException.class,
                () -> ColmapDatabase.open(folder.resolve("no/such.db")));
        assertTrue(refused.getMessage().contains("there is no folder"), refused.getMessage());
        assertThrows(DatasetException.class, () -> ColmapDatabase.open(folder));
    }

    @Test
    void aCutFileIsRefused() throws IOException {
        try (ColmapDatabase database = ColmapDatabase.open(file)) {
            database.addImage("a", CAMERA, Keypoints.ofPositions(new float[20_000]));
        }
        byte[] whole = Files.readAllBytes(file);
        byte[] cut = Arrays.copyOf(whole, whole.length / 2);
        Files.write(file, cut);
        DatasetException refused = assertThrows(DatasetException.class, () -> ColmapDatabase.open(file));
        assertTrue(refused.getMessage().contains("damaged"), refused.getMessage());
        assertArrayEquals(cut, Files.readAllBytes(file));
    }

    private static Matches matches(int... indices) {
        return new Matches(indices, new float[indices.length / 2]);
    }

    private void execute(String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file.toUri());
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private List<String> query(String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file.toUri());
                Statement statement = connection.createStatement(); ResultSet found = statement.executeQuery(sql)) {
            while (found.next()) {
                StringBuilder row = new StringBuilder();
                for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
                    row.append(i > 1 ? "," : "").append(found.getString(i));
                }
                rows.add(row.toString());
            }
        }
        return rows;
    }
}
