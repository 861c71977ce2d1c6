package io.cachemigrator.compat.factory;

import com.google.errorprone.annotations.InlineMe;
import com.google.errorprone.annotations.InlineMeValidationDisabled;
import io.cachemigrator.cache.Lookup;
import io.cachemigrator.cache.factory.AppCache;
import io.cachemigrator.cache.factory.CacheEvent;
import io.cachemigrator.cache.factory.CacheFactory;
import io.cachemigrator.cache.factory.CacheListener;
import io.cachemigrator.cache.factory.CacheStats;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The legacy cache of any values on Redis, over the layout that the stage asks for. Thread safe.
 *
 * @deprecated use {@link CacheFactory#forWebApp(java.util.function.Consumer)}; the recipe
 *     {@code io.cachemigrator.recipes.factory.MigrateFactory} rewrites callers
 */
@Deprecated(since = "1.0.0", forRemoval = true)
@SuppressWarnings("removal") // the legacy family is itself
public final class GenericRedisCache extends LegacyCache {
    private static final String HEALTH = "AppCache.health";
    private static final String DEFAULT_URL = "rediss://redis:6380";

    private final OpenedCache opened;

    /**
     * At {@code rediss://redis:6380}, for an hour.
     *
     * @deprecated use {@link CacheFactory#forWebApp(java.util.function.Consumer)}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public GenericRedisCache() {
        this(OpenedCache.settings().redisUrl(DEFAULT_URL).build());
    }

    /**
     * At an address.
     *
     * @deprecated use {@link CacheFactory#forWebApp(java.util.function.Consumer)}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public GenericRedisCache(String redisUrl) {
        this(OpenedCache.settings().redisUrl(redisUrl).build());
    }

    /**
     * At an address, with a default time to live of 1 second to 365 days.
     *
     * @deprecated use {@link CacheFactory#forWebApp(java.util.function.Consumer)}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public GenericRedisCache(String redisUrl, Duration defaultTtl) {
        this(OpenedCache.settings().redisUrl(redisUrl).defaultTtl(defaultTtl).build());
    }

    /**
     * With every argument of the legacy constructor.
     *
     * @param l1CacheSize 0 to 10,000 entries in memory; 0 = none
     * @param compressionThreshold 0 to 1,048,576 bytes
     * @param compressionLevel 1 to 9
     * @throws io.cachemigrator.cache.error.ConfigurationException naming every value outside its range
     * @deprecated use {@link CacheFactory#forWebApp(java.util.function.Consumer)}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public GenericRedisCache(
            String redisUrl,
            Duration defaultTtl,
            boolean enableL1Cache,
            int l1CacheSize,
            int compressionThreshold,
            int compressionLevel) {
        this(OpenedCache.settings()
                .redisUrl(redisUrl)
                .defaultTtl(defaultTtl)
                .enableL1Cache(enableL1Cache)
                .l1CacheSize(l1CacheSize)
                .compressionThreshold(compressionThreshold)
                .compressionLevel(compressionLevel)
                .build());
    }

    /**
     * With settings that the legacy constructor does not have, such as the stage.
     *
     * @throws io.cachemigrator.cache.error.InfrastructureException if the options ask for it and Redis does not answer
     * @deprecated use {@link CacheFactory#forWebApp(java.util.function.Consumer)}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public GenericRedisCache(LegacyOptions options) {
        this(OpenedCache.web(options));
        record("new", "CacheFactory.forWebApp");
    }

    private GenericRedisCache(OpenedCache opened) {
        super(opened.cache(), GenericRedisCache.class);
        this.opened = opened;
    }

    /** One whose making is no call of the application. */
    static GenericRedisCache unrecorded(LegacyOptions options) {
        return new GenericRedisCache(OpenedCache.web(options));
    }

    /**
     * Whether the connection is as safe as it can be: TLS, a login, and a certificate that is checked.
     *
     * @deprecated use {@link AppCache#health()}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public boolean validateSecurity() {
        record("validateSecurity", HEALTH);
        return status().level() == SecurityStatus.Level.HIGH;
    }

    /**
     * How the connection is secured.
     *
     * @deprecated use {@link AppCache#health()}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public SecurityStatus getSecurityStatus() {
        record("getSecurityStatus", HEALTH);
        return status();
    }

    /**
     * What would make the connection safer; empty when nothing would.
     *
     * @deprecated use {@link AppCache#health()}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public List<String> getSecurityRecommendations() {
        record("getSecurityRecommendations", HEALTH);
        return status().recommendations();
    }

    /**
     * The status and what would make it better, for people.
     *
     * @deprecated use {@link AppCache#health()}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public String generateSecurityReport() {
        record("generateSecurityReport", HEALTH);
        return status().report();
    }

    /**
     * The status, and whether the server answers as configured ({@code connected}).
     *
     * @deprecated use {@link AppCache#health()}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public Map<String, Boolean> testSecurityConfiguration() {
        record("testSecurityConfiguration", HEALTH);
        SecurityStatus status = status();
        boolean connected = opened.answers();
        return Map.of(
                "connected",
                connected,
                "tls",
                status.tls(),
                "authenticated",
                status.authenticated(),
                "certificates_verified",
                status.certificatesVerified(),
                "encrypted_values",
                status.encryptedValues());
    }

    private SecurityStatus status() {
        return SecurityStatus.of(opened.options());
    }

    /**
     * {@inheritDoc}
     *
     * @deprecated use {@link AppCache#get(String)}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    @Override
    public Optional<Object> get(String key) {
        return super.get(key);
    }

    /**
     * {@inheritDoc}
     *
     * @deprecated use {@link AppCache#get(String, Class)}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    @Override
    public <T> Optional<T> get(String key, Class<T> type) {
        return super.get(key, type);
    }

    /**
     * {@inheritDoc}
     *
     * @deprecated use {@link AppCache#lookup(String)}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    @Override
    public Lookup<Object> lookup(String key) {
        return super.lookup(key);
    }

    /**
     * {@inheritDoc}
     *
     * @deprecated use {@link AppCache#set(String, Object)}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    @Override
    public void set(String key, @Nullable Object value) {
        super.set(key, value);
    }

    /**
     * {@inheritDoc}
     *
     * @deprecated use {@link AppCache#set(String, Object, Duration)}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    @Override
    public void set(String key, @Nullable Object value, Duration ttl) {
        super.set(key, value, ttl);
    }

    /**
     * {@inheritDoc}
     *
     * @deprecated use {@link AppCache#delete(String)}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    @Override
    public boolean delete(String key) {
        return super.delete(key);
    }

    /**
     * {@inheritDoc}
     *
     * @deprecated use {@link AppCache#exists(String)}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    @Override
    public boolean exists(String key) {
        return super.exists(key);
    }

    /**
     * {@inheritDoc}
     *
     * @deprecated use {@link AppCache#getTtl(String)}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    @Override
    public Optional<Duration> getTtl(String key) {
        return super.getTtl(key);
    }

    /**
     * {@inheritDoc}
     *
     * @deprecated use {@link AppCache#getKeys()}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    @Override
    public List<String> getKeys() {
        return super.getKeys();
    }

    /**
     * {@inheritDoc}
     *
     * @deprecated use {@link AppCache#getActiveKeys()}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    @Override
    public List<String> getActiveKeys() {
        return super.getActiveKeys();
    }

    /**
     * {@inheritDoc}
     *
     * @deprecated use {@link AppCache#size()}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    @Override
    public int size() {
        return super.size();
    }

    /**
     * {@inheritDoc}
     *
     * @deprecated use {@link AppCache#invalidatePattern(String)}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    @Override
    public long invalidatePattern(String pattern, @Nullable String context) {
        return super.invalidatePattern(pattern, context);
    }

    /**
     * {@inheritDoc}
     *
     * @deprecated use {@link AppCache#clear()}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    @Override
    public long clear(@Nullable String context) {
        return super.clear(context);
    }

    /**
     * {@inheritDoc}
     *
     * @deprecated use {@link AppCache#on(CacheEvent, CacheListener)}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    @Override
    public void on(CacheEvent event, CacheListener listener) {
        super.on(event, listener);
    }

    /**
     * {@inheritDoc}
     *
     * @deprecated use {@link AppCache#stats()}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    @Override
    public CacheStats stats() {
        return super.stats();
    }

    /**
     * {@inheritDoc}
     *
     * @deprecated use {@link AppCache#hitRatioPercent()}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    @Override
    public double hitRatioPercent() {
        return super.hitRatioPercent();
    }

    /**
     * {@inheritDoc}
     *
     * @deprecated use {@link AppCache#connect()}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    @Override
    public boolean connect() {
        return super.connect();
    }

    /**
     * {@inheritDoc}
     *
     * @deprecated use {@link AppCache#close()}
     */
    @InlineMe(replacement = "this.close()")
    @InlineMeValidationDisabled("usage is recorded first")
    @Deprecated(since = "1.0.0", forRemoval = true)
    @Override
    public void disconnect() {
        super.disconnect();
    }

    /**
     * {@inheritDoc}
     *
     * @deprecated use {@link AppCache#close()}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    @Override
    public void close() {
        super.close();
    }
}
