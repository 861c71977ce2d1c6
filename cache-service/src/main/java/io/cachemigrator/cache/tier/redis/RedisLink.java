package io.cachemigrator.cache.tier.redis;

import io.cachemigrator.cache.config.RedisConfig;
import io.cachemigrator.cache.tier.TierUnavailableException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/**
 * The way to one server: a pool of connections, opened when they are needed, behind a circuit breaker. Turns the client's
 * exceptions into reasons without secrets. Thread safe.
 */
final class RedisLink implements AutoCloseable {
    private final RedisConfig config;
    private final RedisClient client;
    private final CircuitBreaker breaker;

    RedisLink(RedisConfig config, LongSupplier ticker) {
        this.config = config;
        this.breaker = new CircuitBreaker(ticker);
        ConnectionPoolConfig pool = new ConnectionPoolConfig();
        pool.setMaxTotal(config.poolSize());
        pool.setMaxIdle(config.poolSize());
        pool.setMinIdle(0);
        pool.setMaxWait(config.socketTimeout());
        pool.setJmxEnabled(false);
        int port = config.uri().getPort() < 0 ? 6379 : config.uri().getPort();
        this.client = RedisClient.builder()
                .hostAndPort(config.uri().getHost(), port)
                .clientConfig(clientConfig(config))
                .poolConfig(pool)
                .build();
    }

    private static JedisClientConfig clientConfig(RedisConfig config) {
        @Nullable String userInfo = config.uri().getRawUserInfo();
        @Nullable String user = config.username();
        @Nullable String password = config.password();
        if (userInfo != null) {
            int colon = userInfo.indexOf(':');
            String uriUser = decoded(colon < 0 ? userInfo : userInfo.substring(0, colon));
            user = user == null && !uriUser.isEmpty() ? uriUser : user;
            password = password == null && colon >= 0 ? decoded(userInfo.substring(colon + 1)) : password;
        }
        String path = config.uri().getPath();
        DefaultJedisClientConfig.Builder builder = DefaultJedisClientConfig.builder()
                .resp2()
                .connectionTimeoutMillis((int) config.connectTimeout().toMillis())
                .socketTimeoutMillis((int) config.socketTimeout().toMillis())
                .user(user)
                .password(password)
                .database(path == null || path.length() < 2 ? 0 : Integer.parseInt(path.substring(1)))
                .clientSetInfoConfig(ClientSetInfoConfig.DISABLED);
        if ("rediss".equals(config.uri().getScheme())) {
            builder.sslOptions(SslOptions.defaults());
        }
        return builder.build();
    }

    private static String decoded(String text) {
        // a plus sign is itself in a URI's user information
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** Runs a script. */
    Object run(RedisScript script, List<byte[]> keys, List<byte[]> arguments, Repeat repeat)
            throws TierUnavailableException {
        return call(
                redis -> {
                    try {
                        return redis.evalsha(script.sha1(), keys, arguments);
                    } catch (JedisNoScriptException unknown) {
                        return redis.eval(script.source(), keys, arguments);
                    }
                },
                repeat);
    }

    /** Makes a call, unless the breaker rejects it. */
    <T> T call(Function<RedisClient, T> operation, Repeat repeat) throws TierUnavailableException {
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

    /** After a server's restart the pooled connections are dead: they are dropped, and a call that may be repeated is. */
    private <T> T callFresh(Function<RedisClient, T> operation, Repeat repeat) {
        boolean pooled = client.getPool().getNumIdle() > 0;
        try {
            return operation.apply(client);
        } catch (JedisConnectionException broken) {
            client.getPool().clear();
            if (pooled && repeat == Repeat.SAFE && !RedisFailure.isTimeout(broken)) {
                return operation.apply(client);
            }
            throw broken;
        }
    }

    /** Makes a call whatever the breaker says, for health checks; throws what the client throws. */
    <T> T probe(Function<RedisClient, T> operation) {
        return callFresh(operation, Repeat.SAFE);
    }

    CircuitBreaker breaker() {
        return breaker;
    }

    RedisConfig config() {
        return config;
    }

    @Override
    public void close() {
        client.close();
    }

    /** Whether a call may be made again when it is not known if the server has run it. */
    enum Repeat {
        /** Running it twice is the same as once. */
        SAFE,
        /** It is not. */
        NEVER
    }
}
