package io.cachemigrator.cache.config;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a builder was told beyond regions and stores, unchecked until asked. Null = nothing was said. Not thread safe. */
final class CacheTuning {
    private static final int USUAL_THRESHOLD = 1_000;
    private static final int USUAL_LEVEL = 6;
    /** What stands for a password where settings are written down. */
    private static final String PASSWORD = "${CACHE_REDIS_PASSWORD}";

    @Nullable
    CacheEnvironment environment;

    @Nullable
    Long defaultTtlSeconds;

    @Nullable
    Long memoryEntries;

    @Nullable
    Boolean memoryInFront;

    @Nullable
    Long compressionThreshold;

    @Nullable
    Long compressionLevel;

    @Nullable
    Long connections;

    @Nullable
    Long timeoutSeconds;

    @Nullable
    AiConfig ai;

    private @Nullable String redisUrl;
    private @Nullable String redisPassword;
    private boolean tls;
    private @Nullable Path certificates;
    private @Nullable Path key;

    /** Replaces all three. */
    void redis(String url, @Nullable String password, boolean secured) {
        this.redisUrl = url;
        this.redisPassword = password;
        this.tls = secured;
    }

    /** Replaces those that are given. */
    void redisParts(@Nullable String url, @Nullable String password, @Nullable Boolean secured) {
        this.redisUrl = url == null ? redisUrl : url;
        this.redisPassword = password == null ? redisPassword : password;
        this.tls = secured == null ? tls : secured;
    }

    void security(@Nullable Path trusted, @Nullable Path own) {
        this.certificates = trusted;
        this.key = own;
    }

    /** What was set, by the names of {@link FlatSettings}; a password is told as a variable that holds it. */
    Map<String, Object> toMap() {
        Map<String, Object> settings = new LinkedHashMap<>();
        put(
                settings,
                "environment",
                environment == null ? null : environment.name().toLowerCase(Locale.ROOT));
        put(settings, "redis_url", redisUrl == null ? null : RedisAddress.withoutPassword(redisUrl, PASSWORD));
        put(settings, "redis_password", redisPassword == null ? null : PASSWORD);
        put(settings, "use_tls", tls ? true : null);
        put(settings, "tls_cert_path", certificates == null ? null : certificates.toString());
        put(settings, "tls_key_path", key == null ? null : key.toString());
        put(settings, "default_ttl", defaultTtlSeconds);
        put(settings, "enable_l1_cache", memoryInFront);
        put(settings, "l1_cache_size", memoryEntries);
        put(settings, "compression_threshold", compressionThreshold);
        put(settings, "compression_level", compressionLevel);
        put(settings, "max_connections", connections);
        put(settings, "connection_timeout", timeoutSeconds);
        put(settings, FlatSettings.AI_CONFIG, ai == null ? null : AiOptions.toMap(ai));
        return settings;
    }

    private static void put(Map<String, Object> settings, String name, @Nullable Object value) {
        if (value != null) {
            settings.put(name, value);
        }
    }

    ConfigValidation validate() {
        List<String> errors = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        if (redisUrl != null) {
            add(errors, RedisAddress.fault(redisUrl));
        }
        check(errors, SettingRange.DEFAULT_TTL, defaultTtlSeconds);
        check(errors, SettingRange.L1_CACHE_SIZE, memoryEntries);
        check(errors, SettingRange.COMPRESSION_THRESHOLD, compressionThreshold);
        check(errors, SettingRange.COMPRESSION_LEVEL, compressionLevel);
        check(errors, SettingRange.MAX_CONNECTIONS, connections);
        check(errors, SettingRange.CONNECTION_TIMEOUT, timeoutSeconds);
        checkFile("tls_cert_path", certificates, errors, warnings);
        checkFile("tls_key_path", key, errors, warnings);
        if (ai != null) {
            errors.addAll(ai.faults());
            warnings.addAll(ai.warnings());
        }
        if (redisUrl == null && (redisPassword != null || tls)) {
            warnings.add("redis_password and use_tls have no effect without redis_url");
        }
        if (Boolean.FALSE.equals(memoryInFront) && memoryEntries != null && memoryEntries > 0) {
            warnings.add("enable_l1_cache is off, so that l1_cache_size has no effect in front of a store");
        }
        if (Long.valueOf(0).equals(compressionThreshold) && compressionLevel != null && compressionLevel > 1) {
            warnings.add("compression_threshold is 0: every value is compressed, at level " + compressionLevel);
        }
        return new ConfigValidation(errors, warnings);
    }

