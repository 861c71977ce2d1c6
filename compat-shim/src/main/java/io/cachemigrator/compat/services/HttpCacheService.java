package io.cachemigrator.compat.services;

import com.google.errorprone.annotations.InlineMe;
import com.google.errorprone.annotations.InlineMeValidationDisabled;
import io.cachemigrator.cache.domain.http.HttpKey;
import io.cachemigrator.cache.domain.http.HttpResponseCache;
import io.cachemigrator.cache.error.ValidationException;
import io.cachemigrator.compat.deprecation.LegacyUsage;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The legacy cache of HTTP responses, over a {@link RedisCacheService}: fresh and stale answers, tags, refreshing beside a stale
 * answer. Usable as soon as it is made. Thread safe; an outage gives misses and {@code false}, never an exception.
 *
 * @deprecated use {@link HttpResponseCache}; the recipe {@code io.cachemigrator.recipes.services.MigrateServices} rewrites callers
 */
@Deprecated(since = "1.0.0", forRemoval = true)
public class HttpCacheService {
    private static final Logger LOG = LoggerFactory.getLogger(HttpCacheService.class);

    private final HttpCacheConfig config;
    private final Executor revalidator;
    private final HttpResponseCache responses;
    private final HttpCacheAdmin admin;
    private volatile boolean closed;

    /**
     * Over the process's service, {@link LegacyCaches#redis()}, with the legacy defaults.
     *
     * @deprecated use {@link HttpResponseCache#HttpResponseCache(io.cachemigrator.cache.domain.keyed.KeyedCache)} over
     *     {@link io.cachemigrator.cache.domain.keyed.SharedCache#get()}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public HttpCacheService() {
        this(LegacyCaches.shared());
    }

    /**
     * Over a service, which stays open as long as its owner wants, with the legacy defaults.
     *
     * @throws IllegalStateException if the service is closed
     * @deprecated use {@link HttpResponseCache#HttpResponseCache(io.cachemigrator.cache.domain.keyed.KeyedCache)}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public HttpCacheService(RedisCacheService redis) {
        this(redis, HttpCacheConfig.DEFAULTS, ForkJoinPool.commonPool());
    }

    /**
     * Over a service, with a configuration.
     *
     * @param revalidator runs what refreshes stale responses
     * @throws IllegalStateException if the service is closed
     * @deprecated use {@link HttpResponseCache#HttpResponseCache(io.cachemigrator.cache.domain.keyed.KeyedCache,
     *     io.cachemigrator.cache.domain.http.HttpPolicy)}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public HttpCacheService(RedisCacheService redis, HttpCacheConfig config, Executor revalidator) {
        LegacyRuntime runtime = redis.runtime().requireOpen();
        this.config = config;
        this.revalidator = revalidator;
        this.responses = new HttpResponseCache(runtime.store(), config.policy(), config.compressFrom());
        this.admin = new HttpCacheAdmin(runtime, responses);
        record("new", "new");
    }

    /**
     * The cache that this service delegates to: lets callers be rewritten one by one.
     *
     * @deprecated make an {@link HttpResponseCache} instead of this service
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public HttpResponseCache responses() {
        return responses;
    }

    /**
     * What holds for all responses.
     *
     * @deprecated keep the {@link io.cachemigrator.cache.domain.http.HttpPolicy} that the new cache is made with
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public HttpCacheConfig config() {
        record("config", "new");
        return config;
    }

    /**
     * The response under a key, a stale one too.
     *
     * @deprecated use {@link HttpResponseCache#get(String, Class)}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public <T> HttpCacheHit<T> get(String key, Class<T> type) {
        record("get", "get");
        return found(HttpKey.ofAny(key), type, null);
    }

    /**
     * The response to a request with these headers, where stored responses depend on some.
     *
     * @deprecated use {@link HttpResponseCache#get(HttpKey, Class)}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public <T> HttpCacheHit<T> get(String key, Class<T> type, Map<String, String> requestHeaders) {
        record("get", "get");
        return found(new HttpKey(key, requestHeaders), type, null);
    }

    /**
     * As {@link #get(String, Class)}; beside a stale answer a fresh one is made, once at a time for a key among all processes, and
     * kept as long and with the tags of the stale one.
     *
     * @param revalidate makes a fresh response; a null or a failure leaves the stale one where it is
     * @deprecated use {@link HttpResponseCache#get(String, Class, Supplier)}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public <T> HttpCacheHit<T> get(String key, Class<T> type, Supplier<CompletionStage<T>> revalidate) {
        record("get", "get");
        return found(HttpKey.ofAny(key), type, revalidate);
    }

    /**
     * As {@link #get(String, Class, Supplier)}, which only {@link HttpCacheStrategy#STALE_WHILE_REVALIDATE} refreshes.
     *
     * @deprecated use {@link HttpResponseCache#get(String, Class, Supplier)}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public <T> HttpCacheHit<T> get(
            String key, Class<T> type, HttpCacheStrategy strategy, Supplier<CompletionStage<T>> revalidate) {
        record("get", "get");
        return found(
                HttpKey.ofAny(key), type, strategy == HttpCacheStrategy.STALE_WHILE_REVALIDATE ? revalidate : null);
    }

    private <T> HttpCacheHit<T> found(HttpKey key, Class<T> type, @Nullable Supplier<CompletionStage<T>> revalidate) {
        if (closed) {
            return new HttpCacheHit<>(null, false, false);
        }
        return HttpCacheHit.of(admin.timed(() -> revalidate == null
                ? responses.get(key, type)
                : responses.get(key, type, () -> onRevalidator(revalidate))));
    }

    private <T> CompletionStage<T> onRevalidator(Supplier<CompletionStage<T>> revalidate) {
        return CompletableFuture.supplyAsync(revalidate, revalidator).thenCompose(stage -> stage);
    }

    /**
     * Stores a response with the configuration's times and no tags; true if it was stored.
     *
     * @deprecated use {@link HttpResponseCache#put(String, Object, io.cachemigrator.cache.domain.http.HttpOptions)}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public boolean set(String key, @Nullable Object value) {
        record("set", "put");
        return store(key, value, HttpCacheOptions.DEFAULTS);
    }

    /**
     * Stores a response; false when it is too large, cannot be written as JSON, or the store cannot be reached.
     *
     * @deprecated use {@link HttpResponseCache#put(String, Object, io.cachemigrator.cache.domain.http.HttpOptions)}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public boolean set(String key, @Nullable Object value, HttpCacheOptions options) {
        record("set", "put");
        return store(key, value, options);
    }

    private boolean store(String key, @Nullable Object value, HttpCacheOptions options) {
        try {
            return !closed && responses.put(new HttpKey(key, options.varyHeaders()), value, options.toHttpOptions());
        } catch (ValidationException refused) {
            LOG.warn("A response was not stored: {}", refused.getMessage());
            return false;
        }
    }

    /**
     * Removes a response; true if there was one.
     *
     * @deprecated use {@link HttpResponseCache#invalidate(String)}
     */
    @InlineMe(replacement = "this.responses().invalidate(key)")
    @InlineMeValidationDisabled("usage is recorded and evictions are counted first")
    @Deprecated(since = "1.0.0", forRemoval = true)
    public boolean invalidate(String key) {
        record("invalidate", "invalidate");
        return admin.invalidate(key);
    }

