package io.cachemigrator.cache.tier.redis;

import io.cachemigrator.cache.envelope.EnvelopeFormat;
import io.cachemigrator.cache.tier.TierUnavailableException;
import io.cachemigrator.cache.tier.redis.RedisLink.Repeat;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** The time by the server that keeps the records of invalidations, and the newest time seen there. Thread safe. */
final class RedisTime {
    /** Entries that claim to be newer by more are not believed. */
    private static final long BELIEVED = Duration.ofHours(1).toNanos() / 1_000;

    /** An answer that took longer, as a connection was opened, say, is asked for again. */
    private static final long DOUBTFUL = Duration.ofMillis(2).toNanos() / 1_000;

    private static final int TRIES = 3;
    private static final long DRIFT = Duration.ofMillis(50).toNanos() / 1_000;

    private final RedisLink link;
    private final List<byte[]> node;
    private final long patienceMicros;
    private final ServerTime estimate = new ServerTime();
    private final AtomicLong newestSeen = new AtomicLong();

    RedisTime(RedisKeys keys, RedisLink link) {
        this.link = link;
        this.node = List.of(keys.log());
        this.patienceMicros = link.config().socketTimeout().toNanos() / 1_000;
    }

    /** Asks the server when that was not done lately. */
    void keep() throws TierUnavailableException {
        if (estimate.isDue()) {
            ask();
        }
    }

    /** Asks the server. */
    void ask() throws TierUnavailableException {
        for (int i = 0; i < TRIES && (i == 0 || estimate.doubtMicros() > DOUBTFUL); i++) {
            long asked = System.nanoTime();
            Object answer = link.run(RedisScript.TIME, node, List.of(), Repeat.SAFE);
            estimate.read((List<?>) answer, asked, i > 0);
        }
    }

    /** Whether the server was ever asked. */
    boolean isKnown() {
        return estimate.isKnown();
    }

    long millis() {
        return estimate.millis();
    }

    /** The server's time at a time of this process, in microseconds since the epoch; never ahead of it. */
    long micros(long nanos) {
        return estimate.micros(nanos);
    }

    /** The same, never behind it: for deletions and invalidations, of which errors may only cost a load. */
    long latestMicros(long nanos) {
        return micros(nanos) + estimate.doubtMicros() + DRIFT;
    }

    /** After this time of the server nobody waits for the answer to a call made now. */
    long lastMoment() {
        return micros(System.nanoTime()) + patienceMicros;
    }

    /** Takes note of an entry that this process has seen. */
    void seen(byte[] envelope) {
        if (EnvelopeFormat.isReadable(envelope)) {
            seen(EnvelopeFormat.created(envelope));
        }
    }

    void seen(long created) {
        if (created > newestSeen.get() && created < micros(System.nanoTime()) + BELIEVED) {
            newestSeen.accumulateAndGet(created, Math::max);
        }
    }

    /** The creation of the newest entry that this process has seen. */
    long newestSeen() {
        return newestSeen.get();
    }
}
