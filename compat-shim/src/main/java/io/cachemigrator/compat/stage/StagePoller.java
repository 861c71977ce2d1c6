package io.cachemigrator.compat.stage;

import io.cachemigrator.compat.deprecation.LegacyUsage;
import io.cachemigrator.compat.deprecation.UsageText;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the stage every half a second on a thread of its own, so that a call only reads a field, and all calls of the
 * process change over at once. Reports what has been seen, once no call is on its way that was begun under another stage.
 * While the stage cannot be read, the one that was stays. Thread safe.
 */
final class StagePoller implements StageSource, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StagePoller.class);
    /** So that a change is seen within two seconds, however slow the place answers once. */
    static final Duration INTERVAL = Duration.ofMillis(500);

    private static final Duration HEARTBEAT = Duration.ofSeconds(2);
    private static final Duration USAGE_EVERY = Duration.ofSeconds(10);

    private final StagePlace place;
    private final @Nullable Stage override;
    private final String process = processId();
    private final List<StageFollower> followers = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService executor;
    private volatile Stage current;
    private Stage seen;
    private @Nullable StagePresence reported;
    private long reportedAt;
    private @Nullable String complaint;
    private long callsReported;
    private long usageAt = System.nanoTime() - USAGE_EVERY.toNanos();
    private boolean usageFailed;

    private StagePoller(StagePlace place, @Nullable Stage override, Stage first) {
        this.place = place;
        this.override = override;
        this.current = first;
        this.seen = first;
        this.executor = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "cache-stage");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Looks at once and from then on.
     *
     * @param override stage that the environment demands; null = none, the place decides
     * @param unset stage where none was ever set
     * @param unknown stage as long as it has never been read; null = throw then
     * @throws StageUnreadableException if it cannot be read, and {@code unknown} is null
     */
    static StagePoller start(StagePlace place, @Nullable Stage override, Stage unset, @Nullable Stage unknown) {
        StagePoller poller = new StagePoller(place, override, first(place, override, unset, unknown));
        // whoever changes the stage waits for those who have reported: so report, and look again after that
        poller.look();
        poller.look();
        var unused = poller.executor.scheduleWithFixedDelay(
                poller::look, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        return poller;
    }

    private static Stage first(StagePlace place, @Nullable Stage override, Stage unset, @Nullable Stage unknown) {
        if (override != null) {
            return override;
        }
        try {
            return place.read().orElse(unset);
        } catch (StageUnreadableException e) {
            if (unknown == null) {
                throw e;
            }
            LOG.error("{} Until it can be read, the stage is {}", e.getMessage(), unknown.text());
            return unknown;
        }
    }

    @Override
    public Stage current() {
        return current;
    }

    /** Counts in what is reported: the stage is not seen before it follows. */
    void add(StageFollower follower) {
        followers.add(follower);
    }

    void remove(StageFollower follower) {
        followers.remove(follower);
    }

    synchronized void look() {
        try {
            if (override == null) {
                current = place.read().orElse(current);
            }
            Stage now = current;
            boolean followed = true;
            for (StageFollower follower : followers) {
                followed &= follower.follow(now);
            }
            seen = followed ? now : seen;
            report();
            reportUsage();
            complaint = null;
        } catch (StageUnreadableException e) {
            complain(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            // the next look must come whatever happens
            LOG.error("The stage could not be looked at; it is tried again", e);
        }
    }

    private void report() {
        long behind = followers.stream().mapToLong(StageFollower::behind).sum();
        StagePresence presence = new StagePresence(process, seen, override != null, behind);
        boolean due = System.nanoTime() - reportedAt >= HEARTBEAT.toNanos();
        if (due || !presence.equals(reported)) {
            place.report(presence);
            reported = presence;
            reportedAt = System.nanoTime();
        }
    }

    /** Which legacy call sites are alive, for {@code migrator status}. That it cannot be told changes nothing else. */
    private void reportUsage() {
        long calls = LegacyUsage.shared().calls();
        if (calls == callsReported || System.nanoTime() - usageAt < USAGE_EVERY.toNanos()) {
            return;
        }
        usageAt = System.nanoTime();
        try {
            place.reportUsage(process, UsageText.of(LegacyUsage.shared().snapshot()));
            callsReported = calls;
            usageFailed = false;
        } catch (StageUnreadableException e) {
            if (!usageFailed) {
                LOG.warn("Legacy calls are not told to `migrator status`: {}", e.getMessage());
                usageFailed = true;
            }
        }
    }

    private void complain(String reason) {
        if (!Objects.equals(reason, complaint)) {
            LOG.error("{} The stage stays {}", reason, current.text());
            complaint = reason;
        }
    }

    /** Its number, its host as far as the virtual machine knows it, and what tells apart what has both in common. */
    private static String processId() {
        String name = ManagementFactory.getRuntimeMXBean().getName().replaceAll("[^A-Za-z0-9.@-]", "-");
        return String.format(
                Locale.ROOT,
                "%s-%s",
                name.substring(0, Math.min(80, name.length())),
                UUID.randomUUID().toString().substring(0, 8));
    }

    @Override
    public void close() {
        executor.shutdownNow();
        place.close();
    }
}
