package io.cachemigrator.compat.stage;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keys whose latest state a mirror could not hand over. They are tried again until it can, in bounds; beyond them, a
 * comparison of both stores has to find what differs. Thread safe.
 */
final class MissedChanges implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MissedChanges.class);
    private static final int MOST = 100_000;
    private static final int BATCH = 200;
    private static final long INTERVAL_MILLIS = 500;

    private final Map<String, Mirror> keys = new LinkedHashMap<>();
    private @Nullable ScheduledExecutorService retries;
    private volatile boolean any;
    private boolean overflown;
    private long failures;
    private boolean closed;

    /** Changes that were not taken at once. */
    synchronized long failures() {
        return failures;
    }

    /** Keys whose latest state the other store may lack; at least one when nobody knows which. */
    synchronized long count() {
        return overflown ? Math.max(1, keys.size()) : keys.size();
    }

    /** Whether the latest state of a key may be missing in the other store. */
    boolean contains(String key) {
        if (!any) {
            return false;
        }
        synchronized (this) {
            return overflown || keys.containsKey(key);
        }
    }

    /** Notes keys, to be tried again by the mirror. */
    synchronized void add(Mirror mirror, Collection<String> missed, String reason) {
        if (!any) {
            LOG.warn("The other layout misses changes: {}. They are handed over when it takes them again.", reason);
        }
        failures += missed.size();
        note(mirror, missed);
    }

    /** Notes keys of which it is not known whether they were changed: that is no failure of the mirror. */
    synchronized void doubt(Mirror mirror, Collection<String> doubtful) {
        note(mirror, doubtful);
    }

    private void note(Mirror mirror, Collection<String> missed) {
        any = true;
        for (String key : missed) {
            if (keys.size() >= MOST && !keys.containsKey(key)) {
                overflow();
            } else {
                keys.put(key, mirror);
            }
        }
        if (retries == null && !closed) {
            retries = Executors.newSingleThreadScheduledExecutor(task -> {
                Thread thread = new Thread(task, "cache-mirror");
                thread.setDaemon(true);
                return thread;
            });
            var unused = retries.scheduleWithFixedDelay(
                    this::tryAgain, INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** Notes that keys are missed which nobody knows. */
    synchronized void addAll(String reason) {
        failures++;
        LOG.warn("The other layout could not be cleared: {}.", reason);
        any = true;
        overflow();
    }

    private void overflow() {
        if (!overflown) {
            LOG.error(
                    "The other layout misses more changes than are remembered. Copy and compare the two before the stage is"
                            + " changed.");
        }
        overflown = true;
    }

    /** Notes that the latest states of keys were handed over. */
    void made(Collection<String> made) {
        if (any) {
            synchronized (this) {
                made.forEach(keys::remove);
                if (keys.isEmpty() && !overflown) {
                    any = false;
                    LOG.info("The other layout takes changes again, and has those that it missed");
                }
            }
        }
    }

    /** Gives up what is missed: from now on the other layout is not kept alike. */
    synchronized void giveUp() {
        if (any) {
            LOG.warn(
                    "{} changes are not handed over to the other layout, which this stage does not keep up.",
                    overflown ? "Unknown" : String.valueOf(keys.size()));
            keys.clear();
            overflown = false;
            any = false;
        }
    }

    private void tryAgain() {
        try {
            Map<Mirror, List<String>> batch = new LinkedHashMap<>();
            synchronized (this) {
                keys.entrySet().stream()
                        .limit(BATCH)
                        .forEach(entry -> batch.computeIfAbsent(entry.getValue(), mirror -> new ArrayList<>())
                                .add(entry.getKey()));
            }
            batch.forEach(Mirror::repeatMissed);
        } catch (RuntimeException e) {
            LOG.error("Changes that a mirror missed could not be handed over; they are tried again", e);
        }
    }

    @Override
    public void close() {
        ScheduledExecutorService running;
        synchronized (this) {
            closed = true;
            running = retries;
            if (!keys.isEmpty() || overflown) {
                LOG.warn(
                        "{} changes were not handed over to the other layout. Copy and compare the two before the stage is"
                                + " changed.",
                        overflown ? "Unknown" : String.valueOf(keys.size()));
            }
        }
        if (running != null) {
            running.shutdownNow();
        }
    }
}
