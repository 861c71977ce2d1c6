package io.cachemigrator.cache.text;

import io.cachemigrator.cache.CacheService;
import io.cachemigrator.cache.WriteOptions;
import java.io.Closeable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Texts under keys in one region, with the names, the arguments and the results of the commands of Redis: a text stays until
 * it is removed unless a command gives it a time to live, and a command that cannot be carried out throws.
 *
 * <p>A key is 1 to 4,096 bytes of UTF-8, a value at most what the region admits. Every command is one step of the store, but
 * for those of several keys, which are one where the store is one server, and {@link #exists(String...)}. Thread safe.
 *
 * <p>Every method throws {@link TextCacheConnectionException} when the store cannot be reached, and
 * {@link TextCacheDataException} for a key or a value that a region does not admit.
 */
public final class TextCache implements Closeable {
    private static final String OK = "OK";

    private final TextRegion region;
    private final Runnable release;

    TextCache(TextRegion region, Runnable release) {
        this.region = region;
        this.release = release;
    }

    /**
     * A cache of its own on this machine's server, at Redis's own port. It connects when it is first used, and holds connections
     * until it is closed: for more than one, hand out those of {@link TextCaches}.
     */
    public TextCache() {
        this(new TextCaches());
    }

    /**
     * As {@link #TextCache()}, to another server.
     *
     * @param uriOrHost {@code redis://user:password@host:6379/0}, or a host at Redis's own port
     * @throws IllegalArgumentException if it looks like a URI and is none
     */
    public TextCache(String uriOrHost) {
        this(new TextCaches(uriOrHost));
    }

    /** As {@link #TextCache()}, to another server, without a password. */
    public TextCache(String host, int port) {
        this(new TextCaches(host, port));
    }

    /** As {@link #TextCache(String, int)}, with milliseconds for a connection and for an answer; 0 = no timeout. */
    public TextCache(String host, int port, int timeout) {
        this(new TextCaches(new TextPoolConfig(), host, port, timeout));
    }

    private TextCache(TextCaches owned) {
        this(owned.region(), owned::close);
    }

    /** As {@link #TextCache()}. */
    public static TextCache create() {
        return new TextCache();
    }

    /** As {@link #TextCache(String)}. */
    public static TextCache create(String uriOrHost) {
        return new TextCache(uriOrHost);
    }

    /** As {@link #TextCache(String, int)}. */
    public static TextCache create(String host, int port) {
        return new TextCache(host, port);
    }

    /** Over the region {@code text} of a service, which stays open when this is closed. */
    public static TextCache over(CacheService service) {
        return TextCaches.over(service).getResource();
    }

    /** The text under a key; null when there is none. */
    public @Nullable String get(String key) {
        return region.get(checked(key));
    }

    /** The texts under several keys in one round trip, in their order; null where there is none. */
    public List<@Nullable String> mget(String... keys) {
        return region.getAll(checked(keys));
    }

    /** Stores a text that stays until it is removed, whatever was there; {@code OK}. */
    public String set(String key, String value) {
        store(key, value, WriteOptions.NO_EXPIRY);
        return OK;
    }

    /** Stores a text under a condition or with a time to live; {@code OK}, or null when the condition did not hold. */
    public @Nullable String set(String key, String value, SetOptions options) {
        return region.put(checked(key), checked(value), options.options()) ? OK : null;
    }

    /**
     * As {@link #set(String, String, SetOptions)}.
     *
     * @param condition {@code NX} or {@code XX}
     * @param unit {@code EX} for seconds or {@code PX} for milliseconds
     * @param time positive
     * @throws TextCacheDataException for another condition, unit or time
     */
    public @Nullable String set(String key, String value, String condition, String unit, long time) {
        SetOptions options = new SetOptions();
        switch (condition.toUpperCase(Locale.ROOT)) {
            case "NX" -> options.nx();
            case "XX" -> options.xx();
            default -> throw syntax(condition, "NX or XX");
        }
        switch (unit.toUpperCase(Locale.ROOT)) {
            case "EX" -> options.ex(time);
            case "PX" -> options.px(time);
            default -> throw syntax(unit, "EX or PX");
        }
        return set(key, value, options);
    }

    private static TextCacheDataException syntax(String given, String allowed) {
        return new TextCacheDataException("ERR syntax error at '" + given + "'. Give " + allowed + ".");
    }

    /** Stores a text for some seconds, at least one; {@code OK}. */
    public String setex(String key, long seconds, String value) {
        store(key, value, Lifetimes.ofWrite(seconds, Lifetimes.SECOND, "setex"));
        return OK;
    }

    /** Stores a text for some milliseconds, at least one; {@code OK}. */
    public String psetex(String key, long milliseconds, String value) {
        store(key, value, Lifetimes.ofWrite(milliseconds, Lifetimes.MILLISECOND, "psetex"));
        return OK;
    }

    /** Stores a text that stays, where nothing is; 1 when it was stored, else 0. */
    public long setnx(String key, String value) {
        WriteOptions options = WriteOptions.ifAbsent().withTtl(WriteOptions.NO_EXPIRY);
        return region.put(checked(key), checked(value), options) ? 1 : 0;
    }

    /**
     * Stores several texts that stay; {@code OK}.
     *
     * @param keysvalues a key, its text, the next key and so on
     * @throws TextCacheDataException when the last key has no text
     */
    public String mset(String... keysvalues) {
        if (keysvalues.length == 0 || keysvalues.length % 2 != 0) {
            throw wrongNumber("mset");
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < keysvalues.length; i += 2) {
            values.put(checked(keysvalues[i]), checked(keysvalues[i + 1]));
        }
        region.putAll(values);
        return OK;
    }

    private void store(String key, String value, Duration ttl) {
        if (!region.put(checked(key), checked(value), WriteOptions.ttl(ttl))) {
            throw new TextCacheException("A write without a condition was refused for one. Report it.");
        }
    }

    /** Removes a text; 1 when there was one, else 0. */
    public long del(String key) {
        return region.delete(List.of(checked(key)));
    }

    /** Removes several texts; how many there were. */
    public long del(String... keys) {
        return region.delete(checked(keys));
    }

    /** As {@link #del(String)}. */
    public long unlink(String key) {
        return del(key);
    }

    /** As {@link #del(String...)}. */
    public long unlink(String... keys) {
        return del(keys);
    }

    /** Whether there is a text. */
    public boolean exists(String key) {
        return region.exists(checked(key));
    }

    /** How many of the keys have a text; a key that is named twice counts twice. Asks for one after the other. */
    public long exists(String... keys) {
        return checked(keys).stream().filter(region::exists).count();
    }

    /** The length of a text in bytes of UTF-8; 0 when there is none. */
    public long strlen(String key) {
        @Nullable String value = get(key);
        return value == null ? 0 : value.getBytes(StandardCharsets.UTF_8).length;
    }

    /** Gives a text some seconds from now; none or less remove it. 1 when there was one, else 0. */
    public long expire(String key, long seconds) {
        return expired(key, Lifetimes.ofExpiry(seconds, Lifetimes.SECOND, "expire"));
    }

    /** Gives a text some milliseconds from now; none or less remove it. 1 when there was one, else 0. */
    public long pexpire(String key, long milliseconds) {
        return expired(key, Lifetimes.ofExpiry(milliseconds, Lifetimes.MILLISECOND, "pexpire"));
    }

    /** Lets a text expire at a time in seconds since the epoch, by this machine's clock; else as {@link #expire}. */
    public long expireAt(String key, long unixTime) {
        Lifetimes.ofExpiry(unixTime, Lifetimes.SECOND, "expireat");
        return pexpireAt(key, unixTime <= 0 ? 0 : unixTime * Lifetimes.SECOND);
    }

    /** Lets a text expire at a time in milliseconds since the epoch, by this machine's clock; else as {@link #pexpire}. */
    public long pexpireAt(String key, long millisecondsTimestamp) {
        long left = Math.max(0, millisecondsTimestamp) - region.clock().millis();
        return expired(key, Lifetimes.ofExpiry(left, Lifetimes.MILLISECOND, "pexpireat"));
    }

    private long expired(String key, Duration ttl) {
        return region.expire(checked(key), ttl) ? 1 : 0;
    }

    /**
     * Makes a text stay; 1 when it had a time to live, else 0. When another sets or takes that in the same moment, the result
     * may be the one of a moment before.
     */
    public long persist(String key) {
        return region.millisLeft(checked(key)) >= 0 && region.persist(key) ? 1 : 0;
    }

    /** What a text has left in seconds, rounded; -1 when it stays, -2 when there is none. */
    public long ttl(String key) {
        long millis = pttl(key);
        return millis < 0 ? millis : (millis + 500) / 1_000;
    }

    /** What a text has left in milliseconds; -1 when it stays, -2 when there is none. */
    public long pttl(String key) {
        return region.millisLeft(checked(key));
    }

    /**
     * Adds one to a number, which is 0 when there is none; its time to live stays. The new number.
     *
     * @throws TextCacheDataException when the text is no 64-bit number, or would be none
     */
    public long incr(String key) {
        return incrBy(key, 1);
    }

    /** As {@link #incr}, with another amount. */
    public long incrBy(String key, long increment) {
        return region.add(checked(key), increment);
    }

    /** As {@link #incr}, for minus one. */
    public long decr(String key) {
        return incrBy(key, -1);
    }

    /** As {@link #incr}, for an amount that is taken away. */
    public long decrBy(String key, long decrement) {
        if (decrement == Long.MIN_VALUE) {
            throw new TextCacheDataException("ERR decrement would overflow. Give a larger amount.");
        }
        return incrBy(key, -decrement);
    }

    /** Gives back what this cache was opened with: nothing for one that was borrowed. Further calls do nothing. */
    @Override
    public void close() {
        release.run();
    }

    private static String checked(String text) {
        return Objects.requireNonNull(text, "A key or a text is null. Give one.");
    }

    private static List<String> checked(String... keys) {
        if (keys.length == 0) {
            throw wrongNumber("this");
        }
        return List.of(keys);
    }

    private static TextCacheDataException wrongNumber(String command) {
        return new TextCacheDataException(
                "ERR wrong number of arguments for '" + command + "' command. Give at least a key, and each its text.");
    }
}
