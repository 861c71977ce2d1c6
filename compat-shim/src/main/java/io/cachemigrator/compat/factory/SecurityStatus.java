package io.cachemigrator.compat.factory;

import io.cachemigrator.cache.config.RedisConfig;
import io.cachemigrator.cache.config.RedisTlsConfig;
import java.util.ArrayList;
import java.util.List;

/**
 * How the connection of a legacy cache is secured, as configured; it holds no secret. Immutable.
 *
 * @param tls whether the connection is encrypted
 * @param authenticated whether there is a password
 * @param certificatesVerified whether the server has to show a certificate that is trusted
 * @param encryptedValues whether values are encrypted in the store
 * @deprecated use {@link io.cachemigrator.cache.factory.AppCache#health()}
 */
@Deprecated(since = "1.0.0", forRemoval = true)
@SuppressWarnings("removal") // the legacy family is itself
public record SecurityStatus(
        boolean tls, boolean authenticated, boolean certificatesVerified, boolean encryptedValues) {

    /** How safe a connection is. */
    public enum Level {
        /** Neither TLS nor a login. */
        LOW,
        /** One of them. */
        MEDIUM,
        /** Both, and certificates are checked. */
        HIGH
    }

    static SecurityStatus of(LegacyOptions options) {
        RedisConfig redis = options.legacy();
        RedisTlsConfig settings = redis.tls();
        boolean tls = settings != null || "rediss".equals(redis.uri().getScheme());
        String user = redis.uri().getUserInfo();
        boolean login = redis.password() != null || (user != null && user.contains(":"));
        return new SecurityStatus(
                tls, login, tls && (settings == null || settings.verifyHostName()), options.encryptionKey() != null);
    }

    /** How safe the connection is. */
    public Level level() {
        if (tls && authenticated && certificatesVerified) {
            return Level.HIGH;
        }
        return tls || authenticated ? Level.MEDIUM : Level.LOW;
    }

    /** What would make it safer; empty when nothing would. */
    public List<String> recommendations() {
        List<String> advice = new ArrayList<>();
        if (!tls) {
            advice.add("Connect by TLS: give the address as rediss://.");
        } else if (!certificatesVerified) {
            advice.add("Have the server's name checked against its certificate.");
        }
        if (!authenticated) {
            advice.add("Give the server a password, and the cache the same.");
        }
        if (!encryptedValues) {
            advice.add("Encrypt values: set REDIS_ENCRYPTION_KEY.");
        }
        return advice;
    }

    String report() {
        List<String> lines = new ArrayList<>();
        lines.add("Security level: " + level());
        lines.add("TLS: " + tls + ", login: " + authenticated + ", certificates verified: " + certificatesVerified
                + ", encrypted values: " + encryptedValues);
        recommendations().forEach(line -> lines.add("- " + line));
        return String.join("\n", lines);
    }
}
