package org.tiepoint.interop.colmap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tiepoint.dataset.DatasetException;
import org.tiepoint.feature.Keypoints;
import org.tiepoint.geometry.CameraModel;
import org.tiepoint.match.Matches;

/**
 * A COLMAP database (SQLite), of the tables of COLMAP 3.8 or of 4.x. What is there is kept: images, key points and pairs
 * are added, nothing is overwritten. Every method that adds is one transaction, so that a killed run leaves a database
 * that holds each image and each pair as a whole or not at all.
 *
 * <p>An existing file is looked through for damage before anything is written; a damaged one, or one without COLMAP's
 * tables, is refused and stays as it is, byte by byte. Descriptors are not stored: COLMAP's table takes 128 bytes each.
 * In a database of COLMAP 4 that lists frames, an added image gets its own frame and an added camera its own rig, as
 * COLMAP's feature_extractor does. Not thread-safe.
 */
public final class ColmapDatabase implements AutoCloseable {
    private final Path file;
    private final Connection connection;
    private final DatabaseTables tables;

    private ColmapDatabase(Path file, Connection connection, DatabaseTables tables) {
        this.file = file;
        this.connection = connection;
        this.tables = tables;
    }

    /** Opens a database for adding to it, or creates one that every version of COLMAP reads. */
    public static ColmapDatabase open(Path file) throws IOException {
        return open(file, ColmapSchema.COLMAP_3);
    }

    /**
     * Opens a database for adding to it.
     *
     * @param schema of a new database; an existing one keeps its own
     * @throws DatasetException when the file is damaged, no COLMAP database or in use
     */
    public static ColmapDatabase open(Path file, ColmapSchema schema) throws IOException {
        if (Files.isDirectory(file)) {
            throw new DatasetException(file, "", "is a folder: name a file");
        }
        boolean fresh = !Files.exists(file) || Files.isRegularFile(file) && Files.size(file) == 0;
        if (fresh && !Files.isDirectory(file.toAbsolutePath().getParent())) {
            throw new DatasetException(file, "", "there is no folder " + file.toAbsolutePath().getParent());
        }
        // a journal that another program left has to be rolled back, for which the file must be written
        if (!fresh && !Files.exists(Path.of(file + "-journal"))) {
            openToRead(file).close();
        }
        Connection connection = SqliteFile.openToWrite(file);
        try {
            if (fresh) {
                create(file, connection, schema);
            }
            return new ColmapDatabase(file, connection, DatabaseTables.check(file, connection));
        } catch (IOException | RuntimeException e) {
            close(file, connection);
            throw e;
        }
    }

