package io.cachemigrator.cache.config;

/** How Redis servers work together. */
public enum RedisTopology {
    /** One server: {@code redis://} and {@code rediss://}. */
    STANDALONE(""),
    /** A master that Sentinels name and replace: {@code redis-sentinel://} and {@code rediss-sentinel://}. */
    SENTINEL("-sentinel"),
    /** Keys spread over several masters: {@code redis-cluster://} and {@code rediss-cluster://}. */
    CLUSTER("-cluster");

    private final String suffix;

    RedisTopology(String suffix) {
        this.suffix = suffix;
    }

    /** The scheme of its URIs, without TLS. */
    public String scheme() {
        return "redis" + suffix;
    }

    boolean hasScheme(String scheme) {
        return scheme.equals("redis" + suffix) || scheme.equals("rediss" + suffix);
    }
}