    private void checkFile(String name, @Nullable Path file, List<String> errors, List<String> warnings) {
        if (file == null || Files.isRegularFile(file)) {
            return;
        }
        String missing = name + " names '" + file + "', which is no file";
        if (environment == CacheEnvironment.PRODUCTION) {
            errors.add(missing);
        } else {
            warnings.add(missing);
        }
    }

    private static void check(List<String> errors, SettingRange range, @Nullable Long value) {
        if (value != null) {
            add(errors, range.fault(value));
        }
    }

    private static void add(List<String> errors, @Nullable String fault) {
        if (fault != null) {
            errors.add(fault);
        }
    }

    /** The way to Redis; {@code given} where no address was named here. */
    @Nullable
    RedisConfig redis(@Nullable RedisConfig given) {
        String url = redisUrl;
        boolean files = certificates != null || key != null;
        RedisConfig config = given;
        if (url != null && RedisAddress.fault(url) == null) {
            config = RedisConfig.of(tls || files ? RedisAddress.secured(url) : url.strip());
            config = redisPassword == null ? config : config.withLogin(null, redisPassword);
        }
        if (config == null) {
            return null;
        }
        if (files) {
            URI secured = URI.create(RedisAddress.secured(config.uri().toString()));
            config = new RedisConfig(
                            secured,
                            config.username(),
                            config.password(),
                            config.poolSize(),
                            config.connectTimeout(),
                            config.socketTimeout())
                    .withOutage(config.outage())
                    .withTls(new RedisTlsConfig(existing(certificates), null, existing(key), null, true));
        }
        config = connections == null ? config : config.withPoolSize(connections.intValue());
        Duration timeout = timeoutSeconds == null ? null : Duration.ofSeconds(timeoutSeconds);
        return timeout == null ? config : config.withTimeouts(timeout, timeout);
    }

    private static @Nullable Path existing(@Nullable Path file) {
        return file != null && Files.isRegularFile(file) ? file : null;
    }

    /** What regions take that have no configuration of their own. */
    RegionConfig defaults(RegionConfig base, boolean store, boolean redis) {
        RegionConfig.Builder region = base.toBuilder(base.name());
        Long ttl = first(
                defaultTtlSeconds,
                environment == null ? null : environment.defaultTtl().toSeconds());
        if (ttl != null && SettingRange.DEFAULT_TTL.holds(ttl)) {
            region.defaultTtl(Duration.ofSeconds(ttl));
        }
        Long entries = first(memoryEntries, environment == null ? null : (long) environment.memoryEntries());
        boolean inFront = !Boolean.FALSE.equals(memoryInFront) && (entries == null || entries > 0);
        if (entries != null && entries > 0) {
            region.memoryMaxEntries(entries);
        }
        if (redis && (entries != null || memoryInFront != null)) {
            region.tiers(inFront ? TierPolicy.MEMORY_REDIS : TierPolicy.REDIS);
        } else if (store && !inFront) {
            region.tiers(TierPolicy.DISK);
        }
        if (compressionThreshold != null || compressionLevel != null || environment != null) {
            compress(region);
        }
        return region.build();
    }

    /** What only one is said of, the other has its usual value of. */
    private void compress(RegionConfig.Builder region) {
        long threshold = orElse(
                compressionThreshold, environment == null ? USUAL_THRESHOLD : environment.compressionThreshold());
        long level = orElse(compressionLevel, environment == null ? USUAL_LEVEL : environment.compressionLevel());
        if (SettingRange.COMPRESSION_THRESHOLD.holds(threshold) && SettingRange.COMPRESSION_LEVEL.holds(level)) {
            region.compression(new CompressionConfig((int) threshold, (int) level));
        }
    }

    private static long orElse(@Nullable Long given, int otherwise) {
        return given == null ? otherwise : given;
    }

    private static @Nullable Long first(@Nullable Long given, @Nullable Long otherwise) {
        return given != null ? given : otherwise;
    }
}
