package org.tiepoint.interop.colmap;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteErrorCode;
import org.tiepoint.dataset.DatasetException;

/**
 * Opens a SQLite file that may be damaged or hostile: nothing in its schema is run beyond what SQLite itself provides,
 * and no value of more than {@value #LONGEST_VALUE} bytes is read. Failures become errors that name the file.
 */
final class SqliteFile {
    static final int LONGEST_VALUE = 1 << 28;
    private static final int BUSY_MILLISECONDS = 10_000;

    private SqliteFile() {}

    /** Opens for reading; a file that another process writes to may be read meanwhile. */
    static Connection openToRead(Path file) throws IOException {
        return open(file, true);
    }

    /** Opens for writing with a write-ahead log, as COLMAP does; creates the file where there is none. */
    static Connection openToWrite(Path file) throws IOException {
        return open(file, false);
    }

    private static Connection open(Path file, boolean readOnly) throws IOException {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(readOnly);
        config.setBusyTimeout(BUSY_MILLISECONDS);
        config.enforceForeignKeys(true);
        config.setPragma(SQLiteConfig.Pragma.LIMIT_LENGTH, Integer.toString(LONGEST_VALUE));
        if (!readOnly) {
            config.setJournalMode(JournalMode.WAL);
            config.setSynchronous(SynchronousMode.NORMAL);
        }
        try {
            Connection connection = config.createConnection("jdbc:sqlite:" + file.toAbsolutePath().toUri());
            try (Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA trusted_schema = OFF");
                statement.execute("PRAGMA cell_size_check = ON");
                return connection;
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw failure(file, e);
        }
    }

    /** Has SQLite look through the whole file. */
    static void requireWhole(Path file, Connection connection) throws IOException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("PRAGMA quick_check(1)")) {
            String verdict = found.next() ? found.getString(1) : "no answer";
            if (!"ok".equals(verdict)) {
                throw damaged(file, verdict);
            }
        } catch (SQLException e) {
            throw failure(file, e);
        }
    }

    static DatasetException damaged(Path file, String how) {
        return new DatasetException(file, "", "is a damaged database (" + how.replaceAll("\\s*\\R\\s*", " ").strip()
                + "): restore a copy, or name a new file");
    }

    /** What a failure of SQLite means. */
    static IOException failure(Path file, SQLException e) {
        String message = e.getMessage() == null ? e.toString() : e.getMessage();
        // the primary result code is the low byte of the extended one
        return switch (SQLiteErrorCode.getErrorCode(e.getErrorCode() & 0xFF)) {
            case SQLITE_NOTADB -> new DatasetException(file, "", "is no SQLite database: name a COLMAP database, or a"
                    + " new file");
            case SQLITE_BUSY, SQLITE_LOCKED -> new DatasetException(file, "", "is in use by another program: close it,"
                    + " then run again");
            case SQLITE_FULL -> new DatasetException(file, "", "cannot be written, No space left on device");
            case SQLITE_READONLY, SQLITE_PERM -> new DatasetException(file, "", "cannot be written (" + message
                    + "): check its permissions and those of its folder");
            case SQLITE_CANTOPEN -> new DatasetException(file, "", "cannot be opened (" + message + "): check the path"
                    + " and its permissions");
            case SQLITE_CONSTRAINT -> new DatasetException(file, "", "refuses what is added (" + message
                    + "): another run may have written it; run again");
            case SQLITE_IOERR -> new IOException(file + ": cannot be read or written (" + message + ")", e);
            default -> damaged(file, message);
        };
    }
}
