package io.cachemigrator.cache.domain.response;

import io.cachemigrator.cache.Lookup;
import io.cachemigrator.cache.WriteOptions;
import io.cachemigrator.cache.WriteOutcome;
import java.util.Collection;
import java.util.Map;

/** Where precomputed responses are kept. Implementations are thread safe and do not throw because a store is down. */
interface ResponseStore {

    Map<String, Lookup<Map<String, Object>>> lookupAll(Collection<String> ids);

    /** Stores a response; {@code entry} has it as its payload. */
    WriteOutcome put(String id, Map<String, Object> entry, WriteOptions options);
}
