package io.cachemigrator.migrator.legacy;

import io.cachemigrator.cache.envelope.EnvelopeFormat;
import io.cachemigrator.cache.invalidation.RecordCache;
import io.cachemigrator.cache.tier.StoredEntry;
import io.cachemigrator.cache.tier.disk.DiskLayout;
import io.cachemigrator.map.encoding.DecodingLimits;
import io.cachemigrator.map.translate.LegacyEntry;
import io.cachemigrator.migrator.error.ErrorCode;
import io.cachemigrator.migrator.error.MigratorException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a folder of the consolidated service's disk tier, without opening the tier. An entry's key is its region, a colon and
 * its id, and its value the whole envelope. What the tier would not show, because it was deleted, has expired or was
 * invalidated by a tag or prefix, is not there.
 */
public final class DiskTierReader implements LegacyReader {
    /** Type of the entries that are envelopes. */
    public static final String ENVELOPE = "envelope";

    private static final int MAX_BYTES = DecodingLimits.DEFAULT.maxBytes();
    private static final int ATTEMPTS = 3;
    private static final String SCAN = "SELECT e.row, r.name, e.id FROM entry e JOIN region r ON r.number = e.region"
            + " WHERE e.row > ? AND e.removal > ? ORDER BY e.row LIMIT ?";
    private static final String FIND = "SELECT e.file, e.envelope, r.epoch, e.bytes FROM region r"
            + " JOIN entry e ON e.region = r.number WHERE r.name = ? AND e.id = ?";

    private final Path folder;
    private final ReadOnlySqlite database;
    private final RecordCache records = new RecordCache();

    private DiskTierReader(Path folder) {
        this.folder = folder;
        this.database = new ReadOnlySqlite(folder.resolve(DiskLayout.FILE));
    }

    /**
     * Opens a folder.
     *
     * @throws MigratorException when it is none of the disk tier's, or of another version's, or cannot be read
     */
    public static DiskTierReader open(Path folder) {
        if (!Files.isRegularFile(folder.resolve(DiskLayout.FILE))) {
            throw unusable(folder, "There is no file " + DiskLayout.FILE + " in it.");
        }
        DiskTierReader reader = new DiskTierReader(folder);
        try {
            long version = reader.database.call(DiskTierReader::version);
            if (version != DiskLayout.VERSION) {
                throw unusable(
                        folder,
                        "Its file has version " + version + ", and this toolkit reads version " + DiskLayout.VERSION
                                + ".");
            }
            return reader;
        } catch (RuntimeException e) {
            reader.close();
            throw e;
        }
    }

    /** Zero for a file that other programs made. */
    private static long version(Connection connection) throws SQLException {
        try (ResultSet tables = connection
                .createStatement()
                .executeQuery("SELECT count(*) FROM sqlite_schema WHERE name IN ('entry', 'region', 'record')")) {
            if (!tables.next() || tables.getInt(1) != 3) {
                return 0;
            }
        }
        try (ResultSet rows = connection.createStatement().executeQuery("PRAGMA user_version")) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }

    private static MigratorException unusable(Path folder, String why) {
        return new MigratorException(
                ErrorCode.STORE_UNREACHABLE,
                "The legacy store disk:" + folder + " is no folder of the disk tier that can be read.",
                why,
                "Name the folder that the consolidated service keeps its entries in.");
    }

    /** Which file it is: a folder that was made anew is another one. */
    @Override
    public String identity() {
        return database.call(connection -> "disk "
                + Files.readAttributes(folder.resolve(DiskLayout.FILE), BasicFileAttributes.class)
                        .fileKey());
    }

    @Override
    public long nowMillis() {
        return System.currentTimeMillis();
    }

