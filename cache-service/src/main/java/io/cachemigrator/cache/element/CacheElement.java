package io.cachemigrator.cache.element;

import java.io.Serializable;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A key and a value with times and counts. An element without times of its own gets those of the first cache that it is stored in.
 * Two elements are equal when their keys are. Thread-safe but for setters.
 */
public final class CacheElement {
    private static final int UNSET = Integer.MIN_VALUE;

    private final @Nullable Object key;
    private final @Nullable Object value;
    private final long creationTime;
    private final AtomicLong hits;
    private volatile long version;
    private volatile long lastAccessTime;
    private volatile long lastUpdateTime;
    private volatile int timeToIdle = UNSET;
    private volatile int timeToLive = UNSET;
    private volatile boolean ofTheCache = true;

    /** With a version of 1. */
    public CacheElement(@Nullable Object key, @Nullable Object value) {
        this(key, value, 1);
    }

    /** With a version. */
    public CacheElement(@Nullable Object key, @Nullable Object value, long version) {
        this(key, value, version, System.currentTimeMillis(), 0, 0, 0);
    }

    /** With seconds after the last use and after its making, 0 = never. */
    public CacheElement(@Nullable Object key, @Nullable Object value, int timeToIdle, int timeToLive) {
        this(key, value);
        setTimeToIdle(timeToIdle);
        setTimeToLive(timeToLive);
    }

    /** An element that never expires, or one with the times of its cache. */
    public CacheElement(@Nullable Object key, @Nullable Object value, boolean eternal) {
        this(key, value);
        setEternal(eternal);
    }

    /** With all its times, in milliseconds since 1970, and its number of uses. */
    public CacheElement(
            @Nullable Object key,
            @Nullable Object value,
            long version,
            long creationTime,
            long lastAccessTime,
            long lastUpdateTime,
            long hitCount) {
        this.key = key;
        this.value = value;
        this.version = version;
        this.creationTime = creationTime;
        this.lastAccessTime = lastAccessTime;
        this.lastUpdateTime = lastUpdateTime;
        this.hits = new AtomicLong(hitCount);
    }

    /** The key. */
    public @Nullable Object getObjectKey() {
        return key;
    }

    /** The value. */
    public @Nullable Object getObjectValue() {
        return value;
    }

    /**
     * The key, if it is serializable.
     *
     * @throws ElementCacheException when it is not
     */
    public @Nullable Serializable getKey() {
        return serializable(key, "key", "getObjectKey");
    }

    /**
     * The value, if it is serializable.
     *
     * @throws ElementCacheException when it is not
     */
    public @Nullable Serializable getValue() {
        return serializable(value, "value", "getObjectValue");
    }

    private static @Nullable Serializable serializable(@Nullable Object it, String what, String instead) {
        if (it == null || it instanceof Serializable) {
            return (Serializable) it;
        }
        throw new ElementCacheException("The " + what + " of an element is not Serializable, but a "
                + it.getClass().getName() + ". Call " + instead + ".");
    }

    /** Whether key and value are serializable. */
    public boolean isSerializable() {
        return isKeySerializable() && (value == null || value instanceof Serializable);
    }

    /** Whether the key is serializable. */
    public boolean isKeySerializable() {
        return key == null || key instanceof Serializable;
    }

    /** A number that the user gives. */
    public long getVersion() {
        return version;
    }

    /** A number that means nothing to the cache. */
    public void setVersion(long number) {
        version = number;
    }

    /** When it was made, in milliseconds since 1970. */
    public long getCreationTime() {
        return creationTime;
    }

    /** When it was stored or got, in milliseconds since 1970; 0 = never. */
    public long getLastAccessTime() {
        return lastAccessTime;
    }

    /** When it was stored, in milliseconds since 1970; 0 = never. */
    public long getLastUpdateTime() {
        return lastUpdateTime;
    }

    /** When it was stored, or else made, in milliseconds since 1970. */
    public long getLatestOfCreationAndUpdateTime() {
        return lastUpdateTime == 0 ? creationTime : lastUpdateTime;
    }

    /** How often it was got since it was stored. */
    public long getHitCount() {
        return hits.get();
    }

