package io.cachemigrator.migrator.data;

import io.cachemigrator.migrator.error.MigratorException;
import io.cachemigrator.migrator.journal.SettingRecord;
import io.cachemigrator.migrator.project.Notifications;
import io.cachemigrator.migrator.project.StoreUri;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Follows what applications change in a legacy Redis store while it is copied, by the keyspace notifications of its servers: what was
 * changed, deleted or has expired is copied or removed again by a thread of its own. Notifications may be lost with their
 * connection, and there may be too many of them: then it says so, and only a pass over everything is good enough.
 */
public final class Following implements AutoCloseable {
    private static final int MOST_KEYS = 100_000;
    private static final int BATCH = 500;
    private static final long IDLE_NANOS = Duration.ofMillis(5).toNanos();
    private static final Duration RETRY = Duration.ofMillis(500);
    private static final long SETTLE_NANOS = Duration.ofMillis(2).toNanos();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long DEAF = -1;

    private final DataCopy.Options options;
    private final Notifications mode;
    private final StoreUri legacy;
    private final Steering steering;
    private final ChangedKeys changed = new ChangedKeys(MOST_KEYS);
    private final AtomicLong gaps = new AtomicLong();
    private final Thread copying;
    private volatile List<KeyspaceEvents> servers = List.of();
    private volatile boolean listening;
    private volatile boolean closed;
    private volatile boolean catchingUp;

    private Following(DataCopy.Options options, Notifications mode) {
        this.options = options;
        this.mode = mode;
        this.legacy = options.stores().legacy();
        this.steering = new Steering(options);
        this.copying = new Thread(this::copy, "follow");
        copying.setDaemon(true);
    }

    /** Begins to listen, before the first key is read; says where that is not possible. */
    static Following open(DataCopy.Options options, Notifications mode) {
        Following following = new Following(options, mode);
        boolean possible = mode != Notifications.OFF && following.legacy.kind().isRedis();
        if (possible && following.listen()) {
            options.progress().line("  data: changes are followed by keyspace notifications");
            following.copying.start();
        }
        return following;
    }

    /** Connects to every server; false when one of them tells nothing. */
    private boolean listen() {
        List<KeyspaceEvents> opened = new ArrayList<>();
        String pattern = options.maps().onlyScanPattern();
        try {
            List<RedisLink> links = RedisLink.openAll(legacy, "legacy");
            for (RedisLink link : links) {
                String flags = flags(link);
                if (flags == null) {
                    links.forEach(RedisLink::close);
                    return false;
                }
                opened.add(KeyspaceEvents.open(link, flags, pattern == null ? "*" : pattern, this::note, this::lost));
            }
        } catch (MigratorException e) {
            opened.forEach(KeyspaceEvents::close);
            return false;
        }
        servers = List.copyOf(opened);
        listening = opened.stream().allMatch(KeyspaceEvents::isAlive);
        return listening;
    }

    /** What a server sends, switched on where that is wanted; null when it is not enough. */
    private @Nullable String flags(RedisLink link) {
        String flags = KeyspaceSetting.read(link);
        if (KeyspaceSetting.isEnough(flags) || flags == null || mode != Notifications.ENABLE) {
            return KeyspaceSetting.isEnough(flags) ? flags : null;
        }
        String enabled = KeyspaceSetting.enable(link, flags, options.journal(), options.runId());
        boolean enough = KeyspaceSetting.isEnough(enabled);
        options.progress()
                .line("  data: " + KeyspaceSetting.NAME + " on " + link.server()
                        + (enough ? " is switched on for this run" : " cannot be switched on"));
        return enough ? enabled : null;
    }

    private void note(byte[] key) {
        if (options.maps().keySpace(key) != null && !changed.note(key)) {
            gaps.incrementAndGet();
            options.progress()
                    .line("  data: more than " + MOST_KEYS
                            + " keys changed faster than they can be followed; a pass over all"
                            + " of them will find what was missed");
        }
    }

