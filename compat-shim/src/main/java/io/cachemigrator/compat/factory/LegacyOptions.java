package io.cachemigrator.compat.factory;

import io.cachemigrator.cache.config.AiConfig;
import io.cachemigrator.cache.config.CacheConfigBuilder;
import io.cachemigrator.cache.config.RedisConfig;
import io.cachemigrator.cache.error.ConfigurationException;
import io.cachemigrator.compat.stage.StageSource;
import io.cachemigrator.compat.stage.StagedOptions;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a legacy application cache is made of. Immutable; made with {@link #builder()} or {@link #builder(Map)}, which
 * check. {@link #toString()} shows no secret.
 *
 * @param legacy where the legacy layout is
 * @param target where the consolidated service keeps its entries, unless {@code service} says otherwise
 * @param defaultTtl 1 second to 365 days; time to live of entries that bring none
 * @param enableL1Cache whether entries are kept in this process too
 * @param l1CacheSize 0 to 10,000 entries in this process; 0 = none
 * @param enableCompression whether large values are compressed
 * @param compressionThreshold 0 to 1,048,576 bytes of JSON: larger values are compressed
 * @param compressionLevel 1 to 9
 * @param ai how the keys of a language model's answers are made, and how long answers live by operation
 * @param encryptionKey 32 bytes in base64url: values are written encrypted with it, and read; null = they are written plain
 * @param encryptionRequired whether values that are not encrypted are refused
 * @param failOnConnectionError whether a cache that cannot connect says so with an exception
 * @param stage where the roll-out stands
 * @param staged how calls are routed at the stages that know both layouts
 * @param failureThreshold failures in a row that open the circuit breaker; 1 or more
 * @param openPeriod how long it stays open; positive
 * @param service sets the consolidated service's stores; null = a Redis at {@code target}
 * @param inMemory whether nothing leaves this process: memory in place of both layouts
 * @param clock time; the system's is read as monotonic time by the circuit breaker
 */
public record LegacyOptions(
        RedisConfig legacy,
        RedisConfig target,
        Duration defaultTtl,
        boolean enableL1Cache,
        int l1CacheSize,
        boolean enableCompression,
        int compressionThreshold,
        int compressionLevel,
        AiConfig ai,
        @Nullable String encryptionKey,
        boolean encryptionRequired,
        boolean failOnConnectionError,
        StageSource stage,
        StagedOptions staged,
        int failureThreshold,
        Duration openPeriod,
        @Nullable Consumer<CacheConfigBuilder> service,
        boolean inMemory,
        Clock clock) {

    /**
     * Checks all of them.
     *
     * @throws ConfigurationException naming every fault
     */
    public LegacyOptions {
        new OptionFaults()
                .range("default_ttl", defaultTtl)
                .l1(l1CacheSize)
                .compression(compressionThreshold, compressionLevel)
                .ai(ai)
                .encryption(encryptionKey, encryptionRequired)
                .breaker(failureThreshold, openPeriod)
                .address("redis_url", legacy)
                .address("target", target)
                .report();
    }

    /** Starts from the legacy defaults, and asks no environment variable. */
    public static LegacyOptionsBuilder builder() {
        return builder(Map.of());
    }

    /**
     * Starts from what environment variables say, over the legacy defaults.
     *
     * <ul>
     *   <li>{@code REDIS_URL}, with {@code REDIS_ACL_USERNAME} and {@code REDIS_ACL_PASSWORD}, else {@code REDIS_AUTH}, where the
     *       address has no user or password of its own; {@code REDIS_USE_TLS} or {@code REDIS_TLS_ENABLED} ({@code true} or
     *       {@code false}), {@code REDIS_TLS_CA_PATH} and {@code REDIS_TLS_KEY_PATH} (PKCS 12 or JKS files that open without a
     *       password), {@code REDIS_VERIFY_CERTIFICATES} ({@code false} = a certificate may name another host, and is checked all
     *       the same), {@code REDIS_CONNECTION_TIMEOUT} (seconds)
     *   <li>{@code CACHE_REDIS_URI} and what belongs to it: where the consolidated service is; unset, where the legacy layout is; and
     *       where the legacy layout is, if {@code REDIS_URL} is unset
     *   <li>{@code CACHE_TTL} (seconds), {@code CACHE_SIZE} (entries in this process), {@code ENABLE_COMPRESSION}; before them,
     *       the names that the migration of settings gives them: {@code CACHE_DEFAULT_TTL},
     *       {@code CACHE_DEFAULTS_MEMORY_MAX_ENTRIES}, {@code CACHE_DEFAULTS_COMPRESSION}
     *   <li>{@code REDIS_ENCRYPTION_KEY}
     *   <li>the stage, as {@link io.cachemigrator.compat.stage.StageSources#fromEnvironment} and
     *       {@link StagedOptions#fromEnvironment} read it
     * </ul>
     *
     * What is wrong with them is told by {@link LegacyOptionsBuilder#build()}, all at once.
     */
    public static LegacyOptionsBuilder builder(Map<String, String> environment) {
        return new LegacyOptionsBuilder(environment);
    }

    /** Whether this process keeps entries beside Redis. */
    boolean hasL1() {
        return enableL1Cache && l1CacheSize > 0;
    }

    @Override
    public String toString() {
        return "LegacyOptions[legacy=" + legacy + ", target=" + target + ", defaultTtl=" + defaultTtl + ", l1CacheSize="
                + (enableL1Cache ? l1CacheSize : 0) + ", compression="
                + (enableCompression ? compressionThreshold + "/" + compressionLevel : "none") + ", encryption="
                + (encryptionKey == null ? "none" : "a key") + (encryptionRequired ? ", required" : "") + ", inMemory="
                + inMemory + "]";
    }
}
