package io.cachemigrator.compat.services;

import io.cachemigrator.cache.InvalidationOutcome;
import io.cachemigrator.cache.domain.http.HttpHit;
import io.cachemigrator.cache.domain.http.HttpResponseCache;
import io.cachemigrator.cache.domain.http.HttpStatistics;
import io.cachemigrator.cache.domain.keyed.TaggedStore.Stored;
import io.cachemigrator.cache.error.InfrastructureException;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the legacy HTTP cache does beside looking up and storing: removing, counting. Thread safe. */
final class HttpCacheAdmin {
    private static final Logger LOG = LoggerFactory.getLogger(HttpCacheAdmin.class);

    private final LegacyRuntime runtime;
    private final HttpResponseCache responses;
    private final LongAdder evictions = new LongAdder();
    private final LongAdder lookups = new LongAdder();
    private final LongAdder nanos = new LongAdder();

    HttpCacheAdmin(LegacyRuntime runtime, HttpResponseCache responses) {
        this.runtime = runtime;
        this.responses = responses;
    }

    <T> HttpHit<T> timed(Supplier<HttpHit<T>> lookup) {
        long start = System.nanoTime();
        HttpHit<T> hit = lookup.get();
        nanos.add(System.nanoTime() - start);
        lookups.increment();
        return hit;
    }

    boolean invalidate(String key) {
        boolean removed = responses.invalidate(key);
        evictions.add(removed ? 1 : 0);
        return removed;
    }

    int invalidateTags(Collection<String> tags) {
        InvalidationOutcome outcome = responses.invalidateTags(tags.toArray(String[]::new));
        if (!outcome.recorded()) {
            LOG.warn("Not all responses with the tags could be removed. Remove them again when the store answers.");
        }
        int removed = (int) outcome.entries().orElse(0);
        evictions.add(removed);
        return removed;
    }

    int invalidatePattern(String glob) {
        Pattern pattern = Pattern.compile(regex(glob), Pattern.DOTALL);
        int removed = 0;
        for (String key : entries().keySet()) {
            String name = key.substring(HttpResponseCache.PREFIX.length());
            removed += pattern.matcher(name).matches() && invalidate(name) ? 1 : 0;
        }
        return removed;
    }

    private static String regex(String glob) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < glob.length(); i++) {
            char each = glob.charAt(i);
            regex.append(each == '*' ? ".*" : each == '?' ? "." : Pattern.quote(String.valueOf(each)));
        }
        return regex.toString();
    }

    private Map<String, Stored> entries() {
        try {
            return runtime.store().entries(HttpResponseCache.PREFIX);
        } catch (InfrastructureException down) {
            LOG.warn("{}", down.getMessage());
            return Map.of();
        }
    }

    Map<String, Integer> tags() {
        Map<String, Integer> tags = new TreeMap<>();
        entries().values().forEach(entry -> entry.tags().forEach(tag -> tags.merge(tag, 1, Integer::sum)));
        return tags;
    }

    HttpCacheStats stats() {
        HttpStatistics counted = responses.statistics();
        long entries = -1;
        long bytes = -1;
        long tags = -1;
        try {
            Map<String, Stored> stored = runtime.store().entries(HttpResponseCache.PREFIX);
            entries = stored.size();
            bytes = stored.values().stream().mapToLong(Stored::bytes).sum();
            tags = stored.values().stream()
                    .flatMap(entry -> entry.tags().stream())
                    .distinct()
                    .count();
        } catch (InfrastructureException down) {
            LOG.warn("{}", down.getMessage());
        }
        return new HttpCacheStats(
                entries,
                bytes,
                tags,
                counted.hits() + counted.staleHits(),
                counted.misses(),
                counted.unavailable(),
                evictions.sum(),
                counted.tooLarge(),
                runtime.compressionRatio(),
                lookups.sum() == 0 ? Duration.ZERO : Duration.ofNanos(nanos.sum() / lookups.sum()));
    }
}
