package io.cachemigrator.migrator.data;

import io.cachemigrator.migrator.error.MigratorException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import redis.clients.jedis.BinaryJedisPubSub;
import redis.clients.jedis.exceptions.JedisException;

/** What one server tells of its keys, over a connection of its own, until that is lost. */
final class KeyspaceEvents implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final byte[] MISS = ascii("keymiss");

    private final RedisLink link;
    private final Consumer<byte[]> changed;
    private final Runnable lost;
    private final byte[] prefix;
    private final boolean namesKeys;
    private final CountDownLatch begun = new CountDownLatch(1);
    private final Semaphore pongs = new Semaphore(0);
    private final Subscription subscription = new Subscription();
    private volatile boolean alive = true;
    private volatile boolean closed;

    private KeyspaceEvents(RedisLink link, String flags, Consumer<byte[]> changed, Runnable lost) {
        this.link = link;
        this.changed = changed;
        this.lost = lost;
        this.namesKeys = flags.contains("K");
        this.prefix =
                ascii((namesKeys ? "__keyspace@" : "__keyevent@") + link.uri().database() + "__:");
    }

    /**
     * Listens to a server whose notifications are on.
     *
     * @param flags its {@code notify-keyspace-events}
     * @param pattern glob of the keys that matter
     * @param changed told of every key that was changed, deleted or has expired, by another thread
     * @param lost told once when nothing more will come
     */
    static KeyspaceEvents open(RedisLink link, String flags, String pattern, Consumer<byte[]> changed, Runnable lost) {
        KeyspaceEvents events = new KeyspaceEvents(link, flags, changed, lost);
        byte[] channels = events.channels(pattern);
        Thread thread = new Thread(() -> events.listen(channels), "keyspace-events");
        thread.setDaemon(true);
        thread.start();
        if (!await(events.begun)) {
            events.alive = false;
        }
        return events;
    }

    private byte[] channels(String pattern) {
        byte[] keys = namesKeys ? pattern.getBytes(StandardCharsets.UTF_8) : ascii("*");
        byte[] channels = Arrays.copyOf(prefix, prefix.length + keys.length);
        System.arraycopy(keys, 0, channels, prefix.length, keys.length);
        return channels;
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void listen(byte[] channels) {
        try {
            boolean unused = link.call(redis -> {
                redis.psubscribe(subscription, channels);
                return true;
            });
        } catch (MigratorException e) {
            // what is lost is told below, in whatever way it was lost
            alive = false;
        } finally {
            alive = false;
            begun.countDown();
            pongs.release();
            if (!closed) {
                lost.run();
            }
        }
    }

    private final class Subscription extends BinaryJedisPubSub {
        @Override
        public void onPSubscribe(byte[] pattern, int subscribed) {
            begun.countDown();
        }

        @Override
        public void onPMessage(byte[] pattern, byte[] channel, byte[] message) {
            byte[] rest = Arrays.copyOfRange(channel, prefix.length, channel.length);
            byte[] event = namesKeys ? message : rest;
            if (!Arrays.equals(event, MISS)) {
                changed.accept(namesKeys ? rest : message);
            }
        }

        @Override
        public void onPong(byte[] pattern) {
            pongs.release();
        }
    }

    /** Whether it still listens. */
    boolean isAlive() {
        return alive;
    }

    RedisLink link() {
        return link;
    }

    /** Waits until everything that the server had told before has arrived: it answers a question on the same connection last. */
    boolean catchUp() {
        pongs.drainPermits();
        try {
            subscription.ping();
            return pongs.tryAcquire(PATIENCE.toSeconds(), TimeUnit.SECONDS) && alive;
        } catch (JedisException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() {
        closed = true;
        link.close();
    }
}
