package io.cachemigrator.cache;

import io.cachemigrator.cache.config.RegionConfig;
import io.cachemigrator.cache.envelope.Envelope;
import io.cachemigrator.cache.envelope.EnvelopeException;
import io.cachemigrator.cache.envelope.EnvelopeFormat;
import io.cachemigrator.cache.envelope.PayloadSeal;
import io.cachemigrator.cache.error.CacheErrorCode;
import io.cachemigrator.cache.error.InfrastructureException;
import io.cachemigrator.cache.tier.StoredEntry;
import io.cachemigrator.cache.tier.Tier;
import io.cachemigrator.cache.tier.TierUnavailableException;
import io.cachemigrator.cache.tier.memory.HeldEntry;
import io.cachemigrator.cache.tier.memory.MemoryEntries;
import io.cachemigrator.cache.tier.memory.MemoryTier;
import io.cachemigrator.cache.tier.memory.NearCopies;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads of one region over its tiers: the memory copies, where it has them, and the authoritative tier. Writes are
 * {@link RegionWrites}.
 */
final class RegionStore {
    /**
     * How long a memory copy answers without the authoritative tier being asked: since that tier last told of the changes by
     * others, or, where it cannot tell of them, since the copy was made. It bounds how long another process's write stays
     * unseen; when that tier does not answer, copies are served until their deadline.
     */
    static final Duration TRUSTED = Duration.ofSeconds(2);

    final RegionConfig config;
    final Tier authority;
    /** What is in memory, whether it is the authority or holds copies; null = this region does not use memory. */
    final @Nullable MemoryEntries memory;

    final @Nullable NearCopies near;
    final PayloadSeal seal;
    final RegionCounters counters;
    private final boolean failOnConnectionError;

    RegionStore(
            RegionConfig config,
            Tier authority,
            @Nullable MemoryEntries memory,
            @Nullable NearCopies near,
            PayloadSeal seal,
            RegionCounters counters,
            boolean failOnConnectionError) {
        this.config = config;
        this.counters = counters;
        this.authority = authority;
        this.memory = memory;
        this.near = near;
        this.seal = seal;
        this.failOnConnectionError = failOnConnectionError;
    }

    Found find(String id) {
        return memory == null ? findInAuthority(id) : findAll(List.of(id)).getOrDefault(id, new Found.Missing());
    }

    /** The short way for one id where nothing is kept in memory. */
    private Found findInAuthority(String id) {
        byte @Nullable [] stored;
        try {
            stored = authority.getAll(config, List.of(id)).get(id);
        } catch (TierUnavailableException down) {
            failed(down);
            counters.unavailable.increment();
            throwIfAsked(down);
            return new Found.Down(down.reason());
        }
        RegionCounters.TierCounters tier = counters.tier(authority.name());
        (stored == null ? tier.misses : tier.hits).increment();
        return stored == null ? new Found.Missing() : classify(id, stored, authority.name(), null);
    }

    /** As {@link #find}, for people and tools: from the authoritative tier, and without renewing anything. */
    Found inspect(String id) {
        try {
            byte @Nullable [] stored = authority.getAll(config, List.of(id)).get(id);
            return stored == null ? new Found.Missing() : read(id, stored, authority.name(), null);
        } catch (TierUnavailableException down) {
            failed(down);
            throwIfAsked(down);
            return new Found.Down(down.reason());
        }
    }

    /** What a live entry has left by the clock that its deadline is of; null in it = it stays. */
    Lookup<Duration> timeToLive(String id) {
        Found found = inspect(id);
        if (found instanceof Found.Live live) {
            long deadline = live.envelope().deadlineMillis();
            return deadline == Envelope.NO_DEADLINE
                    ? new Lookup.Present<>(null, null)
                    : new Lookup.Present<>(
                            Duration.ofMillis(Math.max(1, deadline - authority.nowMillis())),
                            Instant.ofEpochMilli(deadline));
        } else if (found instanceof Found.Down down) {
            return new Lookup.Unavailable<>(down.reason());
        } else if (found instanceof Found.Damaged damaged) {
            return new Lookup.Undecodable<>(damaged.kind(), damaged.reason());
        }
        return new Lookup.Absent<>();
    }

