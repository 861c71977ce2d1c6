package io.cachemigrator.cache.tier.redis;

import io.cachemigrator.cache.config.RedisOutageConfig;
import io.cachemigrator.cache.config.RegionConfig;
import io.cachemigrator.cache.tier.redis.RedisEntries.Kind;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What could not be made while Redis did not answer, the last for each key, in bounds. When a region's writes do not fit,
 * they are given up for one invalidation of all that the region held until then: that costs loads, and is never stale. Thread
 * safe.
 */
final class HeldWrites {
    private final RedisOutageConfig bounds;
    private final Map<String, RegionWrites> regions = new LinkedHashMap<>();
    private final Map<Target, Long> invalidations = new LinkedHashMap<>();
    private volatile int size;
    private int writes;
    private long bytes;
    private long givenUp;

    /** Where everything goes from now on; null = it stays here. */
    private @Nullable HeldWrites successor;

    HeldWrites(RedisOutageConfig bounds) {
        this.bounds = bounds;
    }

    private static final class RegionWrites {
        private final RegionConfig region;
        private final Map<String, HeldWrite> byId = new LinkedHashMap<>();

        private RegionWrites(RegionConfig region) {
            this.region = region;
        }
    }

    /**
     * What an invalidation means.
     *
     * @param scope a region's name, or empty for all
     */
    record Target(String scope, Kind kind, String name) {}

    /**
     * An invalidation.
     *
     * @param nanos up to when entries are meant, by {@link System#nanoTime()}
     */
    record HeldInvalidation(Target target, long nanos) {}

    /** Some writes of one region. */
    record Batch(RegionConfig region, List<HeldWrite> writes) {}

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    synchronized long bytes() {
        return bytes;
    }

    /** Writes and deletions that were given up since they did not fit. */
    synchronized long givenUp() {
        return givenUp;
    }

    synchronized void add(RegionConfig region, Collection<HeldWrite> more) {
        if (successor != null) {
            successor.add(region, more);
            return;
        }
        for (HeldWrite write : more) {
            RegionWrites held = regions.computeIfAbsent(region.name(), name -> new RegionWrites(region));
            @Nullable HeldWrite before = held.byId.remove(write.id());
            held.byId.put(write.id(), before == null ? write : write.after(before));
            bytes += write.bytes() - (before == null ? 0 : before.bytes());
            writes += before == null ? 1 : 0;
            if (writes > bounds.heldWrites() || bytes > bounds.heldBytes()) {
                giveUp(held, write.nanos());
            }
            count();
        }
    }

    /** Holds an invalidation. */
    synchronized void add(Target target, long nanos) {
        if (successor != null) {
            successor.add(target, nanos);
            return;
        }
        boolean fits = invalidations.containsKey(target) || invalidations.size() < Math.max(1, bounds.heldWrites());
        // beyond the bound, everything in the scope is meant
        Target held = fits ? target : new Target(target.scope(), Kind.PREFIX, "");
        invalidations.merge(held, nanos, (one, other) -> one - other > 0 ? one : other);
        count();
    }

    /**
     * Hands everything over, and what is yet to come too.
     *
     * @param next for another connection to the same servers
     */
    synchronized void moveTo(HeldWrites next) {
        invalidations.forEach(next::add);
        regions.values().forEach(held -> next.add(held.region, held.byId.values()));
        invalidations.clear();
        regions.clear();
        writes = 0;
        bytes = 0;
        count();
        successor = next;
    }

    private void giveUp(RegionWrites held, long nanos) {
        givenUp += held.byId.size();
        writes -= held.byId.size();
        held.byId.values().forEach(write -> bytes -= write.bytes());
        held.byId.clear();
        add(new Target(held.region.name(), Kind.PREFIX, ""), nanos);
    }

    private void count() {
        size = writes + invalidations.size();
    }

    /** The next invalidation, or null. */
    synchronized @Nullable HeldInvalidation nextInvalidation() {
        for (Map.Entry<Target, Long> held : invalidations.entrySet()) {
            return new HeldInvalidation(held.getKey(), held.getValue());
        }
        return null;
    }

    /** It was made; if another came since, that one stays. */
    synchronized void made(HeldInvalidation made) {
        invalidations.remove(made.target(), made.nanos());
        count();
    }

    /** The next writes, or null. */
    synchronized @Nullable Batch nextBatch(int limit) {
        for (RegionWrites region : regions.values()) {
            if (!region.byId.isEmpty()) {
                return new Batch(
                        region.region,
                        region.byId.values().stream().limit(limit).toList());
            }
        }
        return null;
    }

    /** They were made; what came since stays. */
    @SuppressWarnings("ReferenceEquality") // a later write of the same bytes is another one
    synchronized void made(Batch made) {
        @Nullable RegionWrites held = regions.get(made.region().name());
        for (HeldWrite write : made.writes()) {
            if (held != null && held.byId.get(write.id()) == write) {
                held.byId.remove(write.id());
                writes--;
                bytes -= write.bytes();
            }
        }
        count();
    }
}
