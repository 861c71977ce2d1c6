package io.cachemigrator.compat.services;

import io.cachemigrator.cache.domain.http.HttpOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How {@link HttpCacheService#set(String, Object, HttpCacheOptions)} keeps a response. Immutable; the {@code with} methods
 * return changed copies.
 *
 * @param ttl how long it is fresh; null or zero = the configuration's; not negative
 * @param staleTtl how long after that it may be served as stale; null or zero = the configuration's; not negative
 * @param tags what it can be invalidated by
 * @param varyHeaders request headers that it depends on, with the values that it was made for
 * @deprecated use {@link HttpOptions}
 */
@Deprecated(since = "1.0.0", forRemoval = true)
public record HttpCacheOptions(
        @Nullable Duration ttl, @Nullable Duration staleTtl, List<String> tags, Map<String, String> varyHeaders) {

    /** The configuration's times, no tags, the same for every request. */
    public static final HttpCacheOptions DEFAULTS = new HttpCacheOptions(null, null, List.of(), Map.of());

    /** Checks and copies. */
    public HttpCacheOptions {
        if ((ttl != null && ttl.isNegative()) || (staleTtl != null && staleTtl.isNegative())) {
            throw new IllegalArgumentException("A response's time is " + ttl + " and " + staleTtl
                    + " stale. Give positive ones, or zero for the configuration's.");
        }
        tags = List.copyOf(tags);
        varyHeaders = Map.copyOf(varyHeaders);
    }

    /**
     * Options with a time for which the response is fresh.
     *
     * @deprecated use {@link HttpOptions#ttl(Duration)}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public static HttpCacheOptions ttl(Duration fresh) {
        return DEFAULTS.withTtl(fresh);
    }

    /**
     * A copy that is fresh for another time.
     *
     * @deprecated use {@link HttpOptions#withTtl(Duration)}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public HttpCacheOptions withTtl(@Nullable Duration fresh) {
        return new HttpCacheOptions(fresh, staleTtl, tags, varyHeaders);
    }

    /**
     * A copy that may be served as stale for another time.
     *
     * @deprecated use {@link HttpOptions#withStaleTtl(Duration)}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public HttpCacheOptions withStaleTtl(@Nullable Duration stale) {
        return new HttpCacheOptions(ttl, stale, tags, varyHeaders);
    }

    /**
     * A copy with these tags instead.
     *
     * @deprecated use {@link HttpOptions#withTags(String...)}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public HttpCacheOptions withTags(String... newTags) {
        return new HttpCacheOptions(ttl, staleTtl, List.of(newTags), varyHeaders);
    }

    /**
     * A copy that depends on these request headers instead.
     *
     * @deprecated use {@link HttpOptions#withVary(String...)} with an
     *     {@link io.cachemigrator.cache.domain.http.HttpKey} that has the headers' values
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public HttpCacheOptions withVaryHeaders(Map<String, String> headers) {
        return new HttpCacheOptions(ttl, staleTtl, tags, headers);
    }

    HttpOptions toHttpOptions() {
        return new HttpOptions(
                ttl == null || ttl.isZero() ? null : ttl,
                staleTtl == null || staleTtl.isZero() ? null : staleTtl,
                tags,
                List.copyOf(varyHeaders.keySet()));
    }
}
