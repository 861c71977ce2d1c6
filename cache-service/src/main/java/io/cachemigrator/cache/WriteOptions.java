package io.cachemigrator.cache;

import io.cachemigrator.cache.error.CacheErrorCode;
import io.cachemigrator.cache.error.ValidationException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How one value is stored. Immutable; the {@code with} methods return changed copies.
 *
 * @param ttl positive time to live; null = the region's default; {@link #NO_EXPIRY} = none
 * @param condition when the write happens
 * @param tags at most 64 tags of at most 255 UTF-8 bytes each
 * @param metadata at most 64 texts kept beside the value; keys starting with {@code cm.} are reserved
 */
public record WriteOptions(
        @Nullable Duration ttl, Condition condition, List<String> tags, Map<String, String> metadata) {

    /** A time to live that means: until removed. */
    public static final Duration NO_EXPIRY = Duration.ofSeconds(Long.MAX_VALUE);

    /** Region's default time to live, unconditional, no tags, no metadata. */
    public static final WriteOptions DEFAULTS = new WriteOptions(null, Condition.ALWAYS, List.of(), Map.of());

    /** When a write happens. */
    public enum Condition {
        /** Whatever is there. */
        ALWAYS,
        /** Only when there is no live entry. */
        IF_ABSENT,
        /** Only when there is a live entry. */
        IF_PRESENT
    }

    /** Checks and copies. */
    public WriteOptions {
        if (ttl != null && (ttl.isZero() || ttl.isNegative())) {
            throw new ValidationException(
                    CacheErrorCode.BAD_ARGUMENT,
                    "A time to live must be positive, and this one is " + ttl
                            + ". Give a positive duration, or WriteOptions.NO_EXPIRY for an entry that stays.",
                    Map.of("ttl", ttl));
        }
        tags = List.copyOf(tags);
        metadata = Map.copyOf(metadata);
    }

    /** A time to live. */
    public static WriteOptions ttl(Duration ttl) {
        return DEFAULTS.withTtl(ttl);
    }

    /** Stored only when there is no live entry. */
    public static WriteOptions ifAbsent() {
        return DEFAULTS.withCondition(Condition.IF_ABSENT);
    }

    /** Stored only when there is a live entry. */
    public static WriteOptions ifPresent() {
        return DEFAULTS.withCondition(Condition.IF_PRESENT);
    }

    /** A copy with another time to live; null = the region's default. */
    public WriteOptions withTtl(@Nullable Duration newTtl) {
        return new WriteOptions(newTtl, condition, tags, metadata);
    }

    /** A copy with another condition. */
    public WriteOptions withCondition(Condition newCondition) {
        return new WriteOptions(ttl, newCondition, tags, metadata);
    }

    /** A copy with these tags instead. */
    public WriteOptions withTags(String... newTags) {
        return new WriteOptions(ttl, condition, List.of(newTags), metadata);
    }

    /** A copy with this metadata instead. */
    public WriteOptions withMetadata(Map<String, String> newMetadata) {
        return new WriteOptions(ttl, condition, tags, newMetadata);
    }
}
