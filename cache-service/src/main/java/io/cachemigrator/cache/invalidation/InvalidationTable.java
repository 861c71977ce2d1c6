package io.cachemigrator.cache.invalidation;

import io.cachemigrator.cache.envelope.EnvelopeException;
import io.cachemigrator.cache.envelope.EnvelopeFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import org.jspecify.annotations.Nullable;

/** Invalidation records kept in this process, by scope: a region's name, or {@link #EVERY_REGION}. Thread safe. */
public final class InvalidationTable {
    /** Scope of records that hold for all regions; no region can have this name. */
    public static final String EVERY_REGION = "";

    private static final AtomicLongFieldUpdater<InvalidationTable> STATE =
            AtomicLongFieldUpdater.newUpdater(InvalidationTable.class, "state");

    private final Map<String, Scope> scopes = new ConcurrentHashMap<>();
    private volatile long state;

    /** Changes with every record: what was not hit in one state is not hit as long as it lasts. Zero or more. */
    public long state() {
        return state;
    }

    /** Makes entries created up to {@code micros} invalid that carry the tag. */
    public void recordTag(String scope, String tag, long micros) {
        scope(scope).tags.record(tag, micros);
        STATE.incrementAndGet(this);
    }

    /** Makes entries created up to {@code micros} invalid whose id starts with the prefix. */
    public void recordPrefix(String scope, String prefix, long micros) {
        scope(scope).prefixes.record(prefix, micros);
        STATE.incrementAndGet(this);
    }

    /** Whether an entry of a region was invalidated after it was created. */
    public boolean hits(String region, String id, long createdMicros, List<String> tags) {
        return hits(scopes.get(region), id, createdMicros, tags)
                || hits(scopes.get(EVERY_REGION), id, createdMicros, tags);
    }

    /** How many records are kept. */
    public long size() {
        return scopes.values().stream()
                .mapToLong(scope -> (long) scope.tags.at.size() + scope.prefixes.at.size())
                .sum();
    }

    /** The records there are now, for {@link #forget}. */
    public List<InvalidationRecord> snapshot() {
        List<InvalidationRecord> all = new ArrayList<>();
        scopes.forEach((name, scope) -> {
            scope.tags.at.forEach((tag, at) -> all.add(new InvalidationRecord(name, false, tag, at)));
            scope.prefixes.at.forEach((prefix, at) -> all.add(new InvalidationRecord(name, true, prefix, at)));
        });
        return all;
    }

    /** Forgets records, once no entry that they hit is left; one renewed since the snapshot stays. */
    public void forget(List<InvalidationRecord> records) {
        for (InvalidationRecord record : records) {
            Scope scope = scope(record.scope());
            (record.prefix() ? scope.prefixes : scope.tags).at.remove(record.name(), record.atMicros());
        }
    }

    private Scope scope(String name) {
        return scopes.computeIfAbsent(name, unused -> new Scope());
    }

    private static boolean hits(@Nullable Scope scope, String id, long created, List<String> tags) {
        return scope != null && (scope.tags.hitsAny(tags, created) || scope.prefixes.hitsStartOf(id, created));
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
        private final Records tags = new Records();
        private final Records prefixes = new Records();
    }

    /** Times by name, and the latest of them: what was created after it needs no further look. */
    private static final class Records {
        private final Map<String, Long> at = new ConcurrentHashMap<>();
        private final AtomicLong latest = new AtomicLong(-1);

        private void record(String name, long micros) {
            at.merge(name, micros, Math::max);
            latest.accumulateAndGet(micros, Math::max);
        }

        private boolean hitsAny(List<String> names, long created) {
            if (created <= latest.get()) {
                for (String name : names) {
                    if (created <= at.getOrDefault(name, -1L)) {
                        return true;
                    }
                }
            }
            return false;
        }

        private boolean hitsStartOf(String id, long created) {
            if (created <= latest.get()) {
                for (Map.Entry<String, Long> prefix : at.entrySet()) {
                    if (created <= prefix.getValue() && id.startsWith(prefix.getKey())) {
                        return true;
                    }
                }
            }
            return false;
        }
    }
}
