package io.cachemigrator.compat.services;

/**
 * A cache that could not be started.
 *
 * @deprecated use {@link io.cachemigrator.cache.error.InfrastructureException}
 */
@Deprecated(since = "1.0.0", forRemoval = true)
public final class CacheUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CacheUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
