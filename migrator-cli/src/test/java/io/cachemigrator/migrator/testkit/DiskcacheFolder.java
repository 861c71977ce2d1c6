package io.cachemigrator.migrator.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** A folder as Python's diskcache 5.6 lays it out, written over a connection of its own, in write-ahead mode as that is. */
public final class DiskcacheFolder implements AutoCloseable {
    /** A value in the database. */
    public static final int RAW = 1;
    /** Bytes in a file. */
    public static final int BINARY = 2;
    /** Text in a file. */
    public static final int TEXT = 3;
    /** A pickle. */
    public static final int PICKLE = 4;

    private final Path folder;
    private final Connection connection;

    private DiskcacheFolder(Path folder, Connection connection) {
        this.folder = folder;
        this.connection = connection;
    }

    public static DiskcacheFolder create(Path folder) {
        try {
            Files.createDirectories(folder);
            Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("cache.db"));
            try (Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA journal_mode = wal");
                statement.execute("CREATE TABLE Settings (key TEXT NOT NULL UNIQUE, value)");
                statement.execute(
                        "INSERT INTO Settings VALUES ('disk_pickle_protocol', 5), ('disk_min_file_size', 32768)");
                statement.execute(
                        "CREATE TABLE Cache (rowid INTEGER PRIMARY KEY, key BLOB, raw INTEGER, store_time REAL,"
                                + " expire_time REAL, access_time REAL, access_count INTEGER DEFAULT 0, tag BLOB,"
                                + " size INTEGER DEFAULT 0, mode INTEGER DEFAULT 0, filename TEXT, value BLOB)");
                statement.execute("CREATE UNIQUE INDEX Cache_key_raw ON Cache(key, raw)");
                statement.execute("CREATE INDEX Cache_expire_time ON Cache (expire_time)");
            }
            return new DiskcacheFolder(folder, connection);
        } catch (SQLException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Stores a value in the database: text, bytes or a number under a key that is text, bytes or a number. */
    public DiskcacheFolder put(Object key, Object value, @Nullable Double expireTime) {
        return row(key, 1, RAW, null, value, expireTime);
    }

    /** Stores a pickle in the database. */
    public DiskcacheFolder pickle(Object key, byte[] pickle) {
        return row(key, 1, PICKLE, null, pickle, null);
    }

    /** Stores a value in a file. */
    public DiskcacheFolder file(Object key, int mode, String name, byte[] content) {
        try {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.write(file, content);
            return row(key, 1, mode, name, null, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A row as it is to stand there. */
    public DiskcacheFolder row(
            Object key, int raw, int mode, @Nullable String name, @Nullable Object value, @Nullable Double expireTime) {
        String sql =
                "INSERT OR REPLACE INTO Cache (key, raw, store_time, expire_time, access_time, size, mode, filename,"
                        + " value) VALUES (?, ?, 0, ?, 0, 0, ?, ?, ?)";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, key);
            statement.setInt(2, raw);
            statement.setObject(3, expireTime);
            statement.setInt(4, mode);
            statement.setString(5, name);
            statement.setObject(6, value);
            statement.executeUpdate();
            return this;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
