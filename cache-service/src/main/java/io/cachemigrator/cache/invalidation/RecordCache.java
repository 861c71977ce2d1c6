package io.cachemigrator.cache.invalidation;

import io.cachemigrator.cache.envelope.EnvelopeFormat;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Checks entries against the invalidation records of a store, with as few reads of them as can be.
 *
 * <p>Each scope of a store has an epoch: the time of its last invalidation. A reader fetches the epochs with the entries,
 * in one step. Entries created later need no further check; for the others, records are fetched once for an epoch and kept.
 * Thread safe.
 */
public final class RecordCache {
    private static final int MAX_TAGS = 10_000;

    private final Map<String, Known> regions = new ConcurrentHashMap<>();

    /**
     * Removes the entries that were invalidated.
     *
     * @param found stored entries by id; changed
     * @param epoch the epochs, read together with the entries
     * @param source where records come from
     */
    public <E extends Exception> void removeInvalidated(
            String region, Map<String, byte[]> found, Epoch epoch, Source<E> source) throws E {
        Set<String> suspects = new HashSet<>();
        Set<String> tags = new HashSet<>();
        found.forEach((id, stored) -> {
            if (EnvelopeFormat.isReadable(stored) && EnvelopeFormat.created(stored) <= epoch.latest()) {
                suspects.add(id);
                tags.addAll(InvalidationTable.tagsOf(stored));
            }
        });
        if (suspects.isEmpty()) {
            return;
        }
        Known known = known(region, epoch);
        known.fetch(region, tags, source);
        Iterator<Map.Entry<String, byte[]>> entries = found.entrySet().iterator();
        while (entries.hasNext()) {
            Map.Entry<String, byte[]> entry = entries.next();
            if (suspects.contains(entry.getKey()) && known.hits(entry.getKey(), entry.getValue())) {
                entries.remove();
            }
        }
    }

    private Known known(String region, Epoch epoch) {
        return regions.compute(
                region,
                (name, before) -> before != null && before.epoch.equals(epoch) && before.tags.size() < MAX_TAGS
                        ? before
                        : new Known(epoch));
    }

    /**
     * Times of the last invalidations.
     *
     * @param all in the scope of every region; -1 = never
     * @param region in the region's own scope; -1 = never
     */
    public record Epoch(long all, long region) {
        long latest() {
            return Math.max(all, region);
        }
    }

    /** Where records are kept. */
    public interface Source<E extends Exception> {
        /** For each tag the newest time recorded for the region or for all; a tag without a record may be missing. */
        Map<String, Long> tags(String region, Set<String> tags) throws E;

        /** The region's prefixes with their times. */
        Map<String, Long> prefixes(String region) throws E;
    }

    private static final class Known {
        private final Epoch epoch;
        private final Map<String, Long> tags = new ConcurrentHashMap<>();
        private volatile @Nullable Map<String, Long> prefixes;

        private Known(Epoch epoch) {
            this.epoch = epoch;
        }

        private <E extends Exception> void fetch(String region, Set<String> asked, Source<E> source) throws E {
            Set<String> missing = new HashSet<>(asked);
            missing.removeAll(tags.keySet());
            if (!missing.isEmpty()) {
                Map<String, Long> fetched = source.tags(region, missing);
                missing.forEach(tag -> tags.put(tag, fetched.getOrDefault(tag, -1L)));
            }
            if (prefixes == null) {
                prefixes = Map.copyOf(source.prefixes(region));
            }
        }

        private boolean hits(String id, byte[] stored) {
            long created = EnvelopeFormat.created(stored);
            for (String tag : InvalidationTable.tagsOf(stored)) {
                if (created <= tags.getOrDefault(tag, -1L)) {
                    return true;
                }
            }
            @Nullable Map<String, Long> all = prefixes;
            return all != null
                    && all.entrySet().stream()
                            .anyMatch(prefix -> created <= prefix.getValue() && id.startsWith(prefix.getKey()));
        }
    }
}
