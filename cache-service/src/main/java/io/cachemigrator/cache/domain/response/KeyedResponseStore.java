package io.cachemigrator.cache.domain.response;

import io.cachemigrator.cache.Lookup;
import io.cachemigrator.cache.WriteOptions;
import io.cachemigrator.cache.WriteOutcome;
import io.cachemigrator.cache.domain.keyed.KeyedStore;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** Keeps responses beside the other entries of a keyed cache, whose layout adds what it needs to the response itself. */
final class KeyedResponseStore implements ResponseStore {
    private static final String OWN = "precomp:";
    private static final String KEYED = "response:";

    private final KeyedStore store;

    KeyedResponseStore(KeyedStore store) {
        this.store = store;
    }

    @Override
    @SuppressWarnings({"unchecked", "rawtypes"}) // JSON maps have text keys
    public Map<String, Lookup<Map<String, Object>>> lookupAll(Collection<String> ids) {
        Map<String, Lookup<Map>> found =
                store.lookupAll(ids.stream().map(KeyedResponseStore::keyOf).toList(), Map.class);
        Map<String, Lookup<Map<String, Object>>> byId = new LinkedHashMap<>();
        ids.forEach(id -> {
            Lookup<Map> lookup = found.getOrDefault(keyOf(id), new Lookup.Absent<>());
            byId.put(id, (Lookup<Map<String, Object>>) (Lookup) lookup);
        });
        return byId;
    }

    @Override
    public WriteOutcome put(String id, Map<String, Object> entry, WriteOptions options) {
        Map<String, Object> payload = new LinkedHashMap<>();
        if (entry.get("payload") instanceof Map<?, ?> fields) {
            fields.forEach((name, value) -> payload.put(String.valueOf(name), value));
        }
        // what the layout does not keep by itself goes with the fields
        payload.putIfAbsent("created_at", entry.get("created_at"));
        if (!Double.valueOf(1).equals(entry.get("confidence"))) {
            payload.putIfAbsent("confidence", entry.get("confidence"));
        }
        return store.put(keyOf(id), payload, options);
    }

    private static String keyOf(String id) {
        return KEYED + id.substring(OWN.length());
    }
}
