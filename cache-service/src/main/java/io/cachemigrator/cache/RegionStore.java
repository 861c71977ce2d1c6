package io.cachemigrator.cache;

import io.cachemigrator.cache.config.RegionConfig;
import io.cachemigrator.cache.envelope.Envelope;
import io.cachemigrator.cache.envelope.EnvelopeException;
import io.cachemigrator.cache.envelope.EnvelopeFormat;
import io.cachemigrator.cache.error.CacheErrorCode;
import io.cachemigrator.cache.error.InfrastructureException;
import io.cachemigrator.cache.tier.StoredEntry;
import io.cachemigrator.cache.tier.Tier;
import io.cachemigrator.cache.tier.TierUnavailableException;
import io.cachemigrator.cache.tier.memory.NearCopies;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads of one region over its tiers: the memory copies, where it has them, and the authoritative tier. Writes are
 * {@link RegionWrites}.
 */
final class RegionStore {
    /**
     * How long a memory copy answers without the authoritative tier being asked. It bounds how long another process's write
     * stays unseen; when that tier does not answer, copies are served until their deadline.
     */
    static final Duration TRUSTED = Duration.ofSeconds(2);

    private static final int RENEWAL_SHARE = 16;

    final RegionConfig config;
    final Tier authority;
    final @Nullable NearCopies near;
    final RegionCounters counters = new RegionCounters();
    private final boolean failOnConnectionError;

    RegionStore(RegionConfig config, Tier authority, @Nullable NearCopies near, boolean failOnConnectionError) {
        this.config = config;
        this.authority = authority;
        this.near = near;
        this.failOnConnectionError = failOnConnectionError;
    }

    Found find(String id) {
        @Nullable Found found = findAll(List.of(id)).get(id);
        return found == null ? new Found.Missing() : found;
    }

    /** As {@link #find}, for people and tools: from the authoritative tier, and without renewing anything. */
    Found inspect(String id) {
        try {
            byte @Nullable [] stored = authority.getAll(config, List.of(id)).get(id);
            return stored == null ? new Found.Missing() : read(stored, authority.name());
        } catch (TierUnavailableException down) {
            failed(down);
            throwIfAsked(down);
            return new Found.Down(down.reason());
        }
    }

    /** What is under each id, in the order given. */
    Map<String, Found> findAll(List<String> ids) {
        Map<String, Found> found = new LinkedHashMap<>();
        Map<String, byte[]> copies = new HashMap<>();
        List<String> open = new ArrayList<>(ids.size());
        for (String id : ids) {
            found.put(id, new Found.Missing());
            if (!answerFromCopy(id, found, copies)) {
                open.add(id);
            }
        }
        if (!open.isEmpty()) {
            askAuthority(open, found, copies);
        }
        return found;
    }

    /** Answers from a fresh copy; remembers an older one for the case that the authoritative tier does not answer. */
    private boolean answerFromCopy(String id, Map<String, Found> found, Map<String, byte[]> copies) {
        if (near == null) {
            return false;
        }
        NearCopies.@Nullable NearCopy copy = near.find(id);
        if (copy == null) {
            counters.tier("memory").misses.increment();
            return false;
        }
        boolean trusted = copy.ageNanos() >= 0 && copy.ageNanos() < TRUSTED.toNanos();
        if (!trusted || StoredEntry.isExpired(copy.envelope(), authority.nowMillis())) {
            counters.tier("memory").misses.increment();
            copies.put(id, copy.envelope());
            return false;
        }
        counters.tier("memory").hits.increment();
        found.put(id, classify(id, copy.envelope(), "memory"));
        return true;
    }

    private void askAuthority(List<String> ids, Map<String, Found> found, Map<String, byte[]> copies) {
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
            found.put(id, classify(id, envelope, authority.name()));
            if (near != null) {
                near.keep(id, envelope, tickets[i]);
            }
        }
    }

    private void answerWithout(
            TierUnavailableException down, List<String> ids, Map<String, Found> found, Map<String, byte[]> copies) {
        failed(down);
        for (String id : ids) {
            byte @Nullable [] copy = copies.get(id);
            Found answer = copy == null ? new Found.Missing() : classify(id, copy, "memory");
            if (answer instanceof Found.Missing) {
                counters.unavailable.increment();
                answer = new Found.Down(down.reason());
                throwIfAsked(down);
            }
            found.put(id, answer);
        }
    }

    private Found classify(String id, byte[] stored, String tier) {
        Found found = read(stored, tier);
        return found instanceof Found.Live live && live.envelope().isSliding()
                ? new Found.Live(renewed(id, live.envelope(), authority.nowMillis()), tier)
                : found;
    }

    Found read(byte[] stored, String tier) {
        Envelope envelope;
        try {
            envelope = EnvelopeFormat.decode(stored);
        } catch (EnvelopeException damaged) {
            return new Found.Damaged(String.valueOf(damaged.getMessage()));
        }
        if (envelope.payload().length > config.maxValueBytes()) {
            return new Found.Damaged("the payload has " + envelope.payload().length + " bytes, more than the "
                    + config.maxValueBytes() + " that this region admits");
        }
        if (!envelope.isPlain()) {
            return new Found.Damaged("the payload is compressed or encrypted, which this version does not read");
        }
        long now = authority.nowMillis();
        if (!StoredEntry.isExpired(stored, now)) {
            return new Found.Live(envelope, tier);
        }
        boolean allowed =
                now < StoredEntry.removalMillis(stored, config.staleAllowance().toMillis());
        return allowed ? new Found.Past(envelope) : new Found.Missing();
    }

    /** Moves the deadline of a sliding entry, though not at every read: only once a sixteenth of its idle time is used up. */
    private Envelope renewed(String id, Envelope envelope, long now) {
        long idle = idleMillis(envelope);
        boolean due = idle > 0 && now + idle - envelope.deadlineMillis() >= Math.max(1, idle / RENEWAL_SHARE);
        if (!due || envelope.deadlineMillis() == Envelope.NO_DEADLINE) {
            return envelope;
        }
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

    private static long idleMillis(Envelope envelope) {
        @Nullable String idle = envelope.metadata().get(Envelope.IDLE_KEY);
        try {
            return idle == null ? 0 : Long.parseLong(idle);
        } catch (NumberFormatException notOurs) {
            return 0;
        }
    }

    /** Whether a live entry is there; the value is not read. */
    boolean exists(String id) {
        try {
            return authority.exists(config, id);
        } catch (TierUnavailableException down) {
            failed(down);
            NearCopies.@Nullable NearCopy copy = near == null ? null : near.find(id);
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
