package io.cachemigrator.cache.config;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How Redis is reached. Immutable; {@link #toString()} hides the password.
 *
 * @param uri {@code redis://}, {@code rediss://} (TLS); user and password may stand in it
 * @param username overrides the URI's; null = the URI's or none
 * @param password overrides the URI's; null = the URI's or none
 * @param poolSize 1 to 1,000 connections
 * @param connectTimeout positive
 * @param socketTimeout positive
 */
public record RedisConfig(
        URI uri,
        @Nullable String username,
        @Nullable String password,
        int poolSize,
        Duration connectTimeout,
        Duration socketTimeout) {

    /** Reached by URI, with 10 connections and timeouts of 2 and 5 seconds. */
    public static RedisConfig of(String uri) {
        return new RedisConfig(URI.create(uri), null, null, 10, Duration.ofSeconds(2), Duration.ofSeconds(5));
    }

    /** The URI without user information, for people. */
    public String displayUri() {
        int port = uri.getPort() < 0 ? 6379 : uri.getPort();
        String path = uri.getPath() == null ? "" : uri.getPath();
        return uri.getScheme() + "://" + uri.getHost() + ":" + port + path;
    }

    @Override
    public String toString() {
        return "RedisConfig[" + displayUri() + ", poolSize=" + poolSize + "]";
    }
}
