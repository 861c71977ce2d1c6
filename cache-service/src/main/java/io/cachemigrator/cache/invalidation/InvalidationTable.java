package io.cachemigrator.cache.invalidation;

import io.cachemigrator.cache.envelope.EnvelopeException;
import io.cachemigrator.cache.envelope.EnvelopeFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Invalidation records kept in this process, by scope: a region's name, or {@link #EVERY_REGION}. Thread safe. */
public final class InvalidationTable {
    /** Scope of records that hold for all regions; no region can have this name. */
    public static final String EVERY_REGION = "";

    private final Map<String, Scope> scopes = new ConcurrentHashMap<>();

    /** Makes entries created up to {@code micros} invalid that carry the tag. */
    public void recordTag(String scope, String tag, long micros) {
        scope(scope).record(scope(scope).tags, tag, micros);
    }

    /** Makes entries created up to {@code micros} invalid whose id starts with the prefix. */
    public void recordPrefix(String scope, String prefix, long micros) {
        scope(scope).record(scope(scope).prefixes, prefix, micros);
    }

    /** Whether a stored entry of a region was invalidated after it was created. */
    public boolean hits(String region, String id, byte[] stored) {
        if (scopes.isEmpty() || !EnvelopeFormat.isReadable(stored)) {
            return false;
        }
        long created = EnvelopeFormat.created(stored);
        return hits(scopes.get(region), id, stored, created) || hits(scopes.get(EVERY_REGION), id, stored, created);
    }

    /** How many records are kept. */
    public long size() {
        return scopes.values().stream()
                .mapToLong(scope -> (long) scope.tags.size() + scope.prefixes.size())
                .sum();
    }

    /** The records there are now, for {@link #forget}. */
    public List<InvalidationRecord> snapshot() {
        List<InvalidationRecord> all = new ArrayList<>();
        scopes.forEach((name, scope) -> {
            scope.tags.forEach((tag, at) -> all.add(new InvalidationRecord(name, false, tag, at)));
            scope.prefixes.forEach((prefix, at) -> all.add(new InvalidationRecord(name, true, prefix, at)));
        });
        return all;
    }

    /** Forgets records, once no entry that they hit is left; one renewed since the snapshot stays. */
    public void forget(List<InvalidationRecord> records) {
        for (InvalidationRecord record : records) {
            Scope scope = scope(record.scope());
            (record.prefix() ? scope.prefixes : scope.tags).remove(record.name(), record.atMicros());
        }
    }

    private Scope scope(String name) {
        return scopes.computeIfAbsent(name, unused -> new Scope());
    }

    private static boolean hits(@Nullable Scope scope, String id, byte[] stored, long created) {
        if (scope == null || created > scope.latest.get()) {
            return false;
        }
        for (Map.Entry<String, Long> prefix : scope.prefixes.entrySet()) {
            if (created <= prefix.getValue() && id.startsWith(prefix.getKey())) {
                return true;
            }
        }
        return !scope.tags.isEmpty()
                && tagsOf(stored).stream().anyMatch(tag -> created <= scope.tags.getOrDefault(tag, -1L));
    }

    /** The tags of a stored entry; none when its header is damaged, which its reader will report. */
    static List<String> tagsOf(byte[] stored) {
        try {
            return EnvelopeFormat.tags(stored);
        } catch (EnvelopeException damaged) {
            return List.of();
        }
    }

    private static final class Scope {
        private final Map<String, Long> tags = new ConcurrentHashMap<>();
        private final Map<String, Long> prefixes = new ConcurrentHashMap<>();
        private final AtomicLong latest = new AtomicLong(-1);

        private void record(Map<String, Long> records, String name, long micros) {
            records.merge(name, micros, Math::max);
            latest.accumulateAndGet(micros, Math::max);
        }
    }
}
