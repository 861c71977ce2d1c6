package io.cachemigrator.cache.config.source;

import java.util.ArrayList;
import java.util.List;

/** The settings of the service itself, by path. Those of regions are {@link RegionSettings}. */
final class ServiceSettings {
    static final String ENCRYPTION_KEYS = "encryption.keys.";

    /** Files that hold what else would stand under {@link #ENCRYPTION_KEYS}. */
    static final String ENCRYPTION_KEY_FILES = "encryption.keyFiles.";

    /** What a setting's name ends with when its value is in a file of its own. */
    static final String IN_FILE = "File";

    /** Settings whose values are never shown, and may be in files of their own. */
    static final List<String> SECRETS = List.of(
            "redis.uri",
            "redis.username",
            "redis.password",
            "redis.sentinel.username",
            "redis.sentinel.password",
            "redis.tls.trustStorePassword",
            "redis.tls.keyStorePassword");

    private static final List<String> OTHERS = List.of(
            "preset",
            "keyPrefix",
            "failOnConnectionError",
            "redis.topology",
            "redis.nodes",
            "redis.masterName",
            "redis.database",
            "redis.poolSize",
            "redis.connectTimeout",
            "redis.socketTimeout",
            "redis.tls",
            "redis.tls.trustStore",
            "redis.tls.keyStore",
            "redis.tls.verifyHostName",
            "redis.outage.failures",
            "redis.outage.pause",
            "redis.outage.heldWrites",
            "redis.outage.heldBytes",
            "disk.folder",
            "disk.maxBytes",
            "disk.busyTimeout",
            "encryption.currentKeyId");

    static final List<String> PATHS = paths();

    private ServiceSettings() {}

    private static List<String> paths() {
        List<String> paths = new ArrayList<>(OTHERS);
        for (String secret : SECRETS) {
            paths.add(secret);
            paths.add(secret + IN_FILE);
        }
        return List.copyOf(paths);
    }

    /** Whether the value of a setting must not be shown. */
    static boolean isSecret(String path) {
        return path.startsWith(ENCRYPTION_KEYS) || SECRETS.contains(path);
    }
}
