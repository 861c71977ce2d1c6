package io.cachemigrator.migrator.data;

import io.cachemigrator.migrator.error.MigratorException;
import io.cachemigrator.migrator.project.StoreUri;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.exceptions.JedisException;

/** One connection to a Redis server, whose failures say what to do. Not thread safe: one for each thread. */
public final class RedisLink implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration SOCKET_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration BRIEF_TIMEOUT = Duration.ofSeconds(1);

    private final StoreUri uri;
    private final String role;
    private final StoreUri.Server server;
    private final Jedis jedis;

    private RedisLink(StoreUri uri, StoreUri.Server server, String role, Jedis jedis) {
        this.uri = uri;
        this.server = server;
        this.role = role;
        this.jedis = jedis;
    }

    /**
     * Connects and authenticates: to the server, to the master that Sentinels name, or to one master of a cluster.
     *
     * @param role what the store is for, in messages: {@code legacy} or {@code target}
     * @throws MigratorException saying what was tried and how to mend it
     */
    public static RedisLink open(StoreUri uri, String role) {
        return open(uri, role, CONNECT_TIMEOUT, SOCKET_TIMEOUT);
    }

    /** As {@link #open(StoreUri, String)}, but gives up soon: to look whether a store is there. */
    public static RedisLink openBriefly(StoreUri uri, String role) {
        return open(uri, role, BRIEF_TIMEOUT, BRIEF_TIMEOUT);
    }

    /** As {@link #open(StoreUri, String)}, to one of the servers behind a URI. */
    static RedisLink openServer(StoreUri uri, StoreUri.Server server, String role) {
        return connect(uri, server, role, CONNECT_TIMEOUT, SOCKET_TIMEOUT);
    }

    private static RedisLink open(StoreUri uri, String role, Duration connectTimeout, Duration socketTimeout) {
        return switch (uri.kind()) {
            case REDIS -> connect(uri, uri.servers().get(0), role, connectTimeout, socketTimeout);
            case SENTINEL -> connect(uri, SentinelMaster.of(uri, role), role, connectTimeout, socketTimeout);
            case CLUSTER ->
                connect(uri, ClusterMap.read(uri, role).masters().get(0).server(), role, connectTimeout, socketTimeout);
            default -> throw new IllegalArgumentException("no single Redis server: " + uri);
        };
    }

    /** A connection to every server that has keys: one, or all masters of a cluster. */
    public static List<RedisLink> openAll(StoreUri uri, String role) {
        if (uri.kind() != StoreUri.Kind.CLUSTER) {
            return List.of(open(uri, role));
        }
        List<RedisLink> links = new ArrayList<>();
        try {
            for (ClusterMap.Master master : ClusterMap.read(uri, role).masters()) {
                links.add(openServer(uri, master.server(), role));
            }
            return links;
        } catch (MigratorException e) {
            links.forEach(RedisLink::close);
            throw e;
        }
    }

    private static RedisLink connect(
            StoreUri uri, StoreUri.Server server, String role, Duration connectTimeout, Duration socketTimeout) {
        DefaultJedisClientConfig.Builder builder = DefaultJedisClientConfig.builder()
                .resp2()
                .connectionTimeoutMillis((int) connectTimeout.toMillis())
                .socketTimeoutMillis((int) connectTimeout.toMillis())
                .user(uri.user())
                .password(uri.password())
                .database(uri.database())
                .clientSetInfoConfig(ClientSetInfoConfig.DISABLED);
        if (uri.tls()) {
            builder.sslOptions(SslOptions.defaults());
        }
        DefaultJedisClientConfig config = builder.build();
        try {
            Jedis jedis = new Jedis(new HostAndPort(server.host(), server.port()), config);
            jedis.connect();
            jedis.ping();
            // a server that says nothing to the first words says nothing to any; a large answer later may take its time
            jedis.getConnection().setSoTimeout((int) socketTimeout.toMillis());
            return new RedisLink(uri, server, role, jedis);
        } catch (JedisException e) {
            throw StoreErrors.explain(uri, role, e);
        }
    }

    /** Where it is connected to. */
    public StoreUri uri() {
        return uri;
    }

    /** Which of the servers behind the URI it is connected to. */
    StoreUri.Server server() {
        return server;
    }

    /** Runs commands; a failure of the store becomes an error that says what to do. */
    public <T> T call(Function<Jedis, T> commands) {
        try {
            return commands.apply(jedis);
        } catch (JedisException e) {
            throw StoreErrors.explain(uri, role, e);
        }
    }

    /** Fields of an {@code INFO} section. */
    public Map<String, String> info(String section) {
        String text = call(redis -> redis.info(section));
        Map<String, String> fields = new LinkedHashMap<>();
        text.lines().forEach(line -> {
            int colon = line.indexOf(':');
            if (colon > 0 && !line.startsWith("#")) {
                fields.put(line.substring(0, colon), line.substring(colon + 1).strip());
            }
        });
        return fields;
    }

    /** The server's time in milliseconds since the epoch. */
    public long serverMillis() {
        return call(redis -> {
            var time = redis.time();
            return Long.parseLong(time.get(0)) * 1000 + Long.parseLong(time.get(1)) / 1000;
        });
    }

    @Override
    public void close() {
        jedis.close();
    }
}