    /** Forgets its uses, as storing does. */
    public void resetAccessStatistics() {
        lastAccessTime = System.currentTimeMillis();
        hits.set(0);
    }

    /** Counts a use, as getting does. */
    public void updateAccessStatistics() {
        lastAccessTime = System.currentTimeMillis();
        hits.incrementAndGet();
    }

    /** Notes that it is stored now. */
    public void updateUpdateStatistics() {
        lastUpdateTime = System.currentTimeMillis();
    }

    /** Seconds after its making; 0 = never. */
    public int getTimeToLive() {
        return timeToLive == UNSET ? 0 : timeToLive;
    }

    /**
     * Seconds after its making; 0 = never.
     *
     * @throws IllegalArgumentException below 0
     */
    public void setTimeToLive(int seconds) {
        timeToLive = notNegative("timeToLive", seconds);
        ofTheCache = false;
    }

    /** Seconds after its last use; 0 = never. */
    public int getTimeToIdle() {
        return timeToIdle == UNSET ? 0 : timeToIdle;
    }

    /**
     * Seconds after its last use; 0 = never.
     *
     * @throws IllegalArgumentException below 0
     */
    public void setTimeToIdle(int seconds) {
        timeToIdle = notNegative("timeToIdle", seconds);
        ofTheCache = false;
    }

    private static int notNegative(String what, int seconds) {
        if (seconds < 0) {
            throw new IllegalArgumentException(what + " is " + seconds + " s. Give 0 for never, or more.");
        }
        return seconds;
    }

    /** Whether both times are 0. */
    public boolean isEternal() {
        return timeToIdle == 0 && timeToLive == 0;
    }

    /** Makes it never expire; or, when it never would, gives it the times of its cache again. */
    public void setEternal(boolean eternal) {
        if (eternal || isEternal()) {
            ofTheCache = false;
            timeToIdle = eternal ? 0 : UNSET;
            timeToLive = eternal ? 0 : UNSET;
        }
    }

    /** Whether it has a time, its own or of a cache. */
    public boolean isLifespanSet() {
        return timeToIdle != UNSET || timeToLive != UNSET;
    }

    /** Whether nobody gave it times of its own. */
    public boolean usesCacheDefaultLifespan() {
        return ofTheCache;
    }

    /** Takes the times of a cache if it has none. */
    void settle(ElementCacheConfig config) {
        if (!isLifespanSet()) {
            take(config);
        }
    }

    private void take(ElementCacheConfig config) {
        timeToIdle = config.isEternal() ? 0 : seconds(config.getTimeToIdleSeconds());
        timeToLive = config.isEternal() ? 0 : seconds(config.getTimeToLiveSeconds());
    }

    private static int seconds(long seconds) {
        return (int) Math.min(seconds, Integer.MAX_VALUE);
    }

    /** Whether its time is over. */
    public boolean isExpired() {
        return System.currentTimeMillis() > getExpirationTime();
    }

    /** Whether its time is over; what nobody gave times of its own has those of the cache as they are now. */
    public boolean isExpired(ElementCacheConfig config) {
        if (ofTheCache) {
            take(config);
        }
        return isExpired();
    }

    /** When its time is over, in milliseconds since 1970; {@link Long#MAX_VALUE} = never. */
    public long getExpirationTime() {
        if (!isLifespanSet() || isEternal()) {
            return Long.MAX_VALUE;
        }
        long oldest = creationTime + getTimeToLive() * 1_000L;
        long unused = Math.max(creationTime, lastAccessTime) + getTimeToIdle() * 1_000L;
        if (getTimeToLive() == 0) {
            return unused;
        }
        return getTimeToIdle() == 0 || lastAccessTime == 0 ? oldest : Math.min(oldest, unused);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CacheElement element && key != null && key.equals(element.key);
    }

    @Override
    public int hashCode() {
        return key == null ? 0 : key.hashCode();
    }

    /** Without key and value, which may be secret. */
    @Override
    public String toString() {
        return "[version=" + version + ", hitCount=" + hits + ", creationTime=" + creationTime + ", lastAccessTime="
                + lastAccessTime + "]";
    }
}
