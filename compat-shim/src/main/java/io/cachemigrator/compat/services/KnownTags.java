package io.cachemigrator.compat.services;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which keys are in the index with which tags; the oldest are forgotten. Thread safe. */
final class KnownTags {
    private final Map<String, List<String>> tags;

    KnownTags(int most) {
        this.tags = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, List<String>> eldest) {
                return size() > most;
            }
        };
    }

    synchronized boolean add(String key, List<String> newTags) {
        return !newTags.equals(tags.put(key, newTags));
    }

    synchronized void forget(String key) {
        tags.remove(key);
    }
}
