package io.cachemigrator.cache.config;

import io.cachemigrator.cache.error.CacheErrorCode;
import io.cachemigrator.cache.error.ValidationException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Where an application runs, and how its cache is tuned there as long as nothing else is said. */
public enum CacheEnvironment {
    /** A developer's machine. */
    DEVELOPMENT(Duration.ofMinutes(30), 50, 2_000, 4),
    /** Tests. */
    TESTING(Duration.ofMinutes(1), 25, 1_000, 1),
    /** Services. */
    PRODUCTION(Duration.ofHours(2), 200, 1_000, 6);

    private final Duration defaultTtl;
    private final int memoryEntries;
    private final int compressionThreshold;
    private final int compressionLevel;

    CacheEnvironment(Duration defaultTtl, int memoryEntries, int compressionThreshold, int compressionLevel) {
        this.defaultTtl = defaultTtl;
        this.memoryEntries = memoryEntries;
        this.compressionThreshold = compressionThreshold;
        this.compressionLevel = compressionLevel;
    }

    /**
     * The environment of a name, whatever its case.
     *
     * @throws ValidationException if there is none; the context has {@code provided_environment} and {@code valid_environments}
     */
    public static CacheEnvironment named(String name) {
        return Arrays.stream(values())
                .filter(each -> each.label().equals(name.strip().toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new ValidationException(
                        CacheErrorCode.BAD_ARGUMENT,
                        "There is no environment '" + name + "'; allowed: " + String.join(", ", labels())
                                + ". Name one of them.",
                        Map.of("provided_environment", name, "valid_environments", labels())));
    }

    private static List<String> labels() {
        return Arrays.stream(values()).map(CacheEnvironment::label).toList();
    }

    /** Its name in lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Time to live of entries that bring none. */
    public Duration defaultTtl() {
        return defaultTtl;
    }

    /** Entries in memory. */
    public int memoryEntries() {
        return memoryEntries;
    }

    /** From how many bytes on values are compressed. */
    public int compressionThreshold() {
        return compressionThreshold;
    }

    /** How hard values are compressed. */
    public int compressionLevel() {
        return compressionLevel;
    }
}
