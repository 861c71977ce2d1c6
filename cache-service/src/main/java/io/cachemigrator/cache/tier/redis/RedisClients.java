package io.cachemigrator.cache.tier.redis;

import io.cachemigrator.cache.config.RedisConfig;
import io.cachemigrator.cache.config.RedisLogin;
import io.cachemigrator.cache.config.RedisTlsConfig;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.Connection;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.RedisSentinelClient;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.SslVerifyMode;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.util.Pool;

/** Opens the client that a topology needs. */
final class RedisClients {
    /** How long a blocking read of the change log waits on the server. */
    static final Duration BLOCK = Duration.ofMillis(500);

    private static final Duration TOPOLOGY_REFRESH = Duration.ofSeconds(10);

    private RedisClients() {}

    /**
     * Opens a client. Sentinel and cluster clients ask who serves before they return, a standalone client connects later.
     *
     * @param connections upper bound of the pool
     */
    static UnifiedJedis open(RedisConfig config, int connections) {
        ConnectionPoolConfig pool = new ConnectionPoolConfig();
        pool.setMaxTotal(connections);
        pool.setMaxIdle(connections);
        pool.setMinIdle(0);
        pool.setMaxWait(config.socketTimeout());
        pool.setJmxEnabled(false);
        DefaultJedisClientConfig client = clientConfig(config).build();
        return switch (config.topology()) {
            case STANDALONE ->
                RedisClient.builder()
                        .hostAndPort(HostAndPort.from(config.hosts().get(0)))
                        .clientConfig(client)
                        .poolConfig(pool)
                        .build();
            case SENTINEL ->
                RedisSentinelClient.builder()
                        .sentinels(hosts(config))
                        .masterName(String.valueOf(config.masterName()))
                        .sentinelClientConfig(sentinelConfig(config).build())
                        .clientConfig(client)
                        .poolConfig(pool)
                        .build();
            case CLUSTER ->
                RedisClusterClient.builder()
                        .nodes(hosts(config))
                        .maxAttempts(1) // whether a call may be repeated is for the caller to say
                        .topologyRefreshPeriod(TOPOLOGY_REFRESH)
                        .clientConfig(client)
                        .poolConfig(pool)
                        .build();
        };
    }

    /** The pools that a client holds connections in. */
    static Collection<? extends Pool<Connection>> pools(UnifiedJedis client) {
        if (client instanceof RedisClient standalone) {
            return Set.of(standalone.getPool());
        }
        return client instanceof RedisSentinelClient sentinel
                ? sentinel.getPrimaryNodesConnectionMap().values()
                : ((RedisClusterClient) client).getClusterNodes().values();
    }

    private static Set<HostAndPort> hosts(RedisConfig config) {
        return config.hosts().stream().map(HostAndPort::from).collect(Collectors.toUnmodifiableSet());
    }

    private static DefaultJedisClientConfig.Builder clientConfig(RedisConfig config) {
        @Nullable String userInfo = config.rawUserInfo();
        @Nullable String user = config.username();
        @Nullable String password = config.password();
        if (userInfo != null) {
            int colon = userInfo.indexOf(':');
            String uriUser = decoded(colon < 0 ? userInfo : userInfo.substring(0, colon));
            user = user == null && !uriUser.isEmpty() ? uriUser : user;
            password = password == null && colon >= 0 ? decoded(userInfo.substring(colon + 1)) : password;
        }
        return connection(config).user(user).password(password).database(config.database());
    }

    private static DefaultJedisClientConfig.Builder sentinelConfig(RedisConfig config) {
        @Nullable RedisLogin login = config.sentinel();
        return login == null
                ? connection(config)
                : connection(config).user(login.username()).password(login.password());
    }

    private static DefaultJedisClientConfig.Builder connection(RedisConfig config) {
        int socketMillis = (int) config.socketTimeout().toMillis();
        DefaultJedisClientConfig.Builder builder = DefaultJedisClientConfig.builder()
                .resp2()
                .connectionTimeoutMillis((int) config.connectTimeout().toMillis())
                .socketTimeoutMillis(socketMillis)
                .blockingSocketTimeoutMillis((int) BLOCK.toMillis() + socketMillis)
                .clientSetInfoConfig(ClientSetInfoConfig.DISABLED);
        if (config.isSecured()) {
            builder.sslOptions(sslOptions(config.tls()));
        }
        return builder;
    }

    private static SslOptions sslOptions(@Nullable RedisTlsConfig tls) {
        if (tls == null) {
            return SslOptions.defaults();
        }
        SslOptions.Builder options =
                SslOptions.builder().sslVerifyMode(tls.verifyHostName() ? SslVerifyMode.FULL : SslVerifyMode.CA);
        @Nullable Path trusted = tls.trustStore();
        if (trusted != null) {
            options.truststore(trusted.toFile(), characters(tls.trustStorePassword()));
        }
        @Nullable Path own = tls.keyStore();
        if (own != null) {
            options.keystore(own.toFile(), characters(tls.keyStorePassword()));
        }
        return options.build();
    }

    private static char @Nullable [] characters(@Nullable String password) {
        return password == null ? null : password.toCharArray();
    }

    private static String decoded(String text) {
        // a plus sign is itself in a URI's user information
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
