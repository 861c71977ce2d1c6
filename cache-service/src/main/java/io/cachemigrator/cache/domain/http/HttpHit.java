package io.cachemigrator.cache.domain.http;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a look-up of a response gave. Immutable.
 *
 * @param state what it is worth
 * @param value the response; null on a miss, and when a null was stored
 * @param etag its entity tag in quotes, for the {@code ETag} header; null on a miss
 * @param age how long ago it was stored, for the {@code Age} header; zero on a miss
 * @param tags what it can be invalidated by
 */
public record HttpHit<T>(
        State state, @Nullable T value, @Nullable String etag, Duration age, List<String> tags) {

    /** What a response is worth. */
    public enum State {
        /** It may be served. */
        FRESH,
        /** It may be served while a fresh one is made. */
        STALE,
        /** There is none. */
        MISS,
        /** The cache could not be asked, or holds something that cannot be read. */
        UNAVAILABLE
    }

    /** Copies. */
    public HttpHit {
        tags = List.copyOf(tags);
    }

    static <T> HttpHit<T> none(State state) {
        return new HttpHit<>(state, null, null, Duration.ZERO, List.of());
    }

    /** Whether there is a response to serve, fresh or stale. */
    public boolean isHit() {
        return state == State.FRESH || state == State.STALE;
    }

    /** Whether there is a response that may be served while a fresh one is made. */
    public boolean isStale() {
        return state == State.STALE;
    }

    /** The response, if there is one that is not null. */
    public Optional<T> found() {
        return Optional.ofNullable(value);
    }

    /**
     * Whether a client that has what {@code If-None-Match} names has this response, so that status 304 without a body is the
     * answer (RFC 9110, weak comparison).
     *
     * @param ifNoneMatch the request header; null = it was not sent
     */
    public boolean matches(@Nullable String ifNoneMatch) {
        String own = etag;
        return own != null && ifNoneMatch != null && EntityTag.matches(own, ifNoneMatch);
    }
}
