package io.cachemigrator.cache.domain.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.cachemigrator.cache.CacheService;
import io.cachemigrator.cache.InvalidationOutcome;
import io.cachemigrator.cache.Lookup;
import io.cachemigrator.cache.WriteOptions;
import io.cachemigrator.cache.WriteOutcome;
import io.cachemigrator.cache.domain.keyed.KeyedCache;
import io.cachemigrator.cache.domain.keyed.KeyedStore;
import io.cachemigrator.cache.domain.keyed.TaggedStore;
import io.cachemigrator.cache.error.ValidationException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A cache of HTTP responses in the region {@value #REGION}. Responses are JSON values: a body, or an object of status,
 * headers and body, as the application likes. Thread safe; never throws because a store is unreachable, unless the service
 * was configured to.
 *
 * <pre>{@code
 * HttpResponseCache responses = new HttpResponseCache(service, HttpPolicy.DEFAULTS);
 * HttpKey key = HttpKey.of("GET", URI.create("/api/report?days=7"), Map.of("Accept-Language", "en"));
 * HttpHit<Report> hit = responses.get(key, Report.class, () -> reports.buildAsync(7));
 * if (hit.matches(ifNoneMatch)) return notModified(hit.etag());
 * }</pre>
 */
public final class HttpResponseCache {
    /** The region that responses are kept in. */
    public static final String REGION = "http-responses";

    /** What the ids of responses start with. */
    public static final String PREFIX = "http:";

    private static final Logger LOG = LoggerFactory.getLogger(HttpResponseCache.class);
    private static final Duration REFRESH_AT_MOST = Duration.ofSeconds(30);

    private final HttpStore store;
    private final HttpPolicy policy;
    private final Clock clock;
    private final LongAdder hits = new LongAdder();
    private final LongAdder staleHits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final LongAdder unavailable = new LongAdder();
    private final LongAdder stored = new LongAdder();
    private final LongAdder tooLarge = new LongAdder();
    private final LongAdder refreshes = new LongAdder();
    private final LongAdder failedRefreshes = new LongAdder();

    /** Over a service, which stays open as long as its owner wants. */
    public HttpResponseCache(CacheService service, HttpPolicy policy) {
        this(new RegionHttpStore(service), policy, service.config().clock());
    }

    /**
     * Over a keyed cache, beside its other entries, under keys that start with {@value #PREFIX}. The cache stays open as long
     * as its owner wants.
     *
     * @throws IllegalArgumentException if the cache's store knows no tags
     */
    public HttpResponseCache(KeyedCache cache) {
        this(cache, HttpPolicy.DEFAULTS);
    }

    /** As {@link #HttpResponseCache(KeyedCache)}, with a policy. */
    public HttpResponseCache(KeyedCache cache, HttpPolicy policy) {
        this(tagged(cache.store()), policy, HttpEnvelope.COMPRESS_FROM);
    }

    /**
     * Over a store, which stays open as long as its owner wants.
     *
     * @param compressFrom size in bytes from which a layout that does not compress by itself compresses a response; 0 or more
     */
    public HttpResponseCache(TaggedStore store, HttpPolicy policy, int compressFrom) {
        this(new KeyedHttpStore(store, compressFrom), policy, store.clock());
    }

    private static TaggedStore tagged(KeyedStore store) {
        if (store instanceof TaggedStore tagged) {
            return tagged;
        }
        throw new IllegalArgumentException(
                "The store of this cache knows no tags, which responses are removed by. Open the"
                        + " cache with KeyedCache.open, or over a service.");
    }

    private HttpResponseCache(HttpStore store, HttpPolicy policy, Clock clock) {
        this.store = store;
        this.policy = policy;
        this.clock = clock;
    }

    /** The response to a request; a stale one too. */
    public <T> HttpHit<T> get(HttpKey key, Class<T> type) {
        return hit(find(key), type);
    }

    /**
     * As {@link #get(HttpKey, Class)}; beside a stale answer, one fresh response is fetched in the background, by one process
     * at a time, and kept for as long and under the same tags as the stale one was.
     *
     * @param refresh makes a fresh response; a null or a failure leaves the stale one where it is
     */
    public <T> HttpHit<T> get(HttpKey key, Class<T> type, Supplier<? extends CompletionStage<? extends T>> refresh) {
        Found found = find(key);
        HttpHit<T> hit = hit(found, type);
        HttpEntry entry = found.entry;
        if (hit.state() == HttpHit.State.STALE && entry != null && takesRefresh(found.id)) {
            refreshes.increment();
            // what becomes of it is counted and logged there; the caller has its answer
            CompletableFuture<?> unused = started(refresh).handle((fresh, failure) -> {
                refreshed(key, entry, fresh, failure);
                store.unmark(HttpIds.markOf(found.id));
                return null;
            });
        }
        return hit;
    }

    private static <T> CompletableFuture<T> started(Supplier<? extends CompletionStage<? extends T>> refresh) {
        try {
            return refresh.get().<T>thenApply(value -> value).toCompletableFuture();
        } catch (RuntimeException failure) {
            return CompletableFuture.failedFuture(failure);
        }
    }

    private boolean takesRefresh(String id) {
        return store.mark(HttpIds.markOf(id), REFRESH_AT_MOST);
    }

    private void refreshed(HttpKey key, HttpEntry stale, @Nullable Object fresh, @Nullable Throwable failure) {
        if (fresh == null) {
            failedRefreshes.increment();
            LOG.warn(
                    "A stale response could not be refreshed: {}",
                    failure == null
                            ? "there is no fresh one"
                            : failure.getClass().getSimpleName());
            return;
        }
        Duration ttl = stale.expires() == null ? null : Duration.between(stale.storedAt(), stale.expires());
        boolean kept = put(
                new HttpKey(key.id(), stale.vary()),
                fresh,
                new HttpOptions(
                        ttl == null || ttl.isNegative() || ttl.isZero() ? null : ttl,
                        stale.staleTtl(),
                        stale.tags(),
                        List.copyOf(stale.vary().keySet())));
        if (!kept) {
            failedRefreshes.increment();
        }
    }

    /** As {@link #get(HttpKey, Class)}, whatever request headers a response depends on. */
    public <T> HttpHit<T> get(String id, Class<T> type) {
        return get(HttpKey.ofAny(id), type);
    }

    /** As {@link #get(HttpKey, Class, Supplier)}, whatever request headers a response depends on. */
    public <T> HttpHit<T> get(String id, Class<T> type, Supplier<? extends CompletionStage<? extends T>> refresh) {
        return get(HttpKey.ofAny(id), type, refresh);
    }

    private record Found(String id, @Nullable HttpEntry entry, HttpHit.State otherwise) {}

    private Found find(HttpKey key) {
        String id = HttpIds.idOf(key);
        Found base = read(id);
        HttpEntry entry = base.entry;
        if (entry == null || key.isAny() || entry.suits(key.headers())) {
            return base;
        }
        Found variant = read(HttpIds.variantOf(id, entry.vary().keySet(), key.headers()));
        return variant.entry != null && !variant.entry.suits(key.headers())
                ? new Found(variant.id, null, HttpHit.State.MISS)
                : variant;
    }

    private Found read(String id) {
        Lookup<HttpEntry> lookup = store.lookup(id);
        HttpEntry entry = lookup.valueOrNull();
        if (entry == null) {
            return new Found(
                    id, null, lookup instanceof Lookup.Absent ? HttpHit.State.MISS : HttpHit.State.UNAVAILABLE);
        }
        if (entry.isOver(clock.instant())) {
            store.delete(id);
            return new Found(id, null, HttpHit.State.MISS);
        }
        return new Found(id, entry, HttpHit.State.UNAVAILABLE);
    }

    private <T> HttpHit<T> hit(Found found, Class<T> type) {
        HttpEntry entry = found.entry;
        if (entry == null) {
            (found.otherwise == HttpHit.State.MISS ? misses : unavailable).increment();
            return HttpHit.none(found.otherwise);
        }
        try {
            @Nullable T value = HttpEntry.JSON.treeToValue(entry.response(), type);
            Instant now = clock.instant();
            boolean fresh = entry.isFresh(now);
            (fresh ? hits : staleHits).increment();
            Duration age = Duration.between(entry.storedAt(), now);
            return new HttpHit<>(
                    fresh ? HttpHit.State.FRESH : HttpHit.State.STALE,
                    value,
                    entry.etag(),
                    age.isNegative() ? Duration.ZERO : age,
                    entry.tags());
        } catch (JsonProcessingException otherType) {
            unavailable.increment();
            return HttpHit.none(HttpHit.State.UNAVAILABLE);
        }
    }

    /**
     * Stores a response.
     *
     * @return whether it was stored: not when it is too large, or the store cannot be reached
     * @throws ValidationException if the response cannot be written as JSON
     */
    public boolean put(HttpKey key, @Nullable Object response, HttpOptions options) {
        JsonNode tree = tree(response);
        byte[] content = HttpEntry.bytes(tree);
        if (content.length > policy.maxBytes()) {
            tooLarge.increment();
            return false;
        }
        Duration fresh = options.ttl() == null ? policy.ttl() : options.ttl();
        Duration stale = options.staleTtl() == null ? policy.staleTtl() : options.staleTtl();
        List<String> tags =
                options.tags().stream().limit(policy.maxTags()).distinct().toList();
        Map<String, String> vary = new TreeMap<>();
        options.vary().forEach(name -> vary.put(name, key.headers().getOrDefault(name, "")));
        // to the microsecond, which every layout can keep
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        HttpEntry entry = new HttpEntry(tree, now, now.plus(fresh), stale, EntityTag.of(content), tags, vary);
        WriteOptions write = WriteOptions.ttl(fresh.plus(stale)).withTags(tags.toArray(String[]::new));
        boolean kept = store.put(placeOf(key, entry), entry, write) == WriteOutcome.STORED;
        if (kept) {
            stored.increment();
        }
        return kept;
    }

    /** As {@link #put(String, Object, HttpOptions)}, with the policy's times and no tags. */
    public boolean put(String id, @Nullable Object response) {
        return put(id, response, HttpOptions.DEFAULTS);
    }

    /**
     * As {@link #put(HttpKey, Object, HttpOptions)} of a resource that is the same for every caller; false, and a log record,
     * also where the response cannot be written as JSON.
     */
    public boolean put(String id, @Nullable Object response, HttpOptions options) {
        try {
            return put(HttpKey.of(id), response, options);
        } catch (ValidationException refused) {
            LOG.warn("A response was not stored: {}", refused.getMessage());
            return false;
        }
    }

    /** The plain id, unless a response to requests with other headers has it: then one of its own. */
    private String placeOf(HttpKey key, HttpEntry entry) {
        String id = HttpIds.idOf(key);
        if (entry.vary().isEmpty()) {
            return id;
        }
        HttpEntry there = read(id).entry;
        boolean taken =
                there != null && there.vary().keySet().equals(entry.vary().keySet()) && !there.suits(key.headers());
        return taken ? HttpIds.variantOf(id, entry.vary().keySet(), key.headers()) : id;
    }

    private static JsonNode tree(@Nullable Object response) {
        try {
            return HttpEntry.JSON.valueToTree(response);
        } catch (IllegalArgumentException | StackOverflowError unwritable) {
            throw HttpEntry.notEncodable(unwritable);
        }
    }

    /** Removes the responses to a request, whatever headers they depend on; whether there was one. */
    public boolean invalidate(HttpKey key) {
        String id = HttpIds.idOf(key);
        HttpEntry there = read(id).entry;
        boolean removed = store.delete(id) == WriteOutcome.STORED;
        if (there != null && !there.vary().isEmpty()) {
            store.invalidatePrefix(id + "#");
        }
        return removed;
    }

    /** As {@link #invalidate(HttpKey)} of a resource that is the same for every caller. */
    public boolean invalidate(String id) {
        return invalidate(HttpKey.of(id));
    }

    /** Invalidates the responses with any of the tags; counts them if the region keeps a tag index. */
    public InvalidationOutcome invalidateTags(String... tags) {
        return store.invalidateTags(List.of(tags));
    }

    /** Invalidates the responses to one method whose path starts with a text, such as {@code /api/reports/}. */
    public InvalidationOutcome invalidatePath(String method, String pathPrefix) {
        return store.invalidatePrefix(PREFIX + method.toUpperCase(Locale.ROOT) + " " + pathPrefix);
    }

    /** Counts so far. */
    public HttpStatistics statistics() {
        return new HttpStatistics(
                hits.sum(),
                staleHits.sum(),
                misses.sum(),
                unavailable.sum(),
                stored.sum(),
                tooLarge.sum(),
                refreshes.sum(),
                failedRefreshes.sum());
    }
}
