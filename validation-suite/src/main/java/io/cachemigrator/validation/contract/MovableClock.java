package io.cachemigrator.validation.contract;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock in UTC that stands until it is moved, for {@link CacheFixture#pass}. Thread safe. */
public final class MovableClock extends Clock {
    private volatile Instant now;

    /** Standing at an instant. */
    public MovableClock(Instant start) {
        this.now = start;
    }

    /** Moves it forward, or back by a negative span. */
    public synchronized void advance(Duration span) {
        now = now.plus(span);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    /** This clock: an instant is the same in every zone. */
    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }

    @Override
    public Instant instant() {
        return now;
    }
}
