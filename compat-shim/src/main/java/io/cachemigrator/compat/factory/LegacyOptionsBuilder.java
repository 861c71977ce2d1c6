package io.cachemigrator.compat.factory;

import io.cachemigrator.cache.config.AiConfig;
import io.cachemigrator.cache.config.CacheConfigBuilder;
import io.cachemigrator.cache.config.RedisConfig;
import io.cachemigrator.cache.error.ConfigurationException;
import io.cachemigrator.compat.stage.StageSource;
import io.cachemigrator.compat.stage.StageSources;
import io.cachemigrator.compat.stage.StagedOptions;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Builds {@link LegacyOptions}. Whatever is set here wins over the environment. Not thread safe. */
public final class LegacyOptionsBuilder {
    private static final String DEFAULT_URL = "redis://redis:6379";
    private static final Duration DEFAULT_TTL = Duration.ofHours(1);
    private static final int DEFAULT_L1_SIZE = 100;

    private final Map<String, String> environment;
    private @Nullable String url;
    private String otherwise = DEFAULT_URL;
    private @Nullable RedisConfig legacy;
    private @Nullable RedisConfig target;
    private @Nullable Duration defaultTtl;
    private boolean enableL1Cache = true;
    private @Nullable Integer l1CacheSize;
    private @Nullable Boolean enableCompression;
    private int compressionThreshold = 1_000;
    private int compressionLevel = 6;
    private AiConfig ai = AiConfig.DEFAULTS.withTextHashThreshold(1_000);
    private @Nullable String encryptionKey;
    private boolean encryptionRequired;
    private boolean failOnConnectionError;
    private @Nullable StageSource stage;
    private @Nullable StagedOptions staged;
    private int failureThreshold = 5;
    private Duration openPeriod = Duration.ofSeconds(30);
    private @Nullable Consumer<CacheConfigBuilder> service;
    private boolean inMemory;
    private Clock clock = Clock.systemUTC();

