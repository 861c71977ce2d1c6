package io.cachemigrator.cache.config;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the settings of an application's cache may be. The one table of ranges: whichever way a setting comes in (a builder, a
 * specification, a map, a file, variables, a constructor of an older API), it is held against this.
 */
public enum SettingRange {
    /** Time to live of entries that bring none, in seconds. */
    DEFAULT_TTL("default_ttl", 1, 31_536_000, "seconds"),
    /** Time to live of the answers of one operation, in seconds. */
    OPERATION_TTL("operation_ttls", 1, 31_536_000, "seconds"),
    /** Entries in memory in front of a store; 0 = nothing is kept there. */
    L1_CACHE_SIZE("l1_cache_size", 0, 10_000, "entries, 0 for none"),
    /** Entries of a cache that is in memory only. */
    MEMORY_ENTRIES("max_size", 1, 100_000, "entries"),
    /** From how many bytes on values are compressed; 0 = all. */
    COMPRESSION_THRESHOLD("compression_threshold", 0, 1_048_576, "bytes"),
    /** How hard values are compressed. */
    COMPRESSION_LEVEL("compression_level", 1, 9, ""),
    /** From how many code points on a text stands hashed in a structured key. */
    TEXT_HASH_THRESHOLD("text_hash_threshold", 1, 100_000, "characters"),
    /** Connections to Redis. */
    MAX_CONNECTIONS("max_connections", 1, 100, "connections"),
    /** How long a connection or an answer is waited for, in seconds. */
    CONNECTION_TIMEOUT("connection_timeout", 1, 60, "seconds");

    private final String setting;
    private final long least;
    private final long most;
    private final String unit;

    SettingRange(String setting, long least, long most, String unit) {
        this.setting = setting;
        this.least = least;
        this.most = most;
        this.unit = unit;
    }

    /** The largest value that is allowed. */
    public long most() {
        return most;
    }

    /** Whether a value is within the range. */
    public boolean holds(long value) {
        return value >= least && value <= most;
    }

    /** What is wrong with a value, naming the setting, the value and the range; null when nothing is. */
    public @Nullable String fault(long value) {
        return fault(setting, value);
    }

    /** As {@link #fault(long)} for a setting of another name. */
    public @Nullable String fault(String name, long value) {
        return holds(value) ? null : name + " is " + value + "; allowed: " + allowed();
    }

    /** The range, for people. */
    public String allowed() {
        return String.format(Locale.ROOT, "%,d to %,d", least, most) + (unit.isEmpty() ? "" : " " + unit);
    }
}