    /** As {@link #inspect} for several ids in one round trip. */
    Map<String, Found> inspectAll(List<String> ids) {
        Map<String, Found> found = new LinkedHashMap<>();
        try {
            Map<String, byte[]> stored = authority.getAll(config, ids);
            for (String id : ids) {
                byte @Nullable [] bytes = stored.get(id);
                found.put(id, bytes == null ? new Found.Missing() : read(id, bytes, authority.name(), null));
            }
        } catch (TierUnavailableException down) {
            failed(down);
            throwIfAsked(down);
            ids.forEach(id -> found.put(id, new Found.Down(down.reason())));
        }
        return found;
    }

    /** What is under each id, in the order given. */
    Map<String, Found> findAll(List<String> ids) {
        Map<String, Found> found = new LinkedHashMap<>();
        Map<String, HeldEntry> copies = new HashMap<>();
        List<String> open = new ArrayList<>(ids.size());
        for (String id : ids) {
            found.put(id, new Found.Missing());
            if (!answerFromMemory(id, found, copies)) {
                open.add(id);
            }
        }
        if (!open.isEmpty()) {
            askAuthority(open, found, copies);
        }
        return found;
    }

    /**
     * Answers from memory, if memory is the authority or its copy may be trusted; remembers any other copy for the case that
     * the authoritative tier does not answer.
     */
    private boolean answerFromMemory(String id, Map<String, Found> found, Map<String, HeldEntry> copies) {
        if (memory == null) {
            return false;
        }
        long epoch = memory.epoch();
        @Nullable HeldEntry held = memory.find(id);
        RegionCounters.TierCounters tier = counters.tier(MemoryTier.NAME);
        if (held == null) {
            tier.misses.increment();
            return near == null;
        }
        long trusted = near == null ? Long.MAX_VALUE : trustedNanos(held);
        if (trusted <= 0 || (near != null && StoredEntry.isExpired(held.envelope(), authority.nowMillis()))) {
            tier.misses.increment();
            copies.put(id, held);
            return false;
        }
        tier.hits.increment();
        Found answer = classify(id, held.envelope(), MemoryTier.NAME, held);
        if (answer instanceof Found.Live live) {
            long end = live.envelope().deadlineMillis() - Sliding.untouchedMillis(live.envelope());
            memory.keepFresh(held, epoch, Math.min(trusted, leftNanos(end)));
        }
        found.put(id, answer);
        return true;
    }

    /**
     * An entry in memory that a look at the clocks finds to be live and to be trusted; null says nothing but: {@link #find} it.
     * Makes no object.
     */
    @Nullable
    HeldEntry findLive(String id) {
        if (memory == null) {
            return null;
        }
        long epoch = memory.epoch();
        @Nullable HeldEntry held = memory.find(id);
        if (held == null || held.isSliding()) {
            return null;
        }
        long span = near == null ? Long.MAX_VALUE : trustedNanos(held);
        span = Math.min(span, leftNanos(held.deadlineMillis()));
        if (span <= 0) {
            return null;
        }
        memory.keepFresh(held, epoch, span);
        return held;
    }

    /** For how long a copy answers without the authoritative tier being asked; zero or less = it has to be. */
    private long trustedNanos(HeldEntry copy) {
        MemoryEntries copies = Objects.requireNonNull(memory);
        @Nullable Long heard = authority.heardUntilNanos();
        long trusted = heard == null ? Long.MAX_VALUE : TRUSTED.toNanos() - (System.nanoTime() - heard);
        if (heard != null && copies.clockRuns()) {
            return trusted;
        }
        long age = copies.ageNanos(copy);
        return age < 0 ? 0 : Math.min(trusted, TRUSTED.toNanos() - age);
    }

    private long leftNanos(long deadlineMillis) {
        return deadlineMillis < 0
                ? Long.MAX_VALUE
                : TimeUnit.MILLISECONDS.toNanos(deadlineMillis - authority.nowMillis());
    }

