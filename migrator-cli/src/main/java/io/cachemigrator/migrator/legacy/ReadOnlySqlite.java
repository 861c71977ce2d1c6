package io.cachemigrator.migrator.legacy;

import io.cachemigrator.migrator.error.ErrorCode;
import io.cachemigrator.migrator.error.MigratorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A SQLite file of somebody else's, read so that no file beside it comes into being. While its owner has it open, its
 * write-ahead log is read along; an owner that died left a log that only a copy of both can be read with; and a file
 * without a log is read as one that does not change, until a log appears. Not thread safe.
 */
final class ReadOnlySqlite implements AutoCloseable {
    private final Path file;
    private @Nullable Connection connection;
    private @Nullable Path copies;
    private String seen = "";

    ReadOnlySqlite(Path file) {
        this.file = file;
    }

    /** Work on the open file. */
    @FunctionalInterface
    interface Work<T> {
        T run(Connection connection) throws SQLException, IOException;
    }

    /** Runs work on what the file holds now; a failure says what to do. */
    <T> T call(Work<T> work) {
        try {
            return work.run(current());
        } catch (SQLException | IOException e) {
            throw new MigratorException(
                    ErrorCode.STORE_UNREACHABLE,
                    "The legacy store " + file + " cannot be read.",
                    e.getClass().getSimpleName() + ": " + e.getMessage(),
                    "Make sure that it is a readable SQLite file, then run the command again.",
                    e);
        }
    }

    private Connection current() throws SQLException, IOException {
        String state = state();
        Connection open = connection;
        if (open != null && state.equals(seen)) {
            return open;
        }
        close();
        open = open();
        connection = open;
        seen = state;
        return open;
    }

    /** What decides how it is to be read: with a log, any number of changes can be read by one connection. */
    private String state() throws IOException {
        if (hasLog()) {
            return Files.exists(beside("-shm")) ? "in use" : "left " + Files.getLastModifiedTime(beside("-wal"));
        }
        return "still " + Files.size(file) + " "
                + Files.getLastModifiedTime(file).toMillis();
    }

    private boolean hasLog() throws IOException {
        Path log = beside("-wal");
        return Files.exists(log) && Files.size(log) > 0;
    }

    private Path beside(String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }

    private Connection open() throws SQLException, IOException {
        if (!hasLog()) {
            return connect(file, "mode=ro&immutable=1");
        }
        if (Files.exists(beside("-shm"))) {
            return connect(file, "mode=ro");
        }
        Path folder = Files.createTempDirectory("cache-migrator");
        copies = folder;
        Path copy = folder.resolve(file.getFileName());
        Files.copy(file, copy);
        Files.copy(beside("-wal"), folder.resolve(file.getFileName() + "-wal"));
        return connect(copy, "mode=rw");
    }

    private static Connection connect(Path database, String parameters) throws SQLException {
        Connection connection = DriverManager.getConnection(
                "jdbc:sqlite:" + database.toUri().toASCIIString().replace("file:///", "file:/") + "?" + parameters);
        try (var statement = connection.createStatement()) {
            // a view or trigger of a hostile file calls nothing
            statement.execute("PRAGMA trusted_schema = OFF");
            statement.execute("PRAGMA busy_timeout = 10000");
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public void close() {
        try {
            if (connection != null) {
                connection.close();
                connection = null;
            }
            if (copies != null && Files.isDirectory(copies, LinkOption.NOFOLLOW_LINKS)) {
                delete(copies);
                copies = null;
            }
        } catch (SQLException | IOException e) {
            throw new IllegalStateException("what was read of " + file + " cannot be closed", e);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            List<Path> all = paths.sorted(Comparator.reverseOrder()).toList();
            for (Path path : all) {
                Files.delete(path);
            }
        }
    }
}
