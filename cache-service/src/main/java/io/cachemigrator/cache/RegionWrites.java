package io.cachemigrator.cache;

import io.cachemigrator.cache.config.RegionConfig;
import io.cachemigrator.cache.tier.Cleared;
import io.cachemigrator.cache.tier.EntryWrite;
import io.cachemigrator.cache.tier.Incremented;
import io.cachemigrator.cache.tier.Invalidated;
import io.cachemigrator.cache.tier.PutCondition;
import io.cachemigrator.cache.tier.PutResult;
import io.cachemigrator.cache.tier.Tier;
import io.cachemigrator.cache.tier.TierUnavailableException;
import io.cachemigrator.cache.tier.memory.NearCopies;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Changes of one region: the authoritative tier first, then the memory copies. */
final class RegionWrites {
    private final RegionStore store;
    private final RegionConfig config;
    private final Tier authority;
    private final @Nullable NearCopies near;

    RegionWrites(RegionStore store) {
        this.store = store;
        this.config = store.config;
        this.authority = store.authority;
        this.near = store.near;
    }

    WriteOutcome put(List<EntryWrite> entries, PutCondition condition) {
        List<String> ids = entries.stream().map(EntryWrite::id).toList();
        long[] tickets = tickets(ids);
        PutResult result;
        try {
            result = authority.put(config, entries, condition);
        } catch (TierUnavailableException down) {
            store.changeFailed(down, ids);
            return WriteOutcome.UNAVAILABLE;
        }
        if (result instanceof PutResult.Stored stored) {
            store.counters.puts.add(entries.size());
            for (int i = 0; i < tickets.length; i++) {
                change(ids.get(i), stored.envelopes().get(i), tickets[i]);
            }
            return WriteOutcome.STORED;
        }
        if (result instanceof PutResult.TooLarge) {
            return WriteOutcome.TOO_LARGE;
        }
        drop(ids, tickets);
        return WriteOutcome.CONDITION_NOT_MET;
    }

    /** The number removed; -1 when the authoritative tier could not be reached. */
    long delete(List<String> ids) {
        long[] tickets = tickets(ids);
        try {
            long removed = authority.delete(config, ids);
            store.counters.deletes.add(removed);
            drop(ids, tickets);
            return removed;
        } catch (TierUnavailableException down) {
            store.changeFailed(down, ids);
            return -1;
        }
    }

    WriteOutcome expire(String id, long ttlMillis) {
        long[] tickets = tickets(List.of(id));
        try {
            boolean changed = authority.expire(config, id, ttlMillis);
            drop(List.of(id), tickets);
            return changed ? WriteOutcome.STORED : WriteOutcome.CONDITION_NOT_MET;
        } catch (TierUnavailableException down) {
            store.changeFailed(down, List.of(id));
            return WriteOutcome.UNAVAILABLE;
        }
    }

    CounterResult increment(String id, long delta) {
        long[] tickets = tickets(List.of(id));
        try {
            Incremented result = authority.increment(config, id, delta);
            drop(List.of(id), tickets);
            if (result instanceof Incremented.Counted counted) {
                store.counters.puts.increment();
                return new CounterResult.Counted(counted.value());
            }
            return new CounterResult.Refused(((Incremented.Refused) result).reason());
        } catch (TierUnavailableException down) {
            store.changeFailed(down, List.of(id));
            return new CounterResult.Unavailable(down.reason());
        }
    }

    ClearOutcome clear(String prefix) {
        Cleared cleared = authority.clear(config, prefix);
        if (near != null) {
            near.dropAll();
        }
        store.counters.deletes.add(cleared.removed());
        if (cleared.failure() != null) {
            TierUnavailableException down = new TierUnavailableException(cleared.failure(), null);
            store.changeFailed(down, List.of());
        }
        return new ClearOutcome(cleared.removed(), cleared.failure() == null);
    }

    InvalidationOutcome invalidateTags(Collection<String> tags) {
        try {
            Invalidated invalidated = authority.invalidateTags(config, tags);
            hideCopies(tags, invalidated.atMicros());
            return new InvalidationOutcome(true, invalidated.entries());
        } catch (TierUnavailableException down) {
            return notRecorded(down);
        }
    }

    /** Hides memory copies that an invalidation of the authoritative tier meant. */
    void hideCopies(Collection<String> tags, long atMicros) {
        if (near != null) {
            near.invalidateTags(tags, atMicros);
        }
    }

    InvalidationOutcome invalidatePrefix(String prefix) {
        try {
            Invalidated invalidated = authority.invalidatePrefix(config, prefix);
            if (near != null) {
                near.invalidatePrefix(prefix, invalidated.atMicros());
            }
            return new InvalidationOutcome(true, invalidated.entries());
        } catch (TierUnavailableException down) {
            return notRecorded(down);
        }
    }

    /** An invalidation that could not be made: which copies it meant is not known, so all are dropped. */
    InvalidationOutcome notRecorded(TierUnavailableException down) {
        if (near != null) {
            near.dropAll();
        }
        store.changeFailed(down, List.of());
        return new InvalidationOutcome(false, OptionalLong.empty());
    }

    private long[] tickets(List<String> ids) {
        return near == null ? new long[0] : ids.stream().mapToLong(near::ticket).toArray();
    }

    private void drop(List<String> ids, long[] tickets) {
        for (int i = 0; i < tickets.length; i++) {
            change(ids.get(i), null, tickets[i]);
        }
    }

    private void change(String id, byte @Nullable [] envelope, long ticket) {
        if (near != null) {
            near.change(id, envelope, ticket);
        }
    }
}