    private void lost() {
        listening = false;
        gaps.incrementAndGet();
        options.progress()
                .line(
                        "  data: the notifications of the legacy store were lost; a pass over all keys will find what was missed");
    }

    private void copy() {
        try (CopyWorker worker = CopyWorker.open(options, new SourceLatency(System.nanoTime()))) {
            while (!closed) {
                if (!listening) {
                    listenAgain();
                }
                steering.look();
                if (steering.paused() && !catchingUp) {
                    LockSupport.parkNanos(RETRY.toNanos());
                    continue;
                }
                List<byte[]> keys = changed.take(BATCH);
                if (keys.isEmpty()) {
                    LockSupport.parkNanos(IDLE_NANOS);
                } else {
                    CopyWorker.PageResult unused = worker.copy(Partners.with(options.maps(), keys));
                    changed.done();
                }
            }
        } catch (RuntimeException e) {
            // whatever it is, the copy and its passes meet it too, and it is theirs to tell
            giveUp(e);
        }
    }

    private void giveUp(RuntimeException e) {
        listening = false;
        gaps.incrementAndGet();
        if (!closed) {
            closed = true;
            options.progress().line("  data: changes are no longer followed: " + e.getMessage());
        }
    }

    private void listenAgain() {
        LockSupport.parkNanos(RETRY.toNanos());
        servers.forEach(KeyspaceEvents::close);
        if (listen()) {
            options.progress().line("  data: changes are followed by keyspace notifications again");
        }
    }

    /**
     * How often something may have been missed so far; less than 0 = it is being missed right now. Where two answers are the
     * same, nothing was missed in between.
     */
    long gaps() {
        long count = gaps.get();
        return !closed && listening ? count : DEAF;
    }

    /**
     * Waits until everything that was changed before is copied again.
     *
     * @return false when something may have been missed
     */
    boolean catchUp() {
        long before = gaps();
        if (before == DEAF || !stillTold()) {
            return false;
        }
        catchingUp = true;
        try {
            for (KeyspaceEvents server : servers) {
                if (!server.catchUp()) {
                    return false;
                }
            }
            long noted = changed.noted();
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (!changed.isDoneUpTo(noted)) {
                if (gaps() != before || System.nanoTime() - end > 0) {
                    return false;
                }
                options.lock().check();
                LockSupport.parkNanos(SETTLE_NANOS);
            }
            return gaps() == before;
        } finally {
            catchingUp = false;
        }
    }

    /** Nobody has switched the notifications off, and the servers are still those that have the keys. */
    private boolean stillTold() {
        try {
            List<String> now = new ArrayList<>();
            for (RedisLink link : RedisLink.openAll(legacy, "legacy")) {
                try (link) {
                    now.add(link.server().toString());
                    if (!KeyspaceSetting.isEnough(KeyspaceSetting.read(link))) {
                        lost();
                        return false;
                    }
                }
            }
            boolean same = now.equals(servers.stream()
                    .map(server -> server.link().server().toString())
                    .toList());
            if (!same) {
                lost();
            }
            return same;
        } catch (MigratorException e) {
            lost();
            return false;
        }
    }

    /** Ends, and sets back what was changed for it, unless another process leads the run by now and needs it. */
    @Override
    public void close() {
        closed = true;
        servers.forEach(KeyspaceEvents::close);
        try {
            if (copying.isAlive()) {
                copying.join(PATIENCE.toMillis());
            }
            List<SettingRecord> settings = options.journal().settings(options.runId());
            if (!settings.isEmpty()) {
                options.lock().check();
                KeyspaceSetting.restore(legacy, options.journal(), options.runId(), options.progress());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (MigratorException e) {
            // how the run ends is told already, and must not be hidden by this
            options.progress().line("  settings of the legacy store were not looked after: " + e.why());
        }
    }
}
