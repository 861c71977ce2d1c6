package io.cachemigrator.cache.domain.http;

import io.cachemigrator.cache.InvalidationOutcome;
import io.cachemigrator.cache.Lookup;
import io.cachemigrator.cache.WriteOptions;
import io.cachemigrator.cache.WriteOutcome;
import java.time.Duration;
import java.util.List;

/** Where a response cache keeps its entries. Implementations are thread safe and do not throw because a store is down. */
interface HttpStore {

    Lookup<HttpEntry> lookup(String id);

    WriteOutcome put(String id, HttpEntry entry, WriteOptions options);

    WriteOutcome delete(String id);

    /** Removes the entries whose ids start with a text. */
    InvalidationOutcome invalidatePrefix(String prefix);

    InvalidationOutcome invalidateTags(List<String> tags);

    /** Takes a mark that one process at a time can have, for a while at most; whether it is taken. */
    boolean mark(String id, Duration atMost);

    void unmark(String id);
}
