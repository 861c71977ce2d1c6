package io.cachemigrator.migrator.data;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether a Redis server is near its limits, by what it tells of itself. */
final class RedisStrain {
    private static final double FULL = 0.9;
    private static final long MOST_LAG_BYTES = 16L << 20;
    private static final Pattern OFFSET = Pattern.compile("offset=(\\d{1,18})");

    private RedisStrain() {}

    /** Why it is to be spared, from its {@code INFO} sections; empty when there is no reason. */
    static String of(Map<String, String> memory, Map<String, String> replication) {
        long used = number(memory, "used_memory");
        long most = number(memory, "maxmemory");
        if (most > 0 && used > most * FULL) {
            return String.format(
                    Locale.ROOT,
                    "the target uses %.0f %% of its memory (maxmemory %,d bytes)",
                    100.0 * used / most,
                    most);
        }
        long lag = lag(replication);
        return lag > MOST_LAG_BYTES
                ? String.format(Locale.ROOT, "a replica of the target is %,d bytes behind", lag)
                : "";
    }

    /** How far the last replica is behind, in bytes. */
    private static long lag(Map<String, String> replication) {
        long here = number(replication, "master_repl_offset");
        long lag = 0;
        for (Map.Entry<String, String> field : replication.entrySet()) {
            Matcher offset = OFFSET.matcher(field.getValue());
            if (field.getKey().matches("slave\\d+") && field.getValue().contains("state=online") && offset.find()) {
                lag = Math.max(lag, here - Long.parseLong(offset.group(1)));
            }
        }
        return lag;
    }

    private static long number(Map<String, String> fields, String name) {
        String text = fields.getOrDefault(name, "");
        return text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
    }
}