    @Override
    public Page scan(String position, int count, @Nullable String pattern) {
        return database.call(connection -> {
            List<byte[]> keys = new ArrayList<>();
            long last = 0;
            try (PreparedStatement statement = connection.prepareStatement(SCAN)) {
                statement.setLong(1, Long.parseLong(position));
                statement.setLong(2, nowMillis());
                statement.setInt(3, count);
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        last = rows.getLong(1);
                        keys.add(key(rows.getString(2), rows.getBytes(3)));
                    }
                }
            }
            return new Page(keys, keys.size() < count ? START : String.valueOf(last));
        });
    }

    private static byte[] key(String region, byte[] id) {
        byte[] start = (region + ":").getBytes(StandardCharsets.UTF_8);
        byte[] key = new byte[start.length + id.length];
        System.arraycopy(start, 0, key, 0, start.length);
        System.arraycopy(id, 0, key, start.length, id.length);
        return key;
    }

    /** An entry as its row has it. */
    @SuppressWarnings("ArrayRecordComponent") // handed over once, and never compared
    private record Row(long file, byte[] head, long bytes) {}

    @FunctionalInterface
    private interface RowReader<T> {
        @Nullable
        T read(Row row) throws SQLException, IOException;
    }

    private <T> List<@Nullable T> each(List<byte[]> keys, RowReader<T> reader) {
        return database.call(connection -> {
            List<@Nullable T> results = new ArrayList<>(keys.size());
            try (PreparedStatement statement = connection.prepareStatement(FIND)) {
                for (byte[] key : keys) {
                    Row row = visible(connection, statement, key);
                    results.add(row == null ? null : reader.read(row));
                }
            }
            return results;
        });
    }

    private @Nullable Row visible(Connection connection, PreparedStatement find, byte[] key) throws SQLException {
        String text = new String(key, StandardCharsets.UTF_8);
        int colon = text.indexOf(':');
        if (colon < 0) {
            return null;
        }
        String region = text.substring(0, colon);
        String id = text.substring(colon + 1);
        find.setString(1, region);
        find.setBytes(2, id.getBytes(StandardCharsets.UTF_8));
        try (ResultSet rows = find.executeQuery()) {
            if (!rows.next()) {
                return null;
            }
            byte[] head = rows.getBytes(2);
            if (StoredEntry.isTombstone(head) || StoredEntry.isExpired(head, nowMillis())) {
                return null;
            }
            Map<String, byte[]> found = new HashMap<>(Map.of(id, head));
            RecordCache.Epoch epoch = new RecordCache.Epoch(-1, rows.getLong(3));
            Row row = new Row(rows.getLong(1), head, rows.getLong(4));
            records.removeInvalidated(region, found, epoch, new Records(connection));
            return found.isEmpty() ? null : row;
        }
    }

    /** What was invalidated, as the file has it. */
    private record Records(Connection connection) implements RecordCache.Source<SQLException> {
        @Override
        public Map<String, Long> tags(String region, Set<String> tags) throws SQLException {
            Map<String, Long> newest = new HashMap<>();
            String sql = "SELECT max(at) FROM record WHERE scope IN ('', ?) AND kind = 'tag' AND name = ?";
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (String tag : tags) {
                    statement.setString(1, region);
                    statement.setBytes(2, tag.getBytes(StandardCharsets.UTF_8));
                    try (ResultSet rows = statement.executeQuery()) {
                        // the maximum of no row is NULL
                        long at = rows.next() ? rows.getLong(1) : -1;
                        newest.put(tag, rows.wasNull() ? -1L : at);
                    }
                }
            }
            return newest;
        }

        @Override
        public Map<String, Long> prefixes(String region) throws SQLException {
            Map<String, Long> prefixes = new HashMap<>();
            String sql = "SELECT name, at FROM record WHERE scope = ? AND kind = 'prefix'";
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setString(1, region);
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        prefixes.put(new String(rows.getBytes(1), StandardCharsets.UTF_8), rows.getLong(2));
                    }
                }
            }
            return prefixes;
        }
    }

    @Override
    public List<@Nullable LegacyEntry> read(List<byte[]> keys) {
        List<@Nullable LegacyEntry> entries = new ArrayList<>(keys.size());
        for (byte[] key : keys) {
            entries.add(read(key));
        }
        return entries;
    }

    private @Nullable LegacyEntry read(byte[] key) {
        Instant readAt = Instant.ofEpochMilli(nowMillis());
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Row row = each(List.of(key), found -> found).get(0);
            if (row == null) {
                return null;
            }
            long left = left(row, readAt);
            if (row.bytes() > MAX_BYTES) {
                return new LegacyEntry(key, "value over 64 MiB", new byte[0], left, readAt);
            }
            Optional<byte[]> found = database.call(
                    connection -> Optional.ofNullable(DiskLayout.envelope(folder, row.file(), row.head())));
            byte @Nullable [] whole = found.orElse(null);
            if (whole != null) {
                String type = EnvelopeFormat.isReadable(whole) ? ENVELOPE : "damaged entry";
                return new LegacyEntry(key, type, whole, left, readAt);
            }
        }
        // the tier shows nothing either where a value's file is gone
        return null;
    }

    private static long left(Row row, Instant readAt) {
        long deadline = deadline(row);
        return deadline == NO_DEADLINE ? NO_DEADLINE : Math.max(0, deadline - readAt.toEpochMilli());
    }

    private static long deadline(Row row) {
        return EnvelopeFormat.isReadable(row.head()) ? EnvelopeFormat.deadline(row.head()) : NO_DEADLINE;
    }

    @Override
    public List<Boolean> exist(List<byte[]> keys) {
        return each(keys, row -> true).stream().map(found -> found != null).toList();
    }

    @Override
    public List<@Nullable Long> deadlines(List<byte[]> keys) {
        return each(keys, DiskTierReader::deadline);
    }

    @Override
    public List<@Nullable Long> sizes(List<byte[]> keys) {
        return each(keys, Row::bytes);
    }

    @Override
    public void close() {
        database.close();
    }
}