    /** Opens a database for reading. */
    public static ColmapDatabase openToRead(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new DatasetException(file, "", "no such file: check the path");
        }
        Connection connection = SqliteFile.openToRead(file);
        try {
            SqliteFile.requireWhole(file, connection);
            return new ColmapDatabase(file, connection, DatabaseTables.check(file, connection));
        } catch (IOException | RuntimeException e) {
            close(file, connection);
            throw e;
        }
    }

    private static void create(Path file, Connection connection, ColmapSchema schema) throws IOException {
        new Transaction(file, connection).run(() -> {
            try (Statement statement = connection.createStatement()) {
                for (String sql : schema.statements()) {
                    statement.execute(sql);
                }
            }
            return null;
        });
    }

    Connection connection() {
        return connection;
    }

    /** Where the database lies. */
    public Path file() {
        return file;
    }

    /** Which tables it has. */
    public ColmapSchema schema() {
        return tables.hasFrames() ? ColmapSchema.COLMAP_4 : ColmapSchema.COLMAP_3;
    }

    /** The images in the order of their numbers. */
    public List<DatabaseImage> images() throws IOException {
        List<DatabaseImage> images = new ArrayList<>();
        try (Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(
                "SELECT image_id, name, camera_id FROM images ORDER BY image_id")) {
            while (rows.next()) {
                long id = rows.getLong(1);
                String name = rows.getString(2);
                long camera = rows.getLong(3);
                if (!PairId.isImage(id) || name == null || camera < 0 || camera > Integer.MAX_VALUE) {
                    throw record("image " + id, "has name '" + name + "' and camera_id " + camera);
                }
                images.add(new DatabaseImage((int) id, name, (int) camera));
            }
            return images;
        } catch (SQLException e) {
            throw SqliteFile.failure(file, e);
        }
    }

    /**
     * One camera.
     *
     * @throws DatasetException when there is none of this number, or its lens model is not among
     *                          {@link CameraModel}
     */
    public DatabaseCamera camera(int id) throws IOException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT model, width, height, params, prior_focal_length FROM cameras WHERE camera_id = ?")) {
            select.setInt(1, id);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    throw record("camera " + id, "is missing");
                }
                int number = row.getInt(1);
                CameraModel model = CameraModel.ofColmapId(number).orElseThrow(() -> new DatasetException(file,
                        "camera " + id, "lens model number " + number + " is not supported: use one of "
                        + List.of(CameraModel.values())));
                byte[] parameters = row.getBytes(4);
                if (parameters == null || parameters.length != 8 * model.parameterNames().size()) {
                    throw record("camera " + id, "needs " + model.parameterNames().size() + " parameters");
                }
                return DatabaseCamera.ofColmap(model, row.getInt(2), row.getInt(3), Blobs.doubles(parameters),
                        row.getInt(5) != 0);
            }
        } catch (SQLException e) {
            throw SqliteFile.failure(file, e);
        } catch (IllegalArgumentException e) {
            throw record("camera " + id, e.getMessage());
        }
    }

    /** Adds a camera that no image has yet; its number. */
    public int addCamera(DatabaseCamera camera) throws IOException {
        return transaction(() -> tables.insertCamera(camera));
    }

    /** Adds an image with its key points; the image's number. */
    public int addImage(String name, int cameraId, Keypoints keypoints) throws IOException {
        return transaction(() -> {
            int id = tables.insertImage(name, cameraId);
            tables.insertKeypoints(id, StoredKeypoints.of(keypoints));
            return id;
        });
    }

    /** Adds a camera and an image that it took, with its key points; the image's number. */
    public int addImage(String name, DatabaseCamera camera, Keypoints keypoints) throws IOException {
        return transaction(() -> {
            int id = tables.insertImage(name, tables.insertCamera(camera));
            tables.insertKeypoints(id, StoredKeypoints.of(keypoints));
            return id;
        });
    }

    /** Adds the key points of an image that has none. */
    public void addKeypoints(int imageId, Keypoints keypoints) throws IOException {
        transaction(() -> {
            tables.insertKeypoints(imageId, StoredKeypoints.of(keypoints));
            return null;
        });
    }

    /** Key points of an image, scores 1; empty where it has none yet. */
    public Optional<Keypoints> keypoints(int imageId) throws IOException {
        return storedKeypoints(imageId).map(StoredKeypoints::toKeypoints);
    }

    /** Whether the image has just these key points, in this order; false where it has none. */
    public boolean hasKeypoints(int imageId, Keypoints keypoints) throws IOException {
        return storedKeypoints(imageId).map(stored -> stored.samePositions(StoredKeypoints.of(keypoints)))
                .orElse(false);
    }

    private Optional<StoredKeypoints> storedKeypoints(int imageId) throws IOException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT rows, cols, data FROM keypoints WHERE image_id = ?")) {
            select.setInt(1, imageId);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                int columns = row.getInt(2);
                float[] data = Blobs.floats(matrix(row, 1, 4, "key points of image " + imageId));
                return Optional.of(new StoredKeypoints(data.length == 0 ? 2 : columns, data));
            }
        } catch (SQLException e) {
            throw SqliteFile.failure(file, e);
        } catch (IllegalArgumentException e) {
            throw record("key points of image " + imageId, e.getMessage());
        }
    }

    /** The pairs, as {@link PairId} numbers them, whose matches were verified. */
    public Set<Long> verifiedPairs() throws IOException {
        Set<Long> pairs = new HashSet<>();
        try (Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(
                "SELECT pair_id FROM two_view_geometries")) {
            while (rows.next()) {
                pairs.add(rows.getLong(1));
            }
            return pairs;
        } catch (SQLException e) {
            throw SqliteFile.failure(file, e);
        }
    }

    /** The matches of two images, scores 1; empty where none were stored. */
    public Optional<Matches> matches(int first, int second) throws IOException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT rows, cols, data FROM matches WHERE pair_id = ?")) {
            select.setLong(1, PairId.of(first, second));
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                int[] indices = indices(row, 1, first, second);
                float[] scores = new float[indices.length / 2];
                Arrays.fill(scores, 1);
                return Optional.of(new Matches(indices, scores));
            }
        } catch (SQLException e) {
            throw SqliteFile.failure(file, e);
        }
    }

    /** The verified geometry of two images; empty where none was stored. */
    public Optional<VerifiedPair> verifiedPair(int first, int second) throws IOException {
        String pair = "pair of images " + first + " and " + second;
        try (PreparedStatement select = connection.prepareStatement("SELECT rows, cols, data, config, F, E, H, qvec,"
                + " tvec FROM two_view_geometries WHERE pair_id = ?")) {
            select.setLong(1, PairId.of(first, second));
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                long number = row.getLong(4);
                VerifiedPair stored = new VerifiedPair(TwoViewConfiguration.ofNumber(number)
                        .orElseThrow(() -> record(pair, "has configuration " + number)),
                        indices(row, 1, Math.min(first, second), Math.max(first, second)),
                        numbers(row, 5, 9, pair), numbers(row, 6, 9, pair), numbers(row, 7, 9, pair),
                        StoredPose.of(numbers(row, 8, 4, pair), numbers(row, 9, 3, pair)));
                return Optional.of(first > second ? stored.swapped() : stored);
            }
        } catch (SQLException e) {
            throw SqliteFile.failure(file, e);
        } catch (IllegalArgumentException e) {
            throw record(pair, e.getMessage());
        }
    }

    /**
     * Adds the matches of two images and what verification made of them. Matches that are there stay.
     *
     * @throws DatasetException when the pair has a verified geometry already
     */
    public void addPair(int first, int second, Matches matches, VerifiedPair verified) throws IOException {
        transaction(() -> {
            tables.insertPair(first, second, matches.indices(), verified);
            return null;
        });
    }

    private int[] indices(ResultSet row, int column, int first, int second) throws IOException, SQLException {
        String pair = "pair of images " + first + " and " + second;
        byte[] bytes = matrix(row, column, 4, pair);
        if (bytes.length > 0 && row.getInt(column + 1) != 2) {
            throw record(pair, "has matches of " + row.getInt(column + 1) + " columns instead of 2");
        }
        int[] indices = Blobs.ints(bytes);
        for (int index : indices) {
            if (index < 0) {
                throw record(pair, "names key point " + Integer.toUnsignedString(index));
            }
        }
        return first > second ? VerifiedPair.swapped(indices) : indices;
    }

    /** The bytes of a matrix whose rows, columns and data stand in three columns of the table. */
    private byte[] matrix(ResultSet row, int column, int elementBytes, String what) throws IOException, SQLException {
        long rows = row.getLong(column);
        long columns = row.getLong(column + 1);
        byte[] data = Optional.ofNullable(row.getBytes(column + 2)).orElse(new byte[0]);
        if (rows < 0 || columns < 0 || rows > Integer.MAX_VALUE || columns > Integer.MAX_VALUE
                || rows * columns != data.length / elementBytes || data.length % elementBytes != 0) {
            throw record(what, "is said to be " + rows + " x " + columns + " and has " + data.length + " bytes");
        }
        return data;
    }

    private Optional<double[]> numbers(ResultSet row, int column, int count, String what)
            throws IOException, SQLException {
        byte[] data = row.getBytes(column);
        if (data == null || data.length == 0) {
            return Optional.empty();
        }
        if (data.length != 8 * count) {
            throw record(what, "has a matrix of " + data.length + " bytes instead of " + 8 * count);
        }
        return Optional.of(Blobs.doubles(data));
    }

    private DatasetException record(String where, String problem) {
        return new DatasetException(file, where, problem + ": the database is damaged; restore a copy, or name a new"
                + " file");
    }

    private <T> T transaction(Transaction.Work<T> work) throws IOException {
        return new Transaction(file, connection).run(work);
    }

    /** Closes the file; what was added stays. */
    @Override
    public void close() throws IOException {
        close(file, connection);
    }

    private static void close(Path file, Connection connection) throws IOException {
        try {
            connection.close();
        } catch (SQLException e) {
            throw SqliteFile.failure(file, e);
        }
    }
}
