package io.cachemigrator.migrator.legacy;

import io.cachemigrator.map.encoding.DecodingLimits;
import io.cachemigrator.map.translate.LegacyEntry;
import io.cachemigrator.migrator.error.ErrorCode;
import io.cachemigrator.migrator.error.MigratorException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads a folder of Python's diskcache 5: table {@code Cache} of {@code cache.db}, and larger values in files. Texts are
 * read as their UTF-8, numbers as their decimal text, pickles as they are, for the migration map to decide on. What the
 * folder says is not trusted: a value's file must lie in the folder, and be no link.
 */
public final class DiskcacheReader implements LegacyReader {
    private static final int MAX_BYTES = DecodingLimits.DEFAULT.maxBytes();
    private static final int FILE_MODES_FROM = 2;
    private static final String LIVE = " FROM Cache WHERE (expire_time IS NULL OR expire_time > ?)";
    private static final String KEY = " AND ((raw = 1 AND key IN (?, ?, ?)) OR (raw = 0 AND key = ?))";

    private final Path folder;
    private final ReadOnlySqlite database;

    private DiskcacheReader(Path folder) {
        this.folder = folder;
        this.database = new ReadOnlySqlite(folder.resolve("cache.db"));
    }

    /**
     * Opens a folder.
     *
     * @throws MigratorException when it is none of diskcache's, or cannot be read
     */
    public static DiskcacheReader open(Path folder) {
        if (!Files.isRegularFile(folder.resolve("cache.db"))) {
            throw unusable(folder, "There is no file cache.db in it.");
        }
        DiskcacheReader reader;
        try {
            reader = new DiskcacheReader(folder.toRealPath());
        } catch (IOException e) {
            throw unusable(folder, e.getClass().getSimpleName() + ": " + e.getMessage());
        }
        try {
            reader.checkLayout();
            return reader;
        } catch (RuntimeException e) {
            reader.close();
            throw e;
        }
    }

    private static MigratorException unusable(Path folder, String why) {
        return new MigratorException(
                ErrorCode.STORE_UNREACHABLE,
                "The legacy store diskcache:" + folder + " is no folder of Python's diskcache.",
                why,
                "Name the folder that the Python program gave to diskcache.");
    }

    private void checkLayout() {
        boolean known = database.call(connection -> {
            try (ResultSet rows = connection
                    .createStatement()
                    .executeQuery("SELECT count(*) FROM pragma_table_info('Cache') WHERE name IN"
                            + " ('key', 'raw', 'expire_time', 'mode', 'filename', 'value', 'size')")) {
                return rows.next() && rows.getInt(1) == 7;
            }
        });
        if (!known) {
            throw unusable(folder, "Its cache.db has no table Cache with the columns that diskcache 5 makes.");
        }
    }

    /** Which file it is: a folder that was made anew is another one. */
    @Override
    public String identity() {
        return database.call(connection -> {
            Object file = Files.readAttributes(
                            folder.resolve("cache.db"), java.nio.file.attribute.BasicFileAttributes.class)
                    .fileKey();
            return "diskcache " + folder + " " + file;
        });
    }

    @Override
    public long nowMillis() {
        return System.currentTimeMillis();
    }

