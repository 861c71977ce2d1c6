package io.cachemigrator.cache;

import io.cachemigrator.cache.config.RegionConfig;
import io.cachemigrator.cache.error.CacheErrorCode;
import io.cachemigrator.cache.error.ValidationException;
import io.cachemigrator.cache.loading.WriteTickets;
import io.cachemigrator.cache.tier.Cleared;
import io.cachemigrator.cache.tier.EntryWrite;
import io.cachemigrator.cache.tier.Incremented;
import io.cachemigrator.cache.tier.Invalidated;
import io.cachemigrator.cache.tier.LoadFence;
import io.cachemigrator.cache.tier.PutCondition;
import io.cachemigrator.cache.tier.PutResult;
import io.cachemigrator.cache.tier.Tier;
import io.cachemigrator.cache.tier.TierUnavailableException;
import io.cachemigrator.cache.tier.TimedWrite;
import io.cachemigrator.cache.tier.memory.NearCopies;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Changes of one region: the authoritative tier first, then the memory copies. */
final class RegionWrites {
    private final RegionStore store;
    private final RegionConfig config;
    private final Tier authority;
    private final @Nullable NearCopies near;
    private final WriteTickets loads = new WriteTickets();

    RegionWrites(RegionStore store) {
        this.store = store;
        this.config = store.config;
        this.authority = store.authority;
        this.near = store.near;
    }

    /** The state of an id before it is loaded. */
    long ticket(String id) {
        return loads.ticket(id);
    }

    WriteOutcome put(List<EntryWrite> entries, PutCondition condition) {
        List<String> ids = entries.stream().map(EntryWrite::id).toList();
        return loads.change(ids, () -> putNow(ids, () -> authority.put(config, entries, condition)));
    }

    /** What is remembered of an entry before its loader is asked. */
    LoadTicket ticket(String id, long changes, Found seen) {
        long seenMicros = createdOf(seen);
        try {
            return new LoadTicket(changes, authority.fence(config, id, seenMicros));
        } catch (TierUnavailableException down) {
            return new LoadTicket(changes, new LoadFence(LoadFence.UNKNOWN, seenMicros));
        }
    }

    /** For each whether it was made; null when the authoritative tier could not be reached. */
    @Nullable
    List<Boolean> apply(List<TimedWrite> writes) {
        List<String> ids = writes.stream().map(TimedWrite::id).toList();
        return loads.change(ids, () -> applyNow(ids, writes));
    }

    private @Nullable List<Boolean> applyNow(List<String> ids, List<TimedWrite> writes) {
        long[] tickets = tickets(ids);
        try {
            List<Boolean> made = authority.apply(config, writes);
            drop(ids, tickets);
            return made;
        } catch (TierUnavailableException down) {
            store.changeFailed(down, ids);
            return null;
        }
    }

    /** Stores what a load has given, unless the id was changed since the load began, by whomever. */
    void putLoaded(EntryWrite entry, PutCondition condition, LoadTicket ticket) {
        @Nullable
        WriteOutcome unused = loads.storeUnlessChanged(
                entry.id(), ticket.changes(), () -> putLoadedNow(entry, condition, ticket.fence()));
    }

    private WriteOutcome putLoadedNow(EntryWrite entry, PutCondition condition, @Nullable LoadFence fence) {
        return putNow(
                List.of(entry.id()),
                () -> fence == null
                        ? authority.put(config, List.of(entry), condition)
                        : authority.putLoaded(config, entry, condition, fence));
    }

    private static long createdOf(Found seen) {
        if (seen instanceof Found.Live live) {
            return live.envelope().createdMicros();
        }
        if (seen instanceof Found.Past past) {
            return past.envelope().createdMicros();
        }
        return seen instanceof Found.Missing ? LoadFence.ABSENT : LoadFence.UNKNOWN;
    }

    /** A put into the authoritative tier. */
    private interface Put {
        PutResult make() throws TierUnavailableException;
    }

    private WriteOutcome putNow(List<String> ids, Put put) {
        long[] tickets = tickets(ids);
        PutResult result;
        try {
            result = put.make();
        } catch (TierUnavailableException down) {
            store.changeFailed(down, ids);
            return WriteOutcome.UNAVAILABLE;
        }
        if (result instanceof PutResult.Stored stored) {
            store.counters.puts.add(ids.size());
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
        return loads.change(ids, () -> deleteNow(ids));
    }

    private long deleteNow(List<String> ids) {
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
        return loads.change(id, () -> expireNow(id, ttlMillis));
    }

    private WriteOutcome expireNow(String id, long ttlMillis) {
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
        if (config.encrypted() && !config.acceptPlain()) {
            throw new ValidationException(
                    CacheErrorCode.ENCRYPTED_COUNTER,
                    "The region '" + config.name()
                            + "' is encrypted, and a store cannot add to what it cannot read. Keep"
                            + " counters in a region that is not encrypted.",
                    Map.of("region", config.name()));
        }
        return loads.change(id, () -> incrementNow(id, delta));
    }

    private CounterResult incrementNow(String id, long delta) {
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
        dropCopies();
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
        loads.changedAll();
        heardInvalidated(tags, atMicros);
    }

    /** Drops every copy after a change of which the ids are not known. */
    void dropCopies() {
        loads.changedAll();
        forgetCopies();
    }

    /**
     * Drops every copy: which of them are still true is not known. Loads go on, as what they find changed they do not store
     * in any case.
     */
    void forgetCopies() {
        if (near != null) {
            near.dropAll();
        }
    }

    /** Another process has written or removed entries. Loads find that out when they store. */
    void heardChanged(Collection<String> ids) {
        if (near != null) {
            ids.forEach(near::drop);
        }
    }

    /** Another process has invalidated tags. */
    void heardInvalidated(Collection<String> tags, long atMicros) {
        if (near != null) {
            near.invalidateTags(tags, atMicros);
        }
    }

    /** Another process has invalidated a prefix. */
    void heardInvalidated(String prefix, long atMicros) {
        if (near != null) {
            near.invalidatePrefix(prefix, atMicros);
        }
    }

    InvalidationOutcome invalidatePrefix(String prefix) {
        try {
            Invalidated invalidated = authority.invalidatePrefix(config, prefix);
            loads.changedAll();
            heardInvalidated(prefix, invalidated.atMicros());
            return new InvalidationOutcome(true, invalidated.entries());
        } catch (TierUnavailableException down) {
            return notRecorded(down);
        }
    }

    /** An invalidation that could not be made: which copies it meant is not known, so all are dropped. */
    InvalidationOutcome notRecorded(TierUnavailableException down) {
        dropCopies();
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

    /**
     * What a load saw before it asked its loader.
     *
     * @param changes state of the id
     * @param fence by which the authoritative tier finds out what has changed since; null = only this process changes it
     */
    record LoadTicket(long changes, @Nullable LoadFence fence) {
        /** Of a load that has not looked yet. */
        static final LoadTicket NONE = new LoadTicket(-1, null);
    }
}
