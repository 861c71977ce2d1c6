package io.cachemigrator.cache.config;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import org.jspecify.annotations.Nullable;

/** Finds what is wrong with the way to Redis. */
final class RedisFaults {
    private static final String SCHEMES =
            "redis://, redis-sentinel:// or redis-cluster://, or with TLS rediss://, rediss-sentinel:// or rediss-cluster://";
    private static final String HOST = "[^\\s:/@,\\[\\]]+:[0-9]{1,5}|\\[[0-9A-Fa-f:.]+\\]:[0-9]{1,5}";
    private static final int MAX_POOL = 1_000;
    private static final int MAX_FAILURES = 1_000;
    private static final int MAX_HELD = 1_000_000;

    private final RedisConfig redis;
    private final ConfigFaults faults;

    RedisFaults(RedisConfig redis, ConfigFaults faults) {
        this.redis = redis;
        this.faults = faults;
    }

    void find() {
        String scheme = String.valueOf(redis.uri().getScheme());
        RedisTopology topology = redis.topology();
        faults.require(topology.hasScheme(scheme), "redis.uri", redis.displayUri(), SCHEMES);
        faults.require(
                !redis.hosts().isEmpty() && redis.hosts().stream().allMatch(host -> host.matches(HOST)),
                "redis.uri",
                redis.displayUri(),
                "a URI that names a host");
        faults.require(
                topology != RedisTopology.STANDALONE || redis.hosts().size() <= 1,
                "redis.uri",
                redis.displayUri(),
                "one host; several with redis-sentinel:// or redis-cluster://");
        checkPath(topology);
        faults.require(
                redis.poolSize() >= 1 && redis.poolSize() <= MAX_POOL,
                "redis.poolSize",
                redis.poolSize(),
                "1 to 1,000");
        faults.requirePositive("redis.connectTimeout", redis.connectTimeout());
        faults.requirePositive("redis.socketTimeout", redis.socketTimeout());
        checkOutage(redis.outage());
        checkTls(redis.tls());
        faults.require(
                redis.sentinel() == null || topology == RedisTopology.SENTINEL,
                "redis.sentinel",
                "given",
                "none, as no Sentinels are asked for the master");
    }

    private void checkPath(RedisTopology topology) {
        String path = redis.uri().getPath() == null ? "" : redis.uri().getPath();
        switch (topology) {
            case STANDALONE ->
                faults.require(
                        path.matches("(/[0-9]{0,4})?"),
                        "redis.uri",
                        redis.displayUri(),
                        "a path that is a database number, or none");
            case SENTINEL ->
                faults.require(
                        path.matches("/[^/]+(/[0-9]{1,4})?"),
                        "redis.uri",
                        redis.displayUri(),
                        "a path that names the master, perhaps with a database number: /mymaster/0");
            case CLUSTER ->
                faults.require(
                        path.matches("(/0?)?"),
                        "redis.uri",
                        redis.displayUri(),
                        "no path, as a cluster has one database only");
        }
    }

    private void checkOutage(RedisOutageConfig outage) {
        faults.require(
                outage.failures() >= 1 && outage.failures() <= MAX_FAILURES,
                "redis.outage.failures",
                outage.failures(),
                "1 to 1,000");
        faults.requirePositive("redis.outage.pause", outage.pause());
        faults.require(
                outage.heldWrites() >= 0 && outage.heldWrites() <= MAX_HELD,
                "redis.outage.heldWrites",
                outage.heldWrites(),
                "0 to 1,000,000");
        faults.require(outage.heldBytes() >= 0, "redis.outage.heldBytes", outage.heldBytes(), "0 or more");
    }

    private void checkTls(@Nullable RedisTlsConfig tls) {
        if (tls == null) {
            return;
        }
        faults.require(redis.isSecured(), "redis.tls", "given", "none, as the URI asks for no TLS (rediss)");
        checkStore("redis.tls.trustStore", tls.trustStore(), tls.trustStorePassword());
        checkStore("redis.tls.keyStore", tls.keyStore(), tls.keyStorePassword());
    }

    private void checkStore(String property, @Nullable Path file, @Nullable String password) {
        if (file == null) {
            faults.require(password == null, property, "none", "a file, as a password for it is given");
            return;
        }
        faults.require(
                opens(file, password), property, file, "a file in PKCS 12 or JKS that opens with the password given");
    }

    private static boolean opens(Path file, @Nullable String password) {
        try {
            KeyStore.getInstance(file.toFile(), password == null ? null : password.toCharArray());
            return true;
        } catch (IOException | GeneralSecurityException | IllegalArgumentException unreadable) {
            return false; // the reason may repeat what the file holds
        }
    }
}
