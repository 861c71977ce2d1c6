package io.cachemigrator.cache.text;

import java.time.Duration;

/**
 * How many connections {@link TextCaches} share. It takes what the settings of a pool of connections to Redis say; those on
 * idle connections and their tests change nothing, as connections are kept and tested without being told to. Changes after
 * the caches were opened have no effect. Not thread safe.
 */
public final class TextPoolConfig {
    private static final int MOST = 1_000;

    private int maxTotal = 8;

    /** Eight connections. */
    public TextPoolConfig() {}

    /**
     * How many connections there are at most.
     *
     * @param connections 1 to 1,000; negative or more = 1,000
     * @throws IllegalArgumentException for 0, with which nothing could be done
     */
    public void setMaxTotal(int connections) {
        if (connections == 0) {
            throw new IllegalArgumentException("A pool of 0 connections cannot be used. Give 1 to 1000.");
        }
        this.maxTotal = connections < 0 ? MOST : Math.min(MOST, connections);
    }

    /** How many connections there are at most. */
    public int getMaxTotal() {
        return maxTotal;
    }

    /** Changes nothing: idle connections are kept up to {@link #setMaxTotal}. */
    public void setMaxIdle(int connections) {}

    /** Changes nothing: a connection is made when one is needed. */
    public void setMinIdle(int connections) {}

    /** Changes nothing: a call that can be repeated is, when its connection was lost. */
    public void setTestOnBorrow(boolean test) {}

    /** Changes nothing, as {@link #setTestOnBorrow}. */
    public void setTestOnReturn(boolean test) {}

    /** Changes nothing, as {@link #setTestOnBorrow}. */
    public void setTestOnCreate(boolean test) {}

    /** Changes nothing, as {@link #setTestOnBorrow}. */
    public void setTestWhileIdle(boolean test) {}

    /** Changes nothing, as {@link #setMaxIdle}. */
    public void setMinEvictableIdleTimeMillis(long milliseconds) {}

    /** Changes nothing, as {@link #setMaxIdle}. */
    public void setMinEvictableIdleTime(Duration time) {}

    /** Changes nothing, as {@link #setMaxIdle}. */
    public void setMinEvictableIdleDuration(Duration time) {}

    /** Changes nothing, as {@link #setMaxIdle}. */
    public void setSoftMinEvictableIdleTimeMillis(long milliseconds) {}

    /** Changes nothing, as {@link #setMaxIdle}. */
    public void setTimeBetweenEvictionRunsMillis(long milliseconds) {}

    /** Changes nothing, as {@link #setMaxIdle}. */
    public void setTimeBetweenEvictionRuns(Duration time) {}

    /** Changes nothing, as {@link #setMaxIdle}. */
    public void setDurationBetweenEvictionRuns(Duration time) {}

    /** Changes nothing, as {@link #setMaxIdle}. */
    public void setNumTestsPerEvictionRun(int connections) {}
}
