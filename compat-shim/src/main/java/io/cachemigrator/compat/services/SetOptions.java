package io.cachemigrator.compat.services;

import io.cachemigrator.cache.WriteOptions;
import io.cachemigrator.cache.WriteOptions.Condition;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How {@link RedisCacheService#set(String, Object, SetOptions)} stores a value.
 *
 * @param ttl time to live; null or zero = the service's default; not negative
 * @param nx only when there is no entry
 * @param xx only when there is an entry
 * @deprecated use {@link io.cachemigrator.cache.WriteOptions}; the recipe
 *     {@code io.cachemigrator.recipes.services.MigrateRedisCacheService} does it
 */
@Deprecated(since = "1.0.0", forRemoval = true)
public record SetOptions(@Nullable Duration ttl, boolean nx, boolean xx) {

    /** Default time to live, unconditional. */
    public static final SetOptions DEFAULTS = new SetOptions(null, false, false);

    /** Checks. */
    public SetOptions {
        if (ttl != null && ttl.isNegative()) {
            throw new IllegalArgumentException("A time to live must not be negative, and this one is " + ttl
                    + ". Give a positive duration, or zero for the default.");
        }
        if (nx && xx) {
            throw new IllegalArgumentException(
                    "nx and xx together can never hold. Ask for one of them, or for neither.");
        }
    }

    /**
     * A time to live.
     *
     * @deprecated use {@link io.cachemigrator.cache.WriteOptions#ttl(Duration)}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public static SetOptions ttl(Duration ttl) {
        return new SetOptions(ttl, false, false);
    }

    /**
     * Stored only when there is no entry.
     *
     * @deprecated use {@link io.cachemigrator.cache.WriteOptions#ifAbsent()}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public static SetOptions ifAbsent() {
        return new SetOptions(null, true, false);
    }

    /**
     * Stored only when there is an entry.
     *
     * @deprecated use {@link io.cachemigrator.cache.WriteOptions#ifPresent()}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public static SetOptions ifPresent() {
        return new SetOptions(null, false, true);
    }

    /**
     * A copy with another time to live.
     *
     * @deprecated use {@link io.cachemigrator.cache.WriteOptions#withTtl(Duration)}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public SetOptions withTtl(@Nullable Duration newTtl) {
        return new SetOptions(newTtl, nx, xx);
    }

    WriteOptions toWriteOptions() {
        Condition condition = nx ? Condition.IF_ABSENT : xx ? Condition.IF_PRESENT : Condition.ALWAYS;
        Duration given = ttl == null || ttl.isZero() ? null : ttl;
        return WriteOptions.DEFAULTS.withTtl(given).withCondition(condition);
    }
}
