package io.cachemigrator.cache.domain.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.cachemigrator.cache.CacheService;
import io.cachemigrator.cache.InvalidationOutcome;
import io.cachemigrator.cache.Lookup;
import io.cachemigrator.cache.Region;
import io.cachemigrator.cache.WriteOptions;
import io.cachemigrator.cache.WriteOutcome;
import io.cachemigrator.cache.codec.Codecs;
import java.time.Duration;
import java.util.List;

/** Keeps responses in the region of a service. */
final class RegionHttpStore implements HttpStore {
    private final Region<byte[]> region;
    private final Region<String> marks;

    RegionHttpStore(CacheService service) {
        this.region = service.region(HttpResponseCache.REGION, Codecs.rawJsonBytes());
        this.marks = service.region(HttpResponseCache.REGION, Codecs.text());
    }

    @Override
    public Lookup<HttpEntry> lookup(String id) {
        Lookup<byte[]> found = region.lookup(id);
        if (found instanceof Lookup.Unavailable<byte[]> unavailable) {
            return new Lookup.Unavailable<>(unavailable.reason());
        }
        if (found instanceof Lookup.Undecodable<byte[]> undecodable) {
            return new Lookup.Undecodable<>(undecodable.kind(), undecodable.reason());
        }
        byte[] bytes = found.valueOrNull();
        if (bytes == null) {
            return new Lookup.Absent<>();
        }
        HttpEntry entry = HttpEntry.read(bytes);
        return entry == null
                ? new Lookup.Undecodable<>("JSON that is no cached response")
                : new Lookup.Present<>(entry, null);
    }

    @Override
    public WriteOutcome put(String id, HttpEntry entry, WriteOptions options) {
        try {
            return region.put(id, entry.toBytes(), options);
        } catch (JsonProcessingException unwritable) {
            throw HttpEntry.notEncodable(unwritable);
        }
    }

    @Override
    public WriteOutcome delete(String id) {
        return region.delete(id);
    }

    @Override
    public InvalidationOutcome invalidatePrefix(String prefix) {
        return region.invalidatePrefix(prefix);
    }

    @Override
    public InvalidationOutcome invalidateTags(List<String> tags) {
        return region.invalidateTags(tags);
    }

    @Override
    public boolean mark(String id, Duration atMost) {
        return marks.put(id, "refreshing", WriteOptions.ifAbsent().withTtl(atMost)) == WriteOutcome.STORED;
    }

    @Override
    public void unmark(String id) {
        marks.delete(id);
    }
}
