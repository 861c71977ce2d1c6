package io.cachemigrator.migrator.testkit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import redis.clients.jedis.Jedis;

/**
 * Entries as they lie in a target, read with a client of the store and the page that specifies the envelope's bytes, and nothing
 * of the toolkit's.
 */
public final class RawEntries {
    private static final int FLAGS = 8;
    private static final int DEADLINE = 20;
    private static final int TOMBSTONE = 2;

    private RawEntries() {}

    /**
     * An entry.
     *
     * @param text what the envelope ends with, from its last brace on
     * @param deadline milliseconds since the epoch; -1 = never
     */
    public record Raw(String text, long deadline) {}

    /** Of a Redis server: every key with the prefix {@code cs:} that is no record of the service. */
    public static Map<String, Raw> of(Jedis redis) {
        Map<String, Raw> entries = new TreeMap<>();
        for (String key : TargetEntries.keys(redis, "cs:*")) {
            if (!key.startsWith("cs:{!}")) {
                add(entries, key.substring(3), redis.get(key.getBytes(StandardCharsets.UTF_8)));
            }
        }
        return entries;
    }

    /** Of a folder of the disk tier; none when there is no folder. */
    public static Map<String, Raw> of(Path folder) {
        Map<String, Raw> entries = new TreeMap<>();
        if (!Files.exists(folder.resolve("cache.db"))) {
            return entries;
        }
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("cache.db"));
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select r.name, e.id, e.envelope from entry e join region r on r.number = e.region")) {
            while (rows.next()) {
                add(
                        entries,
                        rows.getString(1) + ":" + new String(rows.getBytes(2), StandardCharsets.UTF_8),
                        rows.getBytes(3));
            }
            return entries;
        } catch (SQLException e) {
            throw new AssertionError("the folder " + folder + " cannot be read", e);
        }
    }

    private static void add(Map<String, Raw> entries, String place, byte[] bytes) {
        if ((bytes[FLAGS] & TOMBSTONE) == 0) {
            String text = new String(bytes, StandardCharsets.ISO_8859_1);
            entries.put(
                    place,
                    new Raw(
                            text.substring(text.lastIndexOf('{')),
                            ByteBuffer.wrap(bytes).getLong(DEADLINE)));
        }
    }
}
