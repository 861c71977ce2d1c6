package io.cachemigrator.compat.store;

import io.cachemigrator.cache.config.RedisConfig;
import io.cachemigrator.cache.config.RedisTlsConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.SslVerifyMode;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.util.JedisURIHelper;

/** The way to the server of the legacy layout; connects on first use, and again after a restart. Thread safe. */
public final class LegacyConnection implements AutoCloseable {
    private final RedisClient client;

    /** To the server of a configuration; nothing is connected yet. */
    public LegacyConnection(RedisConfig config) {
        this.client = open(config);
    }

    /** The client, for calls that are made once and whose failures the caller minds. */
    public RedisClient client() {
        return client;
    }

    /**
     * Makes a call that does no harm when it is made twice: again, if a connection had died while it was not used.
     *
     * @throws JedisException if the server does not answer, or refuses
     */
    public <T> T repeatable(Function<RedisClient, T> command) {
        boolean pooled = client.getPool().getNumIdle() > 0;
        try {
            return once(command);
        } catch (JedisConnectionException e) {
            if (pooled) {
                return command.apply(client);
            }
            throw e;
        }
    }

    /**
     * Makes a call. When the connection breaks, all that are kept are dropped, since a restart has killed them too.
     *
     * @throws JedisException if the server does not answer, or refuses
     */
    public <T> T once(Function<RedisClient, T> command) {
        try {
            return command.apply(client);
        } catch (JedisConnectionException e) {
            client.getPool().clear();
            throw e;
        }
    }

    @Override
    public void close() {
        client.close();
    }

    private static RedisClient open(RedisConfig config) {
        DefaultJedisClientConfig.Builder client = DefaultJedisClientConfig.builder()
                .connectionTimeoutMillis(millis(config.connectTimeout()))
                .socketTimeoutMillis(millis(config.socketTimeout()))
                .database(JedisURIHelper.getDBIndex(config.uri()));
        String user = config.username() == null ? JedisURIHelper.getUser(config.uri()) : config.username();
        String password = config.password() == null ? JedisURIHelper.getPassword(config.uri()) : config.password();
        if (password != null && !password.isEmpty()) {
            client.password(password);
            if (user != null && !user.isEmpty()) {
                client.user(user);
            }
        }
        if ("rediss".equals(config.uri().getScheme())) {
            RedisTlsConfig tls = config.tls();
            client.sslOptions(sslOptions(tls == null ? RedisTlsConfig.DEFAULTS : tls));
        }
        GenericObjectPoolConfig<Connection> pool = new GenericObjectPoolConfig<>();
        pool.setMaxTotal(config.poolSize());
        pool.setMaxIdle(config.poolSize());
        // without a bound, a caller would wait for ever when a hung server has taken all connections
        pool.setMaxWait(config.connectTimeout().plus(config.socketTimeout()));
        pool.setJmxEnabled(false);
        int port = config.uri().getPort() < 0 ? 6379 : config.uri().getPort();
        return RedisClient.builder()
                .hostAndPort(new HostAndPort(config.uri().getHost(), port))
                .clientConfig(client.build())
                .poolConfig(pool)
                .build();
    }

    private static SslOptions sslOptions(RedisTlsConfig tls) {
        SslOptions.Builder options =
                SslOptions.builder().sslVerifyMode(tls.verifyHostName() ? SslVerifyMode.FULL : SslVerifyMode.CA);
        Path trusted = tls.trustStore();
        if (trusted != null) {
            options.truststore(trusted.toFile(), characters(tls.trustStorePassword()));
        }
        Path own = tls.keyStore();
        if (own != null) {
            options.keystore(own.toFile(), characters(tls.keyStorePassword()));
        }
        return options.build();
    }

    private static char @Nullable [] characters(@Nullable String password) {
        return password == null ? null : password.toCharArray();
    }

    /** Whether the server answered, and refused this one command because of what is stored. */
    public static boolean isRefusal(JedisException failure) {
        String message = String.valueOf(failure.getMessage());
        return failure instanceof JedisDataException
                && (message.startsWith("ERR ") || message.startsWith("WRONGTYPE"))
                && !message.contains("max number of clients")
                && !message.contains("without any password");
    }

    /** A failure in a line: the first word of the server's answer, or the kind of trouble; never an address or a value. */
    public static String reason(JedisException failure) {
        if (failure instanceof JedisDataException) {
            String message = String.valueOf(failure.getMessage());
            int space = message.indexOf(' ');
            return "Redis answered " + (space < 0 ? message : message.substring(0, space));
        }
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return "Redis cannot be reached (" + root.getClass().getSimpleName() + ")";
    }

    private static int millis(Duration duration) {
        return (int) Math.min(Integer.MAX_VALUE, Math.max(1, duration.toMillis()));
    }
}
