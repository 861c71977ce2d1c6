package io.cachemigrator.cache.config.source;

import java.util.List;

/** The settings of the service itself, by path. Those of regions are {@link RegionSettings}. */
final class ServiceSettings {
    static final String ENCRYPTION_KEYS = "encryption.keys.";

    static final List<String> PATHS = List.of(
            "preset",
            "keyPrefix",
            "failOnConnectionError",
            "redis.uri",
            "redis.username",
            "redis.password",
            "redis.tls",
            "redis.poolSize",
            "redis.connectTimeout",
            "redis.socketTimeout",
            "disk.folder",
            "disk.maxBytes",
            "encryption.currentKeyId");

    private ServiceSettings() {}
}
