package io.cachemigrator.cache.config;

import org.jspecify.annotations.Nullable;

/**
 * Whom a server admits. Immutable; {@link #toString()} hides the password.
 *
 * @param username an ACL user; null = the default user
 * @param password null = none
 */
public record RedisLogin(
        @Nullable String username, @Nullable String password) {
    @Override
    public String toString() {
        return "RedisLogin[" + (username == null ? "default" : username) + "]";
    }
}