    LegacyOptionsBuilder(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /** Where the legacy layout is; wins over the environment. Null = as the environment says. */
    public LegacyOptionsBuilder redisUrl(@Nullable String redisUrl) {
        this.url = redisUrl == null || redisUrl.isBlank() ? null : redisUrl;
        return this;
    }

    /** Where the legacy layout is if neither {@link #redisUrl} nor the environment says it. */
    LegacyOptionsBuilder redisUrlOtherwise(String redisUrl) {
        this.otherwise = redisUrl;
        return this;
    }

    /** Where the legacy layout is, with all that belongs to it; wins over address and environment. */
    public LegacyOptionsBuilder redis(RedisConfig config) {
        this.legacy = config;
        return this;
    }

    /** Where the consolidated service keeps its entries; where the legacy layout is unless this or the environment says it. */
    public LegacyOptionsBuilder target(RedisConfig config) {
        this.target = config;
        return this;
    }

    /** Time to live of entries that bring none, 1 second to 365 days; one hour unless told otherwise. */
    public LegacyOptionsBuilder defaultTtl(Duration ttl) {
        this.defaultTtl = ttl;
        return this;
    }

    /** Whether entries are kept in this process too; they are unless told otherwise. */
    public LegacyOptionsBuilder enableL1Cache(boolean enable) {
        this.enableL1Cache = enable;
        return this;
    }

    /** Entries in this process, 0 to 10,000; 100 unless told otherwise, 0 = none. */
    public LegacyOptionsBuilder l1CacheSize(int entries) {
        this.l1CacheSize = entries;
        return this;
    }

    /** Whether large values are compressed; they are unless told otherwise. */
    public LegacyOptionsBuilder enableCompression(boolean enable) {
        this.enableCompression = enable;
        return this;
    }

    /** Bytes of JSON beyond which values are compressed, 0 to 1,048,576; 1000 unless told otherwise. */
    public LegacyOptionsBuilder compressionThreshold(int bytes) {
        this.compressionThreshold = bytes;
        return this;
    }

    /** How hard values are compressed, 1 to 9; 6 unless told otherwise. */
    public LegacyOptionsBuilder compressionLevel(int level) {
        this.compressionLevel = level;
        return this;
    }

    /** From how many code points on a text stands hashed in a key, 1 to 100,000; 1000 unless told otherwise. */
    public LegacyOptionsBuilder textHashThreshold(int codePoints) {
        this.ai = ai.withTextHashThreshold(codePoints);
        return this;
    }

    /** Whether keys take the question for one of the options too; they do unless told otherwise. */
    public LegacyOptionsBuilder questionInOptions(boolean inOptions) {
        this.ai = ai.withQuestionInOptions(inOptions);
        return this;
    }

    /** What hashes texts in keys: {@code SHA-256}, unless told otherwise, or {@code MD5}. */
    public LegacyOptionsBuilder hashAlgorithm(String algorithm) {
        this.ai = ai.withHashAlgorithm(algorithm);
        return this;
    }

    /** Times to live of answers by operation, instead of {@link AiConfig#OPERATION_TTLS}. */
    public LegacyOptionsBuilder operationTtls(Map<String, Duration> ttls) {
        this.ai = ai.withOperationTtls(ttls);
        return this;
    }

    /** A Fernet key, 32 bytes in base64url; null = as the environment says. Values are written encrypted with it. */
    public LegacyOptionsBuilder encryptionKey(@Nullable String key) {
        this.encryptionKey = key;
        return this;
    }

    /** Whether values that are not encrypted are refused; then there must be a key. Off unless told otherwise. */
    public LegacyOptionsBuilder encryptionRequired(boolean required) {
        this.encryptionRequired = required;
        return this;
    }

    /** Whether a cache that cannot connect says so with an exception; off unless told otherwise. */
    public LegacyOptionsBuilder failOnConnectionError(boolean fail) {
        this.failOnConnectionError = fail;
        return this;
    }

    /** Where the roll-out stands. */
    public LegacyOptionsBuilder stage(StageSource source) {
        this.stage = source;
        return this;
    }

    /** How calls are routed. */
    public LegacyOptionsBuilder staged(StagedOptions options) {
        this.staged = options;
        return this;
    }

    /** When the circuit breaker opens, after so many failures in a row, and for how long; 5 and 30 seconds unless told. */
    public LegacyOptionsBuilder circuitBreaker(int failures, Duration period) {
        this.failureThreshold = failures;
        this.openPeriod = period;
        return this;
    }

    /** Where the consolidated service keeps its entries, such as a disk folder, in place of Redis. */
    public LegacyOptionsBuilder service(Consumer<CacheConfigBuilder> stores) {
        this.service = stores;
        return this;
    }

    /** Keeps everything in this process, without a server. */
    public LegacyOptionsBuilder inMemory() {
        this.inMemory = true;
        return this;
    }

    /** Source of time. */
    public LegacyOptionsBuilder clock(Clock source) {
        this.clock = source;
        return this;
    }

    /**
     * The options.
     *
     * @throws ConfigurationException naming every fault of what was set here and of the environment
     */
    public LegacyOptions build() {
        LegacyEnvironment variables = new LegacyEnvironment(environment);
        OptionFaults faults = new OptionFaults();
        RedisConfig first = legacy != null ? legacy : variables.legacy(url, otherwise);
        RedisConfig second = target != null ? target : variables.target();
        Duration lives = orElse(defaultTtl, defaultTtl != null ? null : variables.defaultTtl(), DEFAULT_TTL);
        int entries = orElse(l1CacheSize, l1CacheSize != null ? null : variables.l1Entries(), DEFAULT_L1_SIZE);
        boolean compressed =
                orElse(enableCompression, enableCompression != null ? null : variables.compression(), true);
        String key = encryptionKey != null ? encryptionKey : variables.secret("REDIS_ENCRYPTION_KEY");
        StageSource source =
                stage != null ? stage : read(faults, () -> StageSources.fromEnvironment(environment, clock));
        StagedOptions routing =
                staged != null ? staged : read(faults, () -> StagedOptions.fromEnvironment(environment));
        faults.addAll(variables.faults())
                .range("default_ttl", lives)
                .l1(entries)
                .compression(compressionThreshold, compressionLevel)
                .ai(ai)
                .encryption(key, encryptionRequired)
                .breaker(failureThreshold, openPeriod)
                .report();
        return new LegacyOptions(
                Objects.requireNonNull(first),
                second == null ? first : second,
                lives,
                enableL1Cache,
                entries,
                compressed,
                compressionThreshold,
                compressionLevel,
                ai,
                key == null ? null : key.strip(),
                encryptionRequired,
                failOnConnectionError,
                Objects.requireNonNull(source),
                Objects.requireNonNull(routing),
                failureThreshold,
                openPeriod,
                service,
                inMemory,
                clock);
    }

    private static <T> T orElse(@Nullable T given, @Nullable T named, T otherwise) {
        return given != null ? given : named != null ? named : otherwise;
    }

    private static <T> @Nullable T read(OptionFaults faults, Supplier<T> setting) {
        try {
            return setting.get();
        } catch (IllegalStateException wrong) {
            faults.add(wrong.getMessage());
            return null;
        }
    }
}
