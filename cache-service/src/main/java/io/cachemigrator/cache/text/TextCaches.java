package io.cachemigrator.cache.text;

import io.cachemigrator.cache.CacheService;
import java.io.Closeable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Hands out {@link TextCache}s, as a pool hands out connections: they are views of one region, so that any number may be out at
 * once, and giving one back does nothing. Open one in a process and share it. Thread safe.
 *
 * <p>Those that are {@linkplain #TextCaches(String, int) made for a server} have a {@link CacheService} of their own, which goes straight
 * to one server, keeps no copies in memory, and does nothing later that failed now. Those {@linkplain #over(CacheService) over}
 * a service do as its configuration says.
 *
 * <pre>{@code
 * try (TextCaches caches = new TextCaches("localhost", 6379); TextCache cache = caches.getResource()) {
 *     cache.setex("greeting", 60, "hello");
 * }
 * }</pre>
 */
public final class TextCaches implements Closeable {
    private final TextRegion region;
    private final @Nullable CacheService owned;
    private final AtomicBoolean closed = new AtomicBoolean();

    private TextCaches(CacheService service, String region, boolean owned) {
        this.region = new TextRegion(service, region);
        this.owned = owned ? service : null;
    }

    private TextCaches(CacheService owned) {
        this(owned, Connections.REGION, true);
    }

    /** To the server on this machine, at Redis's own port. Connects when it is first used. */
    public TextCaches() {
        this(Connections.HOST, Connections.PORT);
    }

    /**
     * To a server.
     *
     * @param uriOrHost {@code redis://user:password@host:6379/0}, or a host at Redis's own port
     * @throws IllegalArgumentException if it looks like a URI and is none
     */
    public TextCaches(String uriOrHost) {
        this(new TextPoolConfig(), uriOrHost);
    }

    /** To a server without a password. */
    public TextCaches(String host, int port) {
        this(new TextPoolConfig(), host, port);
    }

    /** As {@link #TextCaches(String)}, by a number of connections. */
    public TextCaches(TextPoolConfig pool, String uriOrHost) {
        this(Connections.open(uriOrHost, pool));
    }

    /** As {@link #TextCaches(String, int)}, by a number of connections. */
    public TextCaches(TextPoolConfig pool, String host, int port) {
        this(pool, host, port, Connections.TIMEOUT_MILLIS);
    }

    /**
     * As {@link #TextCaches(TextPoolConfig, String, int)}.
     *
     * @param timeout milliseconds for a connection and for an answer; 0 = no timeout
     */
    public TextCaches(TextPoolConfig pool, String host, int port, int timeout) {
        this(pool, host, port, timeout, null);
    }

    /** As {@link #TextCaches(TextPoolConfig, String, int, int)}, with a password; null = none. */
    public TextCaches(TextPoolConfig pool, String host, int port, int timeout, @Nullable String password) {
        this(pool, host, port, timeout, password, 0);
    }

    /** As {@link #TextCaches(TextPoolConfig, String, int, int, String)}, with the number of a database, 0 or more. */
    public TextCaches(
            TextPoolConfig pool, String host, int port, int timeout, @Nullable String password, int database) {
        this(Connections.open(new Connections.Server(host, port, timeout, password, database), pool));
    }

    /** Over the region {@code text} of a service, which stays open when these are closed. */
    public static TextCaches over(CacheService service) {
        return over(service, Connections.REGION);
    }

    /**
     * Over a region of a service, which stays open when these are closed.
     *
     * @throws io.cachemigrator.cache.error.ConfigurationException if the region is sliding, has jitter, or is encrypted, so that
     *     it could not do as the commands say
     */
    public static TextCaches over(CacheService service, String region) {
        return new TextCaches(service, region, false);
    }

    /**
     * A cache; any number may be out. Does not connect.
     *
     * @throws TextCacheException if these caches are closed
     */
    public TextCache getResource() {
        if (closed.get()) {
            throw new TextCacheException("These caches are closed. Close them when nobody uses them any more.");
        }
        return new TextCache(region, () -> {});
    }

    /** What the caches are views of. */
    TextRegion region() {
        return region;
    }

    /** Does nothing: a cache need not be given back. */
    public void returnResource(@Nullable TextCache cache) {}

    /** Does nothing, as {@link #returnResource}. */
    public void returnBrokenResource(@Nullable TextCache cache) {}

    /** Whether these caches are closed. */
    public boolean isClosed() {
        return closed.get();
    }

    /** As {@link #close()}. */
    public void destroy() {
        close();
    }

    /** Closes the connections, unless they are those of a service that was given. Further calls do nothing. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true) && owned != null) {
            owned.close();
        }
    }
}