    @Override
    public Page scan(String position, int count, @Nullable String pattern) {
        return database.call(connection -> {
            String sql = "SELECT rowid, key" + LIVE + " AND rowid > ? ORDER BY rowid LIMIT ?";
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setDouble(1, nowMillis() / 1000.0);
                statement.setLong(2, Long.parseLong(position));
                statement.setInt(3, count);
                List<byte[]> keys = new ArrayList<>();
                long last = 0;
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        last = rows.getLong(1);
                        keys.add(bytes(rows, 2));
                    }
                }
                return new Page(keys, keys.size() < count ? START : String.valueOf(last));
            }
        });
    }

    @FunctionalInterface
    private interface RowReader<T> {
        @Nullable
        T read(ResultSet row) throws SQLException, IOException;
    }

    private <T> List<@Nullable T> each(List<byte[]> keys, String columns, RowReader<T> reader) {
        return database.call(connection -> {
            List<@Nullable T> results = new ArrayList<>(keys.size());
            try (PreparedStatement statement = connection.prepareStatement("SELECT " + columns + LIVE + KEY)) {
                for (byte[] key : keys) {
                    bind(statement, key);
                    try (ResultSet row = statement.executeQuery()) {
                        results.add(row.next() ? reader.read(row) : null);
                    }
                }
            }
            return results;
        });
    }

    /** A key is stored as text, as bytes or as a number; which of them, its bytes do not tell. */
    private void bind(PreparedStatement statement, byte[] key) throws SQLException {
        String text = new String(key, StandardCharsets.UTF_8);
        statement.setDouble(1, nowMillis() / 1000.0);
        statement.setString(2, text);
        statement.setBytes(3, key);
        if (text.matches("-?\\d{1,18}")) {
            statement.setLong(4, Long.parseLong(text));
        } else {
            statement.setString(4, text);
        }
        statement.setBytes(5, key);
    }

    @Override
    public List<@Nullable LegacyEntry> read(List<byte[]> keys) {
        Instant readAt = Instant.ofEpochMilli(nowMillis());
        List<@Nullable LegacyEntry> entries = new ArrayList<>(keys.size());
        List<@Nullable Value> values = each(keys, "mode, size, filename, value, expire_time", this::value);
        for (int i = 0; i < keys.size(); i++) {
            Value value = values.get(i);
            long left = value == null || value.deadline().isEmpty()
                    ? NO_DEADLINE
                    : Math.max(0, value.deadline().getAsLong() - readAt.toEpochMilli());
            entries.add(value == null ? null : new LegacyEntry(keys.get(i), value.type(), value.bytes(), left, readAt));
        }
        return entries;
    }

    /** A value as found; a type other than {@code string} says why it cannot be read. */
    @SuppressWarnings("ArrayRecordComponent") // handed over once, and never compared
    private record Value(String type, byte[] bytes, OptionalLong deadline) {}

    private @Nullable Value value(ResultSet row) throws SQLException, IOException {
        double expires = row.getDouble(5);
        OptionalLong deadline = row.wasNull() ? OptionalLong.empty() : OptionalLong.of((long) (expires * 1000));
        String name = row.getString(3);
        if (name == null || row.getInt(1) < FILE_MODES_FROM) {
            byte[] bytes = bytes(row, 4);
            return bytes.length > MAX_BYTES
                    ? unreadable("value over 64 MiB", deadline)
                    : new Value("string", bytes, deadline);
        }
        Path file = folder.resolve(name).normalize();
        if (!file.startsWith(folder) || Files.isSymbolicLink(file)) {
            return unreadable("value outside the folder", deadline);
        }
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            // the owner removes the row first; without the row it is gone
            return null;
        }
        if (!file.toRealPath().startsWith(folder)) {
            return unreadable("value outside the folder", deadline);
        }
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            return bytes.length > MAX_BYTES
                    ? unreadable("value over 64 MiB", deadline)
                    : new Value("string", bytes, deadline);
        }
    }

    private static Value unreadable(String why, OptionalLong deadline) {
        return new Value(why, new byte[0], deadline);
    }

    private static byte[] bytes(ResultSet row, int column) throws SQLException {
        Object value = row.getObject(column);
        if (value instanceof byte[] bytes) {
            return bytes;
        }
        return value == null ? new byte[0] : value.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public List<Boolean> exist(List<byte[]> keys) {
        return each(keys, "1", row -> true).stream().map(found -> found != null).toList();
    }

    @Override
    public List<@Nullable Long> deadlines(List<byte[]> keys) {
        return each(keys, "expire_time", row -> {
            double expires = row.getDouble(1);
            return row.wasNull() ? NO_DEADLINE : (long) (expires * 1000);
        });
    }

    /** A size of 0 stands for a value in the database. */
    @Override
    public List<@Nullable Long> sizes(List<byte[]> keys) {
        return each(
                keys, "max(coalesce(size, 0), length(CAST(value AS BLOB)), 0) + length(key)", row -> row.getLong(1));
    }

    @Override
    public void close() {
        database.close();
    }
}
