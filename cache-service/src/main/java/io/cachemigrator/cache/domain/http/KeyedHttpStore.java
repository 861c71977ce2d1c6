package io.cachemigrator.cache.domain.http;

import io.cachemigrator.cache.ClearOutcome;
import io.cachemigrator.cache.InvalidationOutcome;
import io.cachemigrator.cache.Lookup;
import io.cachemigrator.cache.WriteOptions;
import io.cachemigrator.cache.WriteOutcome;
import io.cachemigrator.cache.domain.keyed.TaggedStore;
import io.cachemigrator.cache.error.InfrastructureException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/** Keeps responses beside the other entries of a keyed cache. */
final class KeyedHttpStore implements HttpStore {
    private final TaggedStore store;
    private final int compressFrom;

    KeyedHttpStore(TaggedStore store, int compressFrom) {
        this.store = store;
        this.compressFrom = compressFrom;
    }

    @Override
    public Lookup<HttpEntry> lookup(String id) {
        Lookup<HttpEnvelope> found = store.lookup(id, HttpEnvelope.class);
        if (found instanceof Lookup.Unavailable<HttpEnvelope> unavailable) {
            return new Lookup.Unavailable<>(unavailable.reason());
        }
        if (found instanceof Lookup.Undecodable<HttpEnvelope> undecodable) {
            return new Lookup.Undecodable<>(undecodable.kind(), undecodable.reason());
        }
        HttpEnvelope envelope = found.valueOrNull();
        if (envelope == null) {
            return new Lookup.Absent<>();
        }
        HttpEntry entry = HttpEntry.of(envelope.tree());
        return entry == null
                ? new Lookup.Undecodable<>("JSON that is no cached response")
                : new Lookup.Present<>(entry, null);
    }

    @Override
    public WriteOutcome put(String id, HttpEntry entry, WriteOptions options) {
        return store.put(id, new HttpEnvelope(entry.toTree(), compressFrom), options);
    }

    @Override
    public WriteOutcome delete(String id) {
        return store.delete(id);
    }

    @Override
    public InvalidationOutcome invalidatePrefix(String prefix) {
        try {
            long removed = store.entries(prefix).keySet().stream()
                    .filter(key -> store.delete(key) == WriteOutcome.STORED)
                    .count();
            return new InvalidationOutcome(true, OptionalLong.of(removed));
        } catch (InfrastructureException down) {
            return new InvalidationOutcome(false, OptionalLong.empty());
        }
    }

    @Override
    public InvalidationOutcome invalidateTags(List<String> tags) {
        long removed = 0;
        boolean complete = true;
        for (String tag : tags) {
            ClearOutcome outcome = store.clearTag(HttpResponseCache.PREFIX, tag);
            removed += outcome.removed();
            complete &= outcome.complete();
        }
        return new InvalidationOutcome(complete, OptionalLong.of(removed));
    }

    @Override
    public boolean mark(String id, Duration atMost) {
        return store.put(id, "refreshing", WriteOptions.ifAbsent().withTtl(atMost)) == WriteOutcome.STORED;
    }

    @Override
    public void unmark(String id) {
        store.delete(id);
    }
}
