package io.cachemigrator.cache.tier.redis;

import io.cachemigrator.cache.config.RedisConfig;
import io.cachemigrator.cache.tier.TierUnavailableException;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisNoScriptException;
import redis.clients.jedis.util.Pool;

/**
 * The way to Redis: pools of connections, opened when they are needed, behind a circuit breaker. Turns the client's
 * exceptions into reasons without secrets. Thread safe.
 */
final class RedisLink implements AutoCloseable {
    private static final int MAX_REDIRECTIONS = 5;

    private final RedisConfig config;
    private final CircuitBreaker breaker;
    private volatile @Nullable UnifiedJedis client;
    private volatile boolean closed;

    /** Connects on first use. */
    RedisLink(RedisConfig config, LongSupplier ticker) {
        this.config = config;
        this.breaker = new CircuitBreaker(
                ticker, config.outage().failures(), config.outage().pause());
    }

    /** Sentinels and clusters are asked who serves when a client is opened, so it is opened when it is needed. */
    private UnifiedJedis client() {
        @Nullable UnifiedJedis open = client;
        return open == null ? opened() : open;
    }

    private synchronized UnifiedJedis opened() {
        if (closed) {
            throw new JedisConnectionException("the cache service was closed");
        }
        @Nullable UnifiedJedis open = client;
        if (open == null) {
            open = RedisClients.open(config, config.poolSize());
            client = open;
        }
        return open;
    }

    /** Runs a script. */
    Object run(RedisScript script, List<byte[]> keys, List<byte[]> arguments, Repeat repeat)
            throws TierUnavailableException {
        return call(
                redis -> {
                    if (redis instanceof RedisClusterClient cluster) {
                        return ClusterCalls.run(cluster, script, keys, arguments);
                    }
                    try {
                        return redis.evalsha(script.sha1(), keys, arguments);
                    } catch (JedisNoScriptException unknown) {
                        return redis.eval(script.source(), keys, arguments);
                    }
                },
                repeat);
    }

    /** Makes a call, unless the breaker rejects it. */
    <T> T call(Function<UnifiedJedis, T> operation, Repeat repeat) throws TierUnavailableException {
        if (!breaker.tryCall()) {
            throw new TierUnavailableException(
                    "the circuit breaker is open since " + config.displayUri() + " did not answer", null);
        }
        try {
            T result = callFresh(operation, repeat);
            breaker.answered();
            return result;
        } catch (JedisException failure) {
            RedisFailure kind = RedisFailure.of(failure);
            switch (kind) {
                case UNREACHABLE -> breaker.failed();
                case EXHAUSTED -> breaker.notCalled();
                case REFUSED -> breaker.answered();
            }
            throw new TierUnavailableException(kind.reason(failure, config.displayUri()), failure);
        } catch (RuntimeException | Error ours) {
            breaker.notCalled();
            throw ours;
        }
    }

    /**
     * After a server's restart the pooled connections are dead: they are dropped, and a call that may be repeated is. A call
     * that a cluster's server has sent elsewhere was not run, and is repeated in any case.
     */
    private <T> T callFresh(Function<UnifiedJedis, T> operation, Repeat repeat) {
        UnifiedJedis redis = client();
        boolean repeated = false;
        for (int redirections = 0; ; ) {
            try {
                return operation.apply(redis);
            } catch (JedisException failure) {
                if (RedisFailure.isRedirection(failure) && redirections < MAX_REDIRECTIONS) {
                    redirections++;
                    continue;
                }
                if (RedisFailure.of(failure) != RedisFailure.UNREACHABLE) {
                    throw failure;
                }
                RedisClients.pools(redis).forEach(Pool::clear);
                if (repeated || repeat == Repeat.NEVER || !RedisFailure.isDisconnect(failure)) {
                    throw failure;
                }
                repeated = true;
            }
        }
    }

    /** Makes a call whatever the breaker says, for health checks; throws what the client throws. */
    <T> T probe(Function<UnifiedJedis, T> operation) {
        return callFresh(operation, Repeat.SAFE);
    }

    /** Whether an operation that failed so may be made later: Redis did not refuse it, but could not be asked. */
    static boolean mayBeMadeLater(TierUnavailableException failure) {
        return !(failure.getCause() instanceof JedisException cause) || RedisFailure.of(cause) != RedisFailure.REFUSED;
    }

    CircuitBreaker breaker() {
        return breaker;
    }

    RedisConfig config() {
        return config;
    }

    @Override
    public synchronized void close() {
        closed = true;
        @Nullable UnifiedJedis open = client;
        if (open != null) {
            open.close();
        }
    }

    /** Whether a call may be made again when it is not known if the server has run it. */
    enum Repeat {
        /** Running it twice is the same as once. */
        SAFE,
        /** It is not. */
        NEVER
    }
}
