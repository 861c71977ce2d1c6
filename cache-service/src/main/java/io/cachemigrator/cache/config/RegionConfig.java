package io.cachemigrator.cache.config;

import io.cachemigrator.cache.error.CacheErrorCode;
import io.cachemigrator.cache.error.ConfigurationException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How one region behaves. Immutable.
 *
 * @param name {@code [a-z][a-z0-9-]*}, at most 64 characters
 * @param tiers which tiers hold its entries; null = the best the service has: Redis when it is configured, else disk
 * @param defaultTtl positive; null = entries stay until removed
 * @param sliding whether a read renews the time to live; it does so once a sixteenth of it is used up, not at every read
 * @param jitter 0 to 1: the share of a time to live by which it is shortened at random, against simultaneous expiry
 * @param staleAllowance zero to 365 days: how long an expired entry is kept to serve as stale
 * @param memoryMaxEntries positive: bound of the memory tier in entries, unless it is bounded by bytes
 * @param memoryMaxBytes positive: bound of the memory tier in bytes of stored envelopes and ids; null = bounded by entries
 * @param diskMaxEntries positive: bound of this region on the disk tier; null = only the tier's own
 * @param diskMaxBytes positive: bound of this region on the disk tier; null = only the tier's own
 * @param maxValueBytes 1 byte to 512 MiB: larger values are refused
 * @param tagIndex whether a tag index is kept, so that invalidation can count the entries it hits
 * @param tags tags that every entry carries beside its own
 * @param compression when payloads are compressed; null = never
 * @param encrypted whether payloads are encrypted at rest, with the service's keys. Then an entry that is not encrypted is
 *     refused as undecodable, and there are no counters, since a store cannot add to what it cannot read
 * @param acceptPlain whether an encrypted region serves entries that are not encrypted, too, and keeps whole numbers in JSON
 *     in the clear, so that they can be counted. For the time of a roll-out: whoever writes to the store can plant entries
 * @param shareValues whether a memory hit hands out the same object to every caller, as is done anyway for values that cannot
 *     be changed. Only for values that nobody changes: a change would be seen by all
 * @param loading how values are loaded
 */
