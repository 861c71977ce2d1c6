package io.cachemigrator.cache.tier.redis;

import io.cachemigrator.cache.config.RedisConfig;
import io.cachemigrator.cache.tier.ChangeListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.XAddParams;
import redis.clients.jedis.params.XReadParams;

/**
 * Follows the log of changes on a connection of its own, and tells a listener of those that other processes made.
 *
 * <p>The log is a stream. The follower remembers the last record that it has read, its anchor, and reads from there,
 * inclusive: when the anchor is still there unchanged, so is everything after it, since a stream is trimmed from its old end.
 * When it is not (trimmed, server restarted empty, replaced by one that had not got everything), changes were missed.
 */
final class ChangeLog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ChangeLog.class);
    private static final int PAGE = 1_000;
    private static final Duration RECONNECT = Duration.ofMillis(200);
    private static final byte[] NEWEST = Wire.bytes("+");
    private static final byte[] OLDEST = Wire.bytes("-");

    private final Supplier<UnifiedJedis> connect;
    private final RedisKeys keys;
    private final String writer;
    private final CopyMarks marks;
    private final ChangeListener listener;
    private final LateChanges late;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "cache-redis-log");
    private volatile @Nullable Long heardUntil;
    private @Nullable LogRecord anchor;
    private long renewedAt;
    private long lookedAt;

    /** Follows the log from its end, from now on. */
    ChangeLog(RedisConfig config, RedisKeys keys, String writer, CopyMarks marks, ChangeListener listener) {
        this.connect = () -> RedisClients.open(config, 1);
        this.keys = keys;
        this.writer = writer;
        this.marks = marks;
        this.listener = listener;
        this.late = new LateChanges(listener);
        marks.follow();
        thread.setDaemon(true);
        thread.start();
    }

    /** The {@link System#nanoTime()} up to which every change was told; null before the log was read first. */
    @Nullable
    Long heardUntilNanos() {
        return heardUntil;
    }

    private void run() {
        boolean told = false;
        while (closing.getCount() > 0) {
            try (UnifiedJedis own = connect.get()) {
                told = false;
                follow(own);
            } catch (JedisException lost) {
                if (!told && closing.getCount() > 0) {
                    told = true;
                    LOG.info(
                            "The log of changes cannot be read; copies are checked with Redis until it can: {}",
                            lost.getClass().getSimpleName());
                }
            } catch (RuntimeException unexpected) {
                LOG.error("The log of changes cannot be followed; it is tried again.", unexpected);
            }
            pause();
        }
    }

    private void pause() {
        try {
            closing.await(RECONNECT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            closing.countDown();
        }
    }

    private void follow(UnifiedJedis own) {
        renewedAt = System.nanoTime() - CopyMarks.RENEWAL.toNanos();
        lookedAt = renewedAt;
        while (closing.getCount() > 0) {
            long asked = System.nanoTime();
            if (asked - lookedAt >= CopyMarks.LOOK.toNanos()) {
                lookAtMarks(own, asked);
            }
            if (!read(own)) {
                continue;
            }
            late.tellDue(asked);
            heardUntil = asked;
            waitForMore(own);
        }
    }

    /** Without marks, changes are not logged. */
    private void lookAtMarks(UnifiedJedis own, long now) {
        if (now - renewedAt >= CopyMarks.RENEWAL.toNanos() || !marks.areThere(own)) {
            if (!marks.renew(own)) {
                listener.missed();
            }
            renewedAt = now;
        }
        lookedAt = now;
    }

    /** Reads a page; whether the end of the log was reached. */
    private boolean read(UnifiedJedis own) {
        @Nullable LogRecord from = anchor;
        if (from == null) {
            start(own);
            return true;
        }
        List<Object> page = own.xrange(keys.log(), from.id(), NEWEST, PAGE);
        List<LogRecord> records = new ArrayList<>(page.size());
        page.forEach(each -> records.add(LogRecord.of(each)));
        if (records.isEmpty() || !records.get(0).equals(from)) {
            start(own);
            return true;
        }
        for (LogRecord record : records.subList(1, records.size())) {
            if (!record.isBy(writer)) {
                late.tell(record);
            }
            anchor = record;
        }
        return records.size() < PAGE;
    }

    /** Starts at the end of the log, which gets a first record when it has none; what was before is missed. */
    private void start(UnifiedJedis own) {
        List<Object> last = own.xrevrange(keys.log(), NEWEST, OLDEST, 1);
        if (last.isEmpty()) {
            own.xadd(keys.log(), XAddParams.xAddParams(), Map.of(Wire.bytes("w"), Wire.bytes(writer)));
            last = own.xrevrange(keys.log(), NEWEST, OLDEST, 1);
        }
        anchor = LogRecord.of(last.get(0));
        marks.renew(own);
        late.forget();
        listener.missed();
    }

    private void waitForMore(UnifiedJedis own) {
        @Nullable LogRecord from = anchor;
        if (from != null) {
            XReadParams params = XReadParams.xReadParams().count(1).block((int) RedisClients.BLOCK.toMillis());
            own.xreadBinary(params, Map.of(keys.log(), new StreamEntryID(from.position())));
        }
    }

    @Override
    public void close() {
        closing.countDown(); // a read that waits returns by itself
    }
}
