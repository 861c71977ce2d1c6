package io.cachemigrator.cache.loading;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** For which ids a load has failed a short while ago, so that their stale values are served without another. Thread safe. */
public final class FailurePauses {
    private static final int MANY = 10_000;

    private final LongSupplier ticker;
    private final Map<String, Long> until = new ConcurrentHashMap<>();

    /**
     * None yet.
     *
     * @param ticker nanoseconds
     */
    public FailurePauses(LongSupplier ticker) {
        this.ticker = ticker;
    }

    /** A load has failed. */
    public void begin(String id, Duration pause) {
        if (pause.isZero()) {
            return;
        }
        long now = ticker.getAsLong();
        if (until.size() >= MANY) {
            until.values().removeIf(end -> end - now <= 0);
        }
        if (until.size() < MANY) {
            until.put(id, now + pause.toNanos());
        }
    }

    /** A load has succeeded. */
    public void end(String id) {
        if (!until.isEmpty()) {
            until.remove(id);
        }
    }

    /** Whether the loader is not to be asked yet. */
    public boolean lasts(String id) {
        if (until.isEmpty()) {
            return false;
        }
        @Nullable Long end = until.get(id);
        return end != null && end - ticker.getAsLong() > 0;
    }
}
