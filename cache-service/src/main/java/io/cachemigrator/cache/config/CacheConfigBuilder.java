package io.cachemigrator.cache.config;

import io.cachemigrator.cache.error.CacheErrorCode;
import io.cachemigrator.cache.error.ConfigurationException;
import io.cachemigrator.cache.error.ValidationException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link CacheConfig}. What {@link #forEnvironment} says holds for what nothing else is said of, in whatever order the
 * methods are called. The {@code with} methods take any value: {@link #build()} reports every fault at once. Not thread safe.
 *
 * <pre>{@code
 * CacheConfig config = CacheConfig.builder()
 *         .forEnvironment("production")
 *         .withRedis("redis://cache.example:6379")
 *         .withAiFeatures()
 *         .build();
 * }</pre>
 */
public final class CacheConfigBuilder {
    private String keyPrefix = "cs:";
    private @Nullable RedisConfig redis;
    private @Nullable DiskConfig disk;
    private RegionConfig defaults = RegionConfig.builder("default").build();
    private final Map<String, RegionConfig> regions = new LinkedHashMap<>();
    private @Nullable EncryptionConfig encryption;
    private boolean failOnConnectionError;
    private Clock clock = Clock.systemUTC();
    private final CacheTuning tuning = new CacheTuning();

    CacheConfigBuilder() {}

    /** What consolidated keys start with on Redis. */
    public CacheConfigBuilder keyPrefix(String prefix) {
        this.keyPrefix = prefix;
        return this;
    }

    /** Reaches Redis by URI with default timeouts. */
    public CacheConfigBuilder redisUri(String uri) {
        return redis(RedisConfig.of(uri));
    }

    /** Reaches Redis. */
    public CacheConfigBuilder redis(RedisConfig config) {
        this.redis = config;
        return this;
    }

    /** Keeps a disk tier in a folder with the default limit. */
    public CacheConfigBuilder diskFolder(Path folder) {
        return disk(DiskConfig.of(folder));
    }

    /** Keeps a disk tier. */
    public CacheConfigBuilder disk(DiskConfig config) {
        this.disk = config;
        return this;
    }

    /** What a region without configuration of its own takes. */
    public CacheConfigBuilder defaults(RegionConfig config) {
        this.defaults = config;
        return this;
    }

    /** Configures a region, replacing an earlier configuration of that name. */
    public CacheConfigBuilder region(RegionConfig config) {
        regions.put(config.name(), config);
        return this;
    }

    /** Keys for regions that ask for encryption. */
    public CacheConfigBuilder encryption(EncryptionConfig config) {
        this.encryption = config;
        return this;
    }

    /** Operations throw when no tier answers. */
    public CacheConfigBuilder failOnConnectionError(boolean fail) {
        this.failOnConnectionError = fail;
        return this;
    }

    /** Source of time where no server gives it. */
    public CacheConfigBuilder clock(Clock source) {
        this.clock = source;
        return this;
    }

    /**
     * Tunes time to live, memory and compression for an environment, where nothing else is said of them.
     *
     * @param name {@code development}, {@code testing} or {@code production}
     * @throws ValidationException if it is none of these; the context has {@code provided_environment} and
     *     {@code valid_environments}
     */
    public CacheConfigBuilder forEnvironment(String name) {
        tuning.environment = CacheEnvironment.named(name);
        return this;
    }

    /** Reaches Redis by address, without TLS of its own and without another password than the address has. */
    public CacheConfigBuilder withRedis(String url) {
        return withRedis(url, null, false);
    }

    /**
     * Reaches Redis.
     *
     * @param password null = the address's, or none
     * @param tls whether to use TLS although the address does not ask for it
     */
    public CacheConfigBuilder withRedis(String url, @Nullable String password, boolean tls) {
        tuning.redis(url, password, tls);
        return this;
    }

    /**
     * Uses TLS, and trusts and shows what is in files.
     *
     * @param certificates a PKCS 12 or JKS file of certificates that opens without a password; null = the platform's
     * @param key one with the key that the server asks for; null = none
     */
    public CacheConfigBuilder withSecurity(@Nullable Path certificates, @Nullable Path key) {
        tuning.security(certificates, key);
        return this;
    }

    /** Compresses values from so many bytes on, at a level from 1 to 9. */
    public CacheConfigBuilder withCompression(int thresholdBytes, int level) {
        tuning.compressionThreshold = (long) thresholdBytes;
        tuning.compressionLevel = (long) level;
        return this;
    }

    /** Keeps so many entries in memory; 0 = none in front of a store. */
    public CacheConfigBuilder withMemoryCache(int entries) {
        tuning.memoryEntries = (long) entries;
        return this;
    }

    /** Keeps entries for so long that bring no time of their own. */
    public CacheConfigBuilder withDefaultTtl(Duration ttl) {
        tuning.defaultTtlSeconds = ttl.toSeconds();
        return this;
    }

    /** Caches answers of language models, with the defaults. */
    public CacheConfigBuilder withAiFeatures() {
        return withAiFeatures(tuning.ai == null ? AiConfig.DEFAULTS : tuning.ai);
    }

    /** Caches answers of language models. */
    public CacheConfigBuilder withAiFeatures(AiConfig config) {
        tuning.ai = config;
        return this;
    }

    /**
     * Caches answers of language models.
     *
     * @param options {@code text_hash_threshold}, {@code hash_algorithm}, {@code text_size_tiers}, {@code operation_ttls},
     *     {@code max_text_length}, {@code question_in_options}
     * @throws ValidationException if there is another one; the context has {@code unknown_options} and {@code valid_options}
     */
    public CacheConfigBuilder withAiFeatures(Map<String, ?> options) {
        tuning.ai = AiOptions.read(options, tuning.ai == null ? AiConfig.DEFAULTS : tuning.ai);
        return this;
    }

    /**
     * Takes over the settings of a JSON file, by the names that {@link #withSettings} knows. Where one holds
     * <code>${NAME}</code>, a variable is taken, so that no secret need stand in the file. When it throws, nothing has changed.
     *
     * @throws ConfigurationException if there is no such file (context {@code file_path}), it is no
     *     JSON ({@code json_error}, the place), or holds faults
     */
    public CacheConfigBuilder fromFile(Path file) {
        return fromFile(file, System.getenv());
    }

    CacheConfigBuilder fromFile(Path file, Map<String, String> variables) {
        SettingsFile.read(file, variables).applyTo(tuning);
        return this;
    }

    /**
     * Takes over what the variables of {@link EnvironmentSettings} say.
     *
     * @throws ConfigurationException naming every variable with a fault; nothing has changed then
     */
    public CacheConfigBuilder fromEnvironment(Map<String, String> variables) {
        FlatSettings settings = EnvironmentSettings.read(variables);
        String preset = variables.getOrDefault("CACHE_PRESET", "").strip();
        if (!preset.isEmpty()) {
            startFrom(preset);
        }
        settings.applyTo(tuning);
        return this;
    }

    CacheConfigBuilder startFrom(ApplicationPreset preset) {
        preset.applyTo(tuning);
        return this;
    }

    /** Names of presets of regions are known too, as the settings of a migrated application have them. */
    private void startFrom(String name) {
        Optional<ApplicationPreset> application = ApplicationPreset.find(name);
        if (application.isPresent()) {
            startFrom(application.get());
            return;
        }
        CachePreset regions = CachePreset.named(name).orElseThrow(() -> {
            List<String> available = new ArrayList<>(ApplicationPreset.labels());
            available.addAll(List.of("testing", "web", "ai"));
            return ApplicationPreset.unknown(name, available);
        });
        defaults(regions.regionDefaults());
        failOnConnectionError = failOnConnectionError || regions == CachePreset.TESTING;
    }

    /**
     * Takes over settings by name, such as {@code redis_url}, {@code default_ttl} in seconds, {@code l1_cache_size},
     * {@code compression_threshold}, {@code ai_config} with the options of {@link #withAiFeatures(Map)}, or those options
     * themselves.
     *
     * @throws ConfigurationException naming every one that is not known, with what was probably meant, of another type, or
     *     outside its {@link SettingRange}; nothing has changed then
     */
    public CacheConfigBuilder withSettings(Map<String, ?> settings) {
        FlatSettings.of(settings, "settings").applyTo(tuning);
        return this;
    }

    /**
     * What the {@code with} methods, settings, files and variables said so far, by the names that {@link #withSettings} knows. A
     * password is told as <code>${CACHE_REDIS_PASSWORD}</code>. Regions and other stores are not among it.
     *
     * @return the caller's own
     */
    public Map<String, Object> toMap() {
        return tuning.toMap();
    }

    /**
     * Writes {@link #toMap()} to a JSON file that {@link #fromFile} reads, in the place of what is there; passwords are not among
     * it, but the name of the variable that is to hold them.
     *
     * @param makeFolders whether its folder is made if it is missing
     * @throws ConfigurationException if it cannot be written (context {@code file_path}, {@code error_type})
     */
    public CacheConfigBuilder saveToFile(Path file, boolean makeFolders) {
        SettingsFile.write(file, tuning.toMap(), makeFolders);
        return this;
    }

    /** What is wrong with what was given so far, and what looks like a mistake. */
    public ConfigValidation validate() {
        ConfigValidation own = tuning.validate();
        return own.isValid() ? new ConfigValidation(config().faults(), own.warnings()) : own;
    }

    /**
     * The configuration, which no later call of this builder changes.
     *
     * @throws ValidationException naming every fault of what the {@code with} methods were given; the context has
     *     {@code errors} and {@code warnings}
     */
    public CacheConfig build() {
        ConfigValidation validation = tuning.validate();
        if (!validation.isValid()) {
            throw new ValidationException(
                    CacheErrorCode.BAD_ARGUMENT,
                    String.join("; ", validation.errors()) + ". Correct the values.",
                    Map.of("errors", validation.errors(), "warnings", validation.warnings()));
        }
        return config();
    }

    private CacheConfig config() {
        RedisConfig server = tuning.redis(redis);
        RegionConfig region = tuning.defaults(defaults, server != null || disk != null, server != null);
        return new CacheConfig(
                keyPrefix,
                server,
                disk,
                region,
                regions,
                encryption,
                failOnConnectionError,
                clock,
                tuning.environment == null ? CacheEnvironment.DEVELOPMENT : tuning.environment,
                tuning.ai);
    }
}
