package io.cachemigrator.cache.text;

import io.cachemigrator.cache.CacheService;
import io.cachemigrator.cache.config.CacheConfig;
import io.cachemigrator.cache.config.RedisConfig;
import io.cachemigrator.cache.config.RedisOutageConfig;
import io.cachemigrator.cache.config.RegionConfig;
import io.cachemigrator.cache.config.TierPolicy;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Services that behave as a plain client of one server does: no copies in memory, and nothing done later. */
final class Connections {
    static final String REGION = "text";
    static final String HOST = "localhost";
    static final int PORT = 6_379;
    static final int TIMEOUT_MILLIS = 2_000;

    /** A moment: a client tries every command, however many failed before. */
    private static final RedisOutageConfig NOTHING_HELD = new RedisOutageConfig(1_000, Duration.ofMillis(1), 0, 0);

    private Connections() {}

    /**
     * How a server is reached.
     *
     * @param timeoutMillis 0 = no timeout
     * @param password null = none
     */
    record Server(
            String host,
            int port,
            int timeoutMillis,
            @Nullable String password,
            int database) {
        Server(String host, int port) {
            this(host, port, TIMEOUT_MILLIS, null, 0);
        }

        @Override
        public String toString() {
            return host + ":" + port + "/" + database;
        }
    }

    static CacheService open(Server server, TextPoolConfig pool) {
        String host = server.host().indexOf(':') < 0 ? server.host() : "[" + server.host() + "]";
        String uri = "redis://" + host + ":" + server.port() + "/" + server.database();
        return open(RedisConfig.of(uri).withLogin(null, server.password()), server.timeoutMillis(), pool);
    }

    /** By a URI, or by a host with Redis's own port: what names both a host and a port is a URI. */
    static CacheService open(String uriOrHost, TextPoolConfig pool) {
        return isUri(uriOrHost)
                ? open(RedisConfig.of(uriOrHost), TIMEOUT_MILLIS, pool)
                : open(new Server(uriOrHost, PORT), pool);
    }

    private static boolean isUri(String text) {
        if (!text.contains("://")) {
            return false;
        }
        URI uri = URI.create(text);
        return uri.getHost() != null && uri.getPort() > 0;
    }

    private static CacheService open(RedisConfig redis, int timeoutMillis, TextPoolConfig pool) {
        Duration timeout = Duration.ofMillis(timeoutMillis == 0 ? Integer.MAX_VALUE : timeoutMillis);
        return CacheService.open(CacheConfig.builder()
                .redis(redis.withTimeouts(timeout, timeout)
                        .withPoolSize(pool.getMaxTotal())
                        .withOutage(NOTHING_HELD))
                .failOnConnectionError(true)
                .region(RegionConfig.builder(REGION)
                        .tiers(TierPolicy.REDIS)
                        .noDefaultTtl()
                        .maxValueBytes(512 << 20)
                        .build())
                .build());
    }
}