public record RegionConfig(
        String name,
        @Nullable TierPolicy tiers,
        @Nullable Duration defaultTtl,
        boolean sliding,
        double jitter,
        Duration staleAllowance,
        long memoryMaxEntries,
        @Nullable Long memoryMaxBytes,
        @Nullable Long diskMaxEntries,
        @Nullable Long diskMaxBytes,
        int maxValueBytes,
        boolean tagIndex,
        List<String> tags,
        @Nullable CompressionConfig compression,
        boolean encrypted,
        boolean acceptPlain,
        boolean shareValues,
        LoadConfig loading) {

    static final long DEFAULT_MEMORY_MAX_ENTRIES = 10_000;

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,63}");

    /** Copies. */
    public RegionConfig {
        tags = List.copyOf(tags);
    }

    /** Starts from the defaults: one hour, no jitter, no stale values, 10,000 entries in memory, values up to 64 MiB. */
    public static Builder builder(String name) {
        return new Builder(name);
    }

    /** A builder that starts from this configuration, under another name. */
    public Builder toBuilder(String newName) {
        Builder builder = new Builder(newName);
        builder.tiers = tiers;
        builder.defaultTtl = defaultTtl;
        builder.sliding = sliding;
        builder.jitter = jitter;
        builder.staleAllowance = staleAllowance;
        builder.memoryMaxEntries = memoryMaxEntries;
        builder.memoryMaxBytes = memoryMaxBytes;
        builder.diskMaxEntries = diskMaxEntries;
        builder.diskMaxBytes = diskMaxBytes;
        builder.maxValueBytes = maxValueBytes;
        builder.tagIndex = tagIndex;
        builder.tags = tags;
        builder.compression = compression;
        builder.encrypted = encrypted;
        builder.acceptPlain = acceptPlain;
        builder.shareValues = shareValues;
        builder.loading = loading;
        return builder;
    }

    /** Builds a {@link RegionConfig}; each setter rejects a value outside its range at once. Not thread safe. */
    public static final class Builder {
        private final String name;
        private @Nullable TierPolicy tiers;
        private @Nullable Duration defaultTtl = Duration.ofHours(1);
        private boolean sliding;
        private double jitter;
        private Duration staleAllowance = Duration.ZERO;
        private long memoryMaxEntries = DEFAULT_MEMORY_MAX_ENTRIES;
        private @Nullable Long memoryMaxBytes;
        private @Nullable Long diskMaxEntries;
        private @Nullable Long diskMaxBytes;
        private int maxValueBytes = 64 << 20;
        private boolean tagIndex;
        private List<String> tags = List.of();
        private @Nullable CompressionConfig compression;
        private boolean encrypted;
        private boolean acceptPlain;
        private boolean shareValues;
        private LoadConfig loading = LoadConfig.DEFAULTS;

        private Builder(String name) {
            this.name = name;
            require(NAME.matcher(name).matches(), "name", name, "lower-case letters, digits and '-', at most 64");
        }

        /** Which tiers hold the entries. */
        public Builder tiers(TierPolicy policy) {
            this.tiers = policy;
            return this;
        }

        /** Time to live of entries that bring none. */
        public Builder defaultTtl(Duration ttl) {
            require(!ttl.isZero() && !ttl.isNegative(), "defaultTtl", ttl, "a positive duration");
            this.defaultTtl = ttl;
            return this;
        }

        /** Entries that bring no time to live stay until removed. */
        public Builder noDefaultTtl() {
            this.defaultTtl = null;
            return this;
        }

        /** A read renews the time to live. */
        public Builder sliding(boolean renewOnRead) {
            this.sliding = renewOnRead;
            return this;
        }

        /** Share of a time to live by which it is shortened at random. */
        public Builder jitter(double share) {
            require(share >= 0 && share <= 1, "jitter", share, "0 to 1");
            this.jitter = share;
            return this;
        }

        /** How long an expired entry is kept to serve as stale. */
        public Builder staleAllowance(Duration allowance) {
            require(
                    !allowance.isNegative() && allowance.compareTo(Duration.ofDays(365)) <= 0,
                    "staleAllowance",
                    allowance,
                    "zero to 365 days");
            this.staleAllowance = allowance;
            return this;
        }

        /** Bound of the memory tier. */
        public Builder memoryMaxEntries(long entries) {
            require(entries > 0, "memoryMaxEntries", entries, "1 or more");
            this.memoryMaxEntries = entries;
            return this;
        }

        /** Bound of the memory tier in bytes, instead of entries. */
        public Builder memoryMaxBytes(long bytes) {
            require(bytes > 0, "memoryMaxBytes", bytes, "1 or more");
            this.memoryMaxBytes = bytes;
            return this;
        }

        /** Bound of this region on the disk tier in entries. */
        public Builder diskMaxEntries(long entries) {
            require(entries > 0, "diskMaxEntries", entries, "1 or more");
            this.diskMaxEntries = entries;
            return this;
        }

        /** Bound of this region on the disk tier in bytes. */
        public Builder diskMaxBytes(long bytes) {
            require(bytes > 0, "diskMaxBytes", bytes, "1 or more");
            this.diskMaxBytes = bytes;
            return this;
        }

        /** Largest value accepted. */
        public Builder maxValueBytes(int bytes) {
            require(bytes > 0 && bytes <= 512 << 20, "maxValueBytes", bytes, "1 byte to 512 MiB");
            this.maxValueBytes = bytes;
            return this;
        }

        /** Keep a tag index, so that invalidation counts entries. */
        public Builder tagIndex(boolean keep) {
            this.tagIndex = keep;
            return this;
        }

        /** Tags that every entry carries beside its own. */
        public Builder tags(List<String> everyEntry) {
            this.tags = List.copyOf(everyEntry);
            return this;
        }

        /** Payloads stay as they are. */
        public Builder noCompression() {
            this.compression = null;
            return this;
        }

        /** Compress payloads. */
        public Builder compression(CompressionConfig config) {
            this.compression = config;
            return this;
        }

        /** Encrypt payloads at rest. */
        public Builder encrypted(boolean encrypt) {
            this.encrypted = encrypt;
            return this;
        }

        /** Serve entries that are not encrypted in an encrypted region, too. */
        public Builder acceptPlain(boolean accept) {
            this.acceptPlain = accept;
            return this;
        }

        /** Hand out one object to all callers on memory hits. */
        public Builder shareValues(boolean share) {
            this.shareValues = share;
            return this;
        }

        /** How values are loaded. */
        public Builder loading(LoadConfig config) {
            this.loading = config;
            return this;
        }

        /** The configuration. */
        public RegionConfig build() {
            return new RegionConfig(
                    name,
                    tiers,
                    defaultTtl,
                    sliding,
                    jitter,
                    staleAllowance,
                    memoryMaxEntries,
                    memoryMaxBytes,
                    diskMaxEntries,
                    diskMaxBytes,
                    maxValueBytes,
                    tagIndex,
                    tags,
                    compression,
                    encrypted,
                    acceptPlain,
                    shareValues,
                    loading);
        }

        private void require(boolean condition, String property, Object value, String allowed) {
            if (!condition) {
                throw new ConfigurationException(
                        CacheErrorCode.BAD_CONFIGURATION,
                        "regions." + name + "." + property + " is '" + value + "'; allowed: " + allowed
                                + ". Correct the value.",
                        Map.of("path", "regions." + name + "." + property, "value", value, "allowed", allowed));
            }
        }
    }
}
