package org.tiepoint.interop.colmap;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/** Changes that come about together or not at all. */
record Transaction(Path file, Connection connection) {
    /** What changes. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws SQLException, IOException;
    }

    <T> T run(Work<T> work) throws IOException {
        try {
            connection.setAutoCommit(false);
            try {
                T result = work.run();
                connection.commit();
                return result;
            } catch (SQLException | IOException | RuntimeException | Error e) {
                rollBack(e);
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw SqliteFile.failure(file, e);
        }
    }

    private void rollBack(Throwable cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }
}