    /**
     * Removes the responses with a tag.
     *
     * @return how many; 0 for an unknown tag
     * @deprecated use {@link HttpResponseCache#invalidateTags}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public int invalidateByTag(String tag) {
        record("invalidateByTag", "invalidateTags");
        return admin.invalidateTags(List.of(tag));
    }

    /**
     * Removes the responses with any of the tags.
     *
     * @return how many, those with several of the tags counted once
     * @deprecated use {@link HttpResponseCache#invalidateTags}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public int invalidateByTags(Collection<String> tags) {
        record("invalidateByTags", "invalidateTags");
        return admin.invalidateTags(tags);
    }

    /**
     * Removes the responses whose keys match a pattern. Reads the keys of all responses.
     *
     * @param glob text in which {@code *} stands for any text and {@code ?} for a character
     * @return how many
     * @deprecated use {@link HttpResponseCache#invalidatePath} or tags, which cost the same however many responses there are
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public int invalidatePattern(String glob) {
        record("invalidatePattern", "invalidatePath");
        return admin.invalidatePattern(glob);
    }

    /**
     * The tags of the responses that are kept, each with how many have it; empty when the store cannot be asked.
     *
     * @deprecated keep what the application tags in the application; the new cache does not list tags
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public Map<String, Integer> tagIndex() {
        record("tagIndex", "invalidateTags");
        return admin.tags();
    }

    /**
     * Loads and stores responses with the configuration's times and no tags.
     *
     * @param loader gives the responses to some of the keys
     * @return how many were stored
     * @deprecated put them one by one, {@link HttpResponseCache#put(String, Object,
     *     io.cachemigrator.cache.domain.http.HttpOptions)}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public int warm(Function<? super Collection<String>, ? extends Map<String, ?>> loader, Collection<String> keys) {
        record("warm", "put");
        Set<String> wanted = Set.copyOf(keys);
        return (int) loader.apply(keys).entrySet().stream()
                .filter(each -> wanted.contains(each.getKey())
                        && store(each.getKey(), each.getValue(), HttpCacheOptions.DEFAULTS))
                .count();
    }

    /**
     * Statistics: entries as they are now, counts since this service was made.
     *
     * @deprecated use {@link HttpResponseCache#statistics()}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public HttpCacheStats getStats() {
        record("getStats", "statistics");
        return admin.stats();
    }

    /**
     * Stops: look-ups find nothing and nothing is stored afterwards. The service underneath stays open.
     *
     * @deprecated the new cache has nothing to close; close the service that it is made over
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public void close() {
        record("close", "new");
        closed = true;
    }

    private static void record(String method, String replacement) {
        LegacyUsage.shared().record(HttpCacheService.class, method, "HttpResponseCache." + replacement);
    }
}
