package io.cachemigrator.migrator.legacy;

import io.cachemigrator.map.translate.LegacyEntry;
import io.cachemigrator.migrator.error.ErrorCode;
import io.cachemigrator.migrator.error.MigratorException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a dump file as {@link DumpFile} describes it. What it holds was read when the dump was made, so that whatever the
 * application wrote since is later and stays.
 */
public final class DumpReader implements LegacyReader {
    private static final String LIVE = " FROM entry WHERE (deadline IS NULL OR deadline > ?)";

    private final Path dump;
    private final DumpIndex index;
    private final Runnable release;
    private final Connection connection;

    DumpReader(Path dump, DumpIndex index, Runnable release) throws SQLException {
        this.dump = dump;
        this.index = index;
        this.release = release;
        this.connection = index.connect();
    }

    static MigratorException unreadable(Path dump, Exception e) {
        return new MigratorException(
                ErrorCode.STORE_UNREACHABLE,
                "The legacy store dump:" + dump + " cannot be read.",
                e.getClass().getSimpleName() + ": "
                        + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
                "Name a whole JSON dump, plain or gzipped, as docs/stores.md describes it.",
                e);
    }

    @Override
    public String identity() {
        return index.identity();
    }

    @Override
    public boolean isSnapshot() {
        return true;
    }

    @Override
    public long nowMillis() {
        return System.currentTimeMillis();
    }

    @Override
    public Page scan(String position, int count, @Nullable String pattern) {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT n, key" + LIVE + " AND n > ? ORDER BY n LIMIT ?")) {
            statement.setLong(1, nowMillis());
            statement.setLong(2, Long.parseLong(position));
            statement.setInt(3, count);
            List<byte[]> keys = new ArrayList<>();
            long last = 0;
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    last = rows.getLong(1);
                    keys.add(rows.getBytes(2));
                }
            }
            return new Page(keys, keys.size() < count ? START : String.valueOf(last));
        } catch (SQLException e) {
            throw unreadable(dump, e);
        }
    }

    @FunctionalInterface
    private interface RowReader<T> {
        @Nullable
        T read(ResultSet row) throws SQLException;
    }

    private <T> List<@Nullable T> each(List<byte[]> keys, String columns, RowReader<T> reader) {
        try (PreparedStatement statement = connection.prepareStatement("SELECT " + columns + LIVE + " AND key = ?")) {
            List<@Nullable T> results = new ArrayList<>(keys.size());
            for (byte[] key : keys) {
                statement.setLong(1, nowMillis());
                statement.setBytes(2, key);
                try (ResultSet row = statement.executeQuery()) {
                    results.add(row.next() ? reader.read(row) : null);
                }
            }
            return results;
        } catch (SQLException e) {
            throw unreadable(dump, e);
        }
    }

    @Override
    public List<@Nullable LegacyEntry> read(List<byte[]> keys) {
        return each(keys, "key, type, value, at, deadline", row -> {
            Instant at = Instant.ofEpochMilli(row.getLong(4));
            long deadline = row.getLong(5);
            long left = row.wasNull() ? NO_DEADLINE : Math.max(0, deadline - at.toEpochMilli());
            return new LegacyEntry(row.getBytes(1), row.getString(2), row.getBytes(3), left, at);
        });
    }

    @Override
    public List<Boolean> exist(List<byte[]> keys) {
        return each(keys, "1", row -> true).stream().map(found -> found != null).toList();
    }

    @Override
    public List<@Nullable Long> deadlines(List<byte[]> keys) {
        return each(keys, "deadline", row -> {
            long deadline = row.getLong(1);
            return row.wasNull() ? NO_DEADLINE : deadline;
        });
    }

    @Override
    public List<@Nullable Long> sizes(List<byte[]> keys) {
        return each(keys, "length(key) + length(value)", row -> row.getLong(1));
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException("the index of " + dump + " cannot be closed", e);
        } finally {
            release.run();
        }
    }

    /** A dump that several readers share: read when the first comes, forgotten when the last has gone. Thread safe. */
    public static final class Shared {
        private final Path dump;
        private @Nullable DumpIndex index;
        private int readers;

        /** Of a file, which is read when the first reader is opened. */
        public Shared(Path dump) {
            this.dump = dump;
        }

        /**
         * Opens a reader for one thread.
         *
         * @throws MigratorException when the file is no whole dump
         */
        public synchronized DumpReader open() {
            try {
                DumpIndex ready = index == null ? DumpIndex.of(dump) : index;
                index = ready;
                readers++;
                try {
                    return new DumpReader(dump, ready, this::release);
                } catch (SQLException e) {
                    release();
                    throw e;
                }
            } catch (IOException | SQLException e) {
                throw unreadable(dump, e);
            }
        }

        private synchronized void release() {
            readers--;
            if (readers == 0 && index != null) {
                try {
                    index.delete();
                } catch (IOException e) {
                    throw new IllegalStateException("the temporary index of " + dump + " cannot be removed", e);
                } finally {
                    index = null;
                }
            }
        }
    }
}
