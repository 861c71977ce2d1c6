package io.cachemigrator.cache.text;

import io.cachemigrator.cache.WriteOptions;
import java.time.Duration;

/**
 * When {@link TextCache#set(String, String, SetOptions)} stores, and for how long; a text without a time to live stays until
 * it is removed. Each method changes and returns this object. Not thread safe.
 */
public final class SetOptions {
    private WriteOptions.Condition condition = WriteOptions.Condition.ALWAYS;
    private Duration ttl = WriteOptions.NO_EXPIRY;

    /** Stores always, without expiry. */
    public SetOptions() {}

    /** As {@link #SetOptions()}. */
    public static SetOptions setParams() {
        return new SetOptions();
    }

    /** Stores only where nothing is. */
    public SetOptions nx() {
        this.condition = WriteOptions.Condition.IF_ABSENT;
        return this;
    }

    /** Stores only where something is. */
    public SetOptions xx() {
        this.condition = WriteOptions.Condition.IF_PRESENT;
        return this;
    }

    /**
     * Lives for some seconds.
     *
     * @param seconds positive
     * @throws TextCacheDataException if they are not
     */
    public SetOptions ex(long seconds) {
        this.ttl = Lifetimes.ofWrite(seconds, Lifetimes.SECOND, "set");
        return this;
    }

    /**
     * Lives for some milliseconds.
     *
     * @param milliseconds positive
     * @throws TextCacheDataException if they are not
     */
    public SetOptions px(long milliseconds) {
        this.ttl = Lifetimes.ofWrite(milliseconds, Lifetimes.MILLISECOND, "set");
        return this;
    }

    /** The same for a region. */
    WriteOptions options() {
        return WriteOptions.ttl(ttl).withCondition(condition);
    }
}
