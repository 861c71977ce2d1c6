package io.cachemigrator.migrator.legacy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A dump's entries in a temporary file of this process, so that they can be read by key, in order and again, whatever the
 * dump's size. Filled by one thread, then read by any number, each over a connection of its own.
 */
final class DumpIndex {
    private static final int BATCH = 1_000;

    private final Path file;
    private final String identity;

    private DumpIndex(Path file, String identity) {
        this.file = file;
        this.identity = identity;
    }

    /** Reads a dump. */
    static DumpIndex of(Path dump) throws IOException, SQLException {
        Path file = Files.createTempFile("cache-migrator-dump", ".db");
        try (Connection connection = connect(file);
                Filler filler = new Filler(connection)) {
            return new DumpIndex(file, DumpFile.read(dump, filler));
        } catch (IOException | SQLException | RuntimeException e) {
            Files.delete(file);
            throw e;
        }
    }

    private static Connection connect(Path file) throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + file);
    }

    /** Tells dumps apart by their bytes. */
    String identity() {
        return identity;
    }

    Connection connect() throws SQLException {
        return connect(file);
    }

    void delete() throws IOException {
        Files.deleteIfExists(file);
    }

    /** Takes entries; of two with the same key the later one counts, as it does in JSON. */
    static final class Filler implements AutoCloseable {
        private final Connection connection;
        private final PreparedStatement insert;
        private int pending;

        private Filler(Connection connection) throws SQLException {
            this.connection = connection;
            try (Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA journal_mode = OFF");
                statement.execute("PRAGMA synchronous = OFF");
                statement.execute("CREATE TABLE entry (n INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE,"
                        + " type TEXT NOT NULL, value BLOB NOT NULL, at INTEGER NOT NULL, deadline INTEGER)");
            }
            connection.setAutoCommit(false);
            this.insert = connection.prepareStatement("INSERT INTO entry (key, type, value, at, deadline)"
                    + " VALUES (?, ?, ?, ?, ?) ON CONFLICT (key) DO UPDATE SET type = excluded.type,"
                    + " value = excluded.value, at = excluded.at, deadline = excluded.deadline");
        }

        /**
         * Takes an entry.
         *
         * @param type {@code string}, or why its value cannot be read
         * @param at when it was read from the cache
         * @param deadlineMillis when it expires; null = never
         */
        void add(byte[] key, String type, byte[] value, Instant at, @Nullable Long deadlineMillis) throws SQLException {
            insert.setBytes(1, key);
            insert.setString(2, type);
            insert.setBytes(3, value);
            insert.setLong(4, at.toEpochMilli());
            if (deadlineMillis == null) {
                insert.setNull(5, java.sql.Types.INTEGER);
            } else {
                insert.setLong(5, deadlineMillis);
            }
            insert.executeUpdate();
            if (++pending == BATCH) {
                connection.commit();
                pending = 0;
            }
        }

        @Override
        public void close() throws SQLException {
            connection.commit();
            insert.close();
        }
    }
}
