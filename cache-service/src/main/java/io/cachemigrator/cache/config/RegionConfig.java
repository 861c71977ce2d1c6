package io.cachemigrator.cache.config;

import io.cachemigrator.cache.error.CacheErrorCode;
import io.cachemigrator.cache.error.ConfigurationException;
import java.time.Duration;
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
 * @param memoryMaxEntries positive: bound of the memory tier
 * @param maxValueBytes 1 byte to 512 MiB: larger values are refused
 * @param tagIndex whether a tag index is kept, so that invalidation can count the entries it hits
 */
public record RegionConfig(
        String name,
        @Nullable TierPolicy tiers,
        @Nullable Duration defaultTtl,
        boolean sliding,
        double jitter,
        Duration staleAllowance,
        long memoryMaxEntries,
        int maxValueBytes,
        boolean tagIndex) {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,63}");

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
        builder.maxValueBytes = maxValueBytes;
        builder.tagIndex = tagIndex;
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
        private long memoryMaxEntries = 10_000;
        private int maxValueBytes = 64 << 20;
        private boolean tagIndex;

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
                    maxValueBytes,
                    tagIndex);
        }

        private void require(boolean condition, String property, Object value, String allowed) {
            if (!condition) {
                throw new ConfigurationException(
                        CacheErrorCode.BAD_CONFIGURATION,
                        "regions." + name + "." + property + " is '" + value + "'; allowed: " + allowed
                                + ". Correct the value.",
                        Map.of("path", "regions." + name + "." + property, "value", value));
            }
        }
    }
}