    private void askAuthority(List<String> ids, Map<String, Found> found, Map<String, HeldEntry> copies) {
        long[] tickets = near == null
                ? new long[0]
                : ids.stream().mapToLong(near::ticket).toArray();
        Map<String, byte[]> stored;
        try {
            stored = authority.getAll(config, ids);
        } catch (TierUnavailableException down) {
            answerWithout(down, ids, found, copies);
            return;
        }
        RegionCounters.TierCounters tier = counters.tier(authority.name());
        for (int i = 0; i < ids.size(); i++) {
            String id = ids.get(i);
            byte @Nullable [] envelope = stored.get(id);
            (envelope == null ? tier.misses : tier.hits).increment();
            if (envelope == null) {
                continue;
            }
            found.put(id, classify(id, envelope, authority.name(), null));
            if (near != null) {
                near.keep(id, envelope, tickets[i]);
            }
        }
    }

    private void answerWithout(
            TierUnavailableException down, List<String> ids, Map<String, Found> found, Map<String, HeldEntry> copies) {
        failed(down);
        for (String id : ids) {
            @Nullable HeldEntry copy = copies.get(id);
            Found answer = copy == null ? new Found.Missing() : classify(id, copy.envelope(), MemoryTier.NAME, copy);
            if (answer instanceof Found.Missing) {
                counters.unavailable.increment();
                answer = new Found.Down(down.reason());
                throwIfAsked(down);
            }
            found.put(id, answer);
        }
    }

    private Found classify(String id, byte[] stored, String tier, @Nullable HeldEntry held) {
        Found found = read(id, stored, tier, held);
        return found instanceof Found.Live live && live.envelope().isSliding()
                ? new Found.Live(renewed(id, live.envelope(), authority.nowMillis()), tier, held)
                : found;
    }

    Found read(String id, byte[] stored, String tier, @Nullable HeldEntry held) {
        Envelope envelope;
        try {
            envelope = seal.open(id, EnvelopeFormat.decode(stored));
        } catch (EnvelopeException damaged) {
            return new Found.Damaged(
                    damaged.kind() == EnvelopeException.Kind.NOT_ENCRYPTED
                            ? Lookup.Undecodable.Kind.NOT_ENCRYPTED
                            : Lookup.Undecodable.Kind.UNREADABLE,
                    String.valueOf(damaged.getMessage()));
        }
        long now = authority.nowMillis();
        if (!StoredEntry.isExpired(stored, now)) {
            return new Found.Live(envelope, tier, held);
        }
        boolean allowed =
                now < StoredEntry.removalMillis(stored, config.staleAllowance().toMillis());
        return allowed ? new Found.Past(envelope) : new Found.Missing();
    }

    private Envelope renewed(String id, Envelope envelope, long now) {
        if (!Sliding.isDue(envelope, now)) {
            return envelope;
        }
        long idle = Sliding.idleMillis(envelope);
        long ticket = near == null ? 0 : near.ticket(id);
        try {
            authority.expire(config, id, idle);
        } catch (TierUnavailableException down) {
            failed(down);
            return envelope;
        }
        if (near != null) {
            near.change(id, null, ticket);
        }
        return envelope.withDeadline(now + idle);
    }

    /** Whether a live entry is there; the value is not read. */
    boolean exists(String id) {
        try {
            return authority.exists(config, id);
        } catch (TierUnavailableException down) {
            failed(down);
            @Nullable HeldEntry copy = near == null ? null : near.find(id);
            if (copy != null && !StoredEntry.isExpired(copy.envelope(), authority.nowMillis())) {
                return true;
            }
            counters.unavailable.increment();
            throwIfAsked(down);
            return false;
        }
    }

    /** Counts a failure of the authoritative tier. */
    void failed(TierUnavailableException down) {
        counters.tier(authority.name()).errors.increment();
    }

    /** Throws when the configuration asks for exceptions. */
    void throwIfAsked(TierUnavailableException down) {
        if (failOnConnectionError) {
            throw new InfrastructureException(
                    CacheErrorCode.STORE_UNAVAILABLE,
                    "Region '" + config.name() + "' cannot use its " + authority.name() + " tier: " + down.reason()
                            + ". Check that the store runs and admits this client; the next call tries again.",
                    Map.of("region", config.name(), "tier", authority.name()),
                    down);
        }
    }

    /** A write or another change that could not be made: what copies hold may no longer be true. */
    void changeFailed(TierUnavailableException down, Collection<String> ids) {
        failed(down);
        counters.unavailable.increment();
        if (near != null) {
            for (String id : ids) {
                near.change(id, null, near.ticket(id));
            }
        }
        throwIfAsked(down);
    }
}
