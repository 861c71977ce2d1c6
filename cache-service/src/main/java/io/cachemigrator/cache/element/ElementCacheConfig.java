package io.cachemigrator.cache.element;

import org.jspecify.annotations.Nullable;

/** What a cache is like. May be changed while the cache is in use; what is stored afterwards follows. Thread-safe. */
public final class ElementCacheConfig {
    private volatile @Nullable String name;
    private volatile long maxEntries;
    private volatile boolean eternal;
    private volatile long timeToIdle;
    private volatile long timeToLive;
    private volatile boolean clearOnFlush = true;
    private volatile ElementEviction eviction = ElementEviction.LRU;

    /** Without a name and without bounds. */
    public ElementCacheConfig() {}

    /** With a name and the most elements; 0 = no bound. */
    public ElementCacheConfig(String name, int maxEntriesLocalHeap) {
        this.name = name;
        setMaxEntriesLocalHeap(maxEntriesLocalHeap);
    }

    ElementCacheConfig copy(String newName) {
        ElementCacheConfig copy = new ElementCacheConfig();
        copy.name = newName;
        copy.maxEntries = maxEntries;
        copy.eternal = eternal;
        copy.timeToIdle = timeToIdle;
        copy.timeToLive = timeToLive;
        copy.clearOnFlush = clearOnFlush;
        copy.eviction = eviction;
        return copy;
    }

    /** The name; null while there is none. */
    public @Nullable String getName() {
        return name;
    }

    /** Gives a name. */
    public void setName(String newName) {
        name = newName;
    }

    /** Gives a name. */
    public ElementCacheConfig name(String newName) {
        setName(newName);
        return this;
    }

    /** The most elements; 0 = no bound. */
    public long getMaxEntriesLocalHeap() {
        return maxEntries;
    }

    /**
     * Bounds the number of elements; 0 = no bound.
     *
     * @throws IllegalArgumentException below 0
     */
    public void setMaxEntriesLocalHeap(long most) {
        maxEntries = notNegative("maxEntriesLocalHeap", most);
    }

    /** Bounds the number of elements; 0 = no bound. */
    public ElementCacheConfig maxEntriesLocalHeap(int most) {
        setMaxEntriesLocalHeap(most);
        return this;
    }

    /** The most elements under its older name; 0 = no bound. */
    public int getMaxElementsInMemory() {
        return Math.toIntExact(maxEntries);
    }

    /** The older name of {@link #setMaxEntriesLocalHeap}. */
    public void setMaxElementsInMemory(int most) {
        setMaxEntriesLocalHeap(most);
    }

    /** The older name of {@link #maxEntriesLocalHeap}. */
    public ElementCacheConfig maxElementsInMemory(int most) {
        return maxEntriesLocalHeap(most);
    }

    /** Whether elements without times of their own never expire. */
    public boolean isEternal() {
        return eternal;
    }

    /** Whether elements without times of their own never expire; the two times then do not matter. */
    public void setEternal(boolean forever) {
        eternal = forever;
    }

    /** Whether elements without times of their own never expire. */
    public ElementCacheConfig eternal(boolean forever) {
        setEternal(forever);
        return this;
    }

    /** Seconds after the last use; 0 = never. */
    public long getTimeToIdleSeconds() {
        return timeToIdle;
    }

    /**
     * Seconds after the last use; 0 = never.
     *
     * @throws IllegalArgumentException below 0
     */
    public void setTimeToIdleSeconds(long seconds) {
        timeToIdle = notNegative("timeToIdleSeconds", seconds);
    }

    /** Seconds after the last use; 0 = never. */
    public ElementCacheConfig timeToIdleSeconds(long seconds) {
        setTimeToIdleSeconds(seconds);
        return this;
    }

    /** Seconds after the element was made; 0 = never. */
    public long getTimeToLiveSeconds() {
        return timeToLive;
    }

    /**
     * Seconds after the element was made; 0 = never.
     *
     * @throws IllegalArgumentException below 0
     */
    public void setTimeToLiveSeconds(long seconds) {
        timeToLive = notNegative("timeToLiveSeconds", seconds);
    }

    /** Seconds after the element was made; 0 = never. */
    public ElementCacheConfig timeToLiveSeconds(long seconds) {
        setTimeToLiveSeconds(seconds);
        return this;
    }

    /** Whether {@code flush} empties the cache; true by default. */
    public boolean isClearOnFlush() {
        return clearOnFlush;
    }

    /** Whether {@code flush} empties the cache. */
    public void setClearOnFlush(boolean clear) {
        clearOnFlush = clear;
    }

    /** Whether {@code flush} empties the cache. */
    public ElementCacheConfig clearOnFlush(boolean clear) {
        setClearOnFlush(clear);
        return this;
    }

    /** Which element leaves a full cache. */
    public ElementEviction getMemoryStoreEvictionPolicy() {
        return eviction;
    }

    /** Which element leaves a full cache, by {@link ElementEviction#fromString}. */
    public void setMemoryStoreEvictionPolicy(String policy) {
        eviction = ElementEviction.fromString(policy);
    }

    /** Which element leaves a full cache, by {@link ElementEviction#fromString}. */
    public ElementCacheConfig memoryStoreEvictionPolicy(String policy) {
        setMemoryStoreEvictionPolicy(policy);
        return this;
    }

    /** Which element leaves a full cache. */
    public void setMemoryStoreEvictionPolicyFromObject(ElementEviction policy) {
        eviction = policy;
    }

    /** Which element leaves a full cache. */
    public ElementCacheConfig memoryStoreEvictionPolicy(ElementEviction policy) {
        setMemoryStoreEvictionPolicyFromObject(policy);
        return this;
    }

    private static long notNegative(String what, long value) {
        if (value < 0) {
            throw new IllegalArgumentException(what + " is " + value + ". Give 0 for no bound, or more.");
        }
        return value;
    }
}
