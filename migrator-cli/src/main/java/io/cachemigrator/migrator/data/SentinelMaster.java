package io.cachemigrator.migrator.data;

import io.cachemigrator.migrator.error.ErrorCode;
import io.cachemigrator.migrator.error.MigratorException;
import io.cachemigrator.migrator.project.StoreUri;
import java.time.Duration;
import java.util.List;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.exceptions.JedisException;

/** Asks Sentinels where the master is. They are asked without a password: the URI's is the master's. */
final class SentinelMaster {
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private SentinelMaster() {}

    /** The master as the first Sentinel that answers names it. */
    static StoreUri.Server of(StoreUri uri, String role) {
        MigratorException first = null;
        for (StoreUri.Server sentinel : uri.servers()) {
            try {
                return ask(uri, sentinel, role);
            } catch (MigratorException e) {
                first = first == null ? e : first;
            }
        }
        throw first == null ? new IllegalStateException("a URI without Sentinels: " + uri) : first;
    }

    private static StoreUri.Server ask(StoreUri uri, StoreUri.Server sentinel, String role) {
        DefaultJedisClientConfig.Builder builder = DefaultJedisClientConfig.builder()
                .resp2()
                .connectionTimeoutMillis((int) TIMEOUT.toMillis())
                .socketTimeoutMillis((int) TIMEOUT.toMillis())
                .clientSetInfoConfig(ClientSetInfoConfig.DISABLED);
        if (uri.tls()) {
            builder.sslOptions(SslOptions.defaults());
        }
        try (Jedis jedis = new Jedis(new HostAndPort(sentinel.host(), sentinel.port()), builder.build())) {
            List<String> address = jedis.sentinelGetMasterAddrByName(uri.masterName());
            if (address == null || address.size() < 2) {
                throw new MigratorException(
                        ErrorCode.STORE_UNREACHABLE,
                        "The " + role + " store " + uri + " cannot be found.",
                        "The Sentinel " + sentinel + " knows no master '" + uri.masterName() + "'.",
                        "Correct the master's name in the URI.");
            }
            return new StoreUri.Server(address.get(0), Integer.parseInt(address.get(1)));
        } catch (JedisException e) {
            throw StoreErrors.explain(uri, role, e);
        }
    }
}
