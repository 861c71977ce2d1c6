package io.cachemigrator.migrator.journal;

import io.cachemigrator.migrator.error.ErrorCode;
import io.cachemigrator.migrator.error.MigratorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/**
 * One connection to the journal, with its schema up to date. Methods take a lock, so several threads may share it.
 */
public final class JournalDatabase implements AutoCloseable {

    /** Schema version that this build reads and writes. */
    static final int SCHEMA_VERSION = 5;

    private static final int BUSY_TIMEOUT_MS = 5_000;

    private final JournalUrl url;
    private final Connection connection;
    private final @Nullable Object file;

    private JournalDatabase(JournalUrl url, Connection connection) {
        this.url = url;
        this.connection = connection;
        this.file = fileKey();
    }

    /** Tells the file apart from another one at the same place; null where there is none, or none can be told. */
    private @Nullable Object fileKey() {
        try {
            return url.isFile()
                    ? Files.readAttributes(url.path(), BasicFileAttributes.class)
                            .fileKey()
                    : null;
        } catch (IOException gone) {
            return null;
        }
    }

    /** What is written into a file that was removed is lost, and SQLite does not tell. */
    private void requireFile() {
        if (file != null && !file.equals(fileKey())) {
            throw unusable(
                    url, "its file is gone, or was replaced by another one", new IllegalStateException("no file"));
        }
    }

    /** Opens the journal for writing, making or upgrading its schema when needed. */
    public static JournalDatabase open(JournalUrl url) {
        if (url.isFile()) {
            makeFolder(url);
        }
        JournalDatabase database = connect(url);
        try {
            if (database.schemaVersion() != SCHEMA_VERSION) {
                database.upgrade();
            }
            return database;
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /** Opens the journal for reading; null when nothing was ever written there. Changes nothing. */
    public static @Nullable JournalDatabase openForReading(JournalUrl url) {
        if (url.isAbsent()) {
            return null;
        }
        JournalDatabase database = connect(url);
        try {
            if (database.schemaVersion() == 0) {
                database.close();
                return null;
            }
            return database;
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    private static void makeFolder(JournalUrl url) {
        Path folder = url.path().toAbsolutePath().getParent();
        try {
            if (folder != null) {
                Files.createDirectories(folder);
            }
        } catch (IOException e) {
            throw unusable(url, e.getClass().getSimpleName() + ": " + e.getMessage(), e);
        }
    }

    /**
     * One more connection to the same journal, for what may be lost when the machine loses power, though not when a process
     * dies: it does not wait for the disk, and what it has written is there in the order in which it was written.
     */
    JournalDatabase another() {
        return connect(url, "NORMAL");
    }

    private static JournalDatabase connect(JournalUrl url) {
        return connect(url, "FULL");
    }

    private static JournalDatabase connect(JournalUrl url, String synchronous) {
        Properties properties = new Properties();
        if (url.isFile()) {
            properties.setProperty("journal_mode", "WAL");
            properties.setProperty("synchronous", synchronous);
            // two processes that read first and write then would refuse each other
            properties.setProperty("transaction_mode", "IMMEDIATE");
            properties.setProperty("busy_timeout", String.valueOf(BUSY_TIMEOUT_MS));
        } else {
            properties.setProperty("connectTimeout", "5");
            properties.setProperty("socketTimeout", "60");
        }
        try {
            return new JournalDatabase(url, DriverManager.getConnection(url.url(), properties));
        } catch (SQLException e) {
            throw unusable(url, e.getMessage(), e);
        }
    }

    /** Whether this is a file, which only processes of one machine can share. */
    public boolean isFile() {
        return url.isFile();
    }

    /** The version of the schema: 0 = none yet. A newer one than this build knows is refused. */
    int schemaVersion() {
        String table = url.isFile()
                ? "select count(*) from sqlite_master where name = 'flyway_schema_history'"
                : "select count(*) from information_schema.tables where table_name = 'flyway_schema_history'"
                        + " and table_schema = current_schema()";
        if (queryLong(table) == 0) {
            return 0;
        }
        String newest = "select coalesce(max(cast(version as integer)), 0) from flyway_schema_history"
                + " where version is not null and success" + (url.isFile() ? " = 1" : "");
        int version = (int) queryLong(newest);
        if (version > SCHEMA_VERSION) {
            throw new MigratorException(
                    ErrorCode.JOURNAL_NEWER,
                    "The journal " + url + " cannot be used.",
                    "Its schema has version " + version + ", and this toolkit knows up to " + SCHEMA_VERSION + ".",
                    "Use the toolkit's version that wrote it or a newer one, or name another journal with --journal.");
        }
        return version;
    }

    private void upgrade() {
        try {
            Flyway.configure()
                    .dataSource(url.url(), null, null)
                    .locations("classpath:io/cachemigrator/migrator/journal")
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw unusable(url, rootMessage(e), e);
        }
    }

    private static String rootMessage(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }

    /** Milliseconds since the epoch by the database's own clock, so that several machines agree on leases. */
    synchronized long now() {
        return queryLong(
                url.isFile()
                        ? "select cast((julianday('now') - 2440587.5) * 86400000 as integer)"
                        : "select cast(extract(epoch from clock_timestamp()) * 1000 as bigint)");
    }

    private synchronized long queryLong(String sql) {
        return query(sql, row -> row.getLong(1)).get(0);
    }

    /** Runs a query and maps every row. */
    synchronized <T> List<T> query(String sql, RowMapper<T> mapper, @Nullable Object... arguments) {
        try (PreparedStatement statement = prepare(sql, arguments);
                ResultSet rows = statement.executeQuery()) {
            List<T> result = new ArrayList<>();
            while (rows.next()) {
                result.add(mapper.map(rows));
            }
            return result;
        } catch (SQLException e) {
            throw unusable(url, e.getMessage(), e);
        }
    }

    /** Runs one change in a transaction of its own and returns how many rows it changed. */
    synchronized int update(String sql, @Nullable Object... arguments) {
        requireFile();
        try (PreparedStatement statement = prepare(sql, arguments)) {
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw unusable(url, e.getMessage(), e);
        }
    }

    /** Runs several changes in one transaction: all or none. */
    synchronized void inTransaction(Runnable changes) {
        try {
            connection.setAutoCommit(false);
            try {
                changes.run();
                connection.commit();
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw unusable(url, e.getMessage(), e);
        }
    }

    private PreparedStatement prepare(String sql, @Nullable Object... arguments) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < arguments.length; i++) {
            statement.setObject(i + 1, arguments[i]);
        }
        return statement;
    }

    private static MigratorException unusable(JournalUrl url, @Nullable String why, Throwable cause) {
        String reason = String.valueOf(why).replace(url.url(), url.toString());
        boolean locked = reason.contains("SQLITE_BUSY") || reason.contains("SQLITE_LOCKED");
        boolean full = reason.contains("SQLITE_FULL") || reason.contains("No space left");
        String fix = locked
                ? "End the program that holds the file, or name another journal with --journal."
                : full
                        ? "Free room on its disk, then run `migrator migrate --resume`."
                        : "Check that the database or folder exists and may be written, or name another journal with"
                                + " --journal.";
        return new MigratorException(
                ErrorCode.JOURNAL_UNUSABLE, "The journal " + url + " cannot be used.", reason, fix, cause);
    }

    @Override
    public synchronized void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw unusable(url, e.getMessage(), e);
        }
    }

    /** Reads one row. */
    @FunctionalInterface
    interface RowMapper<T> {
        /** Reads the row that {@code rows} stands on. */
        T map(ResultSet rows) throws SQLException;
    }
}
