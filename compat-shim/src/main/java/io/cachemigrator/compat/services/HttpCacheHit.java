package io.cachemigrator.compat.services;

import io.cachemigrator.cache.domain.http.HttpHit;
import org.jspecify.annotations.Nullable;

/**
 * What a look-up of an {@link HttpCacheService} gave.
 *
 * @param value the response; null when there is none, when null was stored, or when it cannot be had
 * @param isStale whether it is past its time and only served while a fresh one is made
 * @param isHit whether there is a response, a stored null included
 * @deprecated use {@link HttpHit}
 */
@Deprecated(since = "1.0.0", forRemoval = true)
public record HttpCacheHit<T>(@Nullable T value, boolean isStale, boolean isHit) {

    static <T> HttpCacheHit<T> of(HttpHit<T> hit) {
        return new HttpCacheHit<>(hit.value(), hit.isStale(), hit.isHit());
    }
}
