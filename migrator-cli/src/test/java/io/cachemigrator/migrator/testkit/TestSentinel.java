package io.cachemigrator.migrator.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.Jedis;
import redis.embedded.RedisCluster;
import redis.embedded.RedisSentinel;
import redis.embedded.RedisServer;

/** A real Redis master with a Sentinel on free loopback ports, with nothing kept on disk. */
public final class TestSentinel implements AutoCloseable {
    private final RedisCluster cluster;
    private final int master;

    private TestSentinel(RedisCluster cluster, int master) {
        this.cluster = cluster;
        this.master = master;
    }

    /** Started; the Sentinel knows the master. */
    public static TestSentinel start() {
        try {
            int master = TestRedis.freePort();
            RedisCluster cluster = RedisCluster.newRedisCluster()
                    .withServerBuilder(
                            RedisServer.newRedisServer().bind("127.0.0.1").setting("save \"\""))
                    .withSentinelBuilder(RedisSentinel.newRedisSentinel()
                            .bind("127.0.0.1")
                            .downAfterMilliseconds(500)
                            .failOverTimeout(5_000)
                            .parallelSyncs(1))
                    .serverPorts(List.of(master, TestRedis.freePort()))
                    .sentinelPorts(List.of(TestRedis.freePort()))
                    .quorumSize(1)
                    .replicationGroup("mymaster", 1)
                    .build();
            cluster.start();
            TestSentinel started = new TestSentinel(cluster, master);
            started.awaitMaster();
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitMaster() {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        try (Jedis sentinel = new Jedis("127.0.0.1", cluster.sentinelPorts().get(0))) {
            while (sentinel.sentinelGetMasterAddrByName("mymaster") == null) {
                if (System.nanoTime() - end > 0) {
                    throw new IllegalStateException("the Sentinel knows no master");
                }
                Thread.onSpinWait();
            }
        }
    }

    /** Where it is reached; the first Sentinel named is none. */
    public String uri() {
        return "redis-sentinel://127.0.0.1:1,127.0.0.1:"
                + cluster.sentinelPorts().get(0) + "/mymaster/0";
    }

    /** The URI with another master's name. */
    public String uriOf(String name) {
        return uri().replace("mymaster", name);
    }

    /** A connection to the master. */
    public Jedis connect() {
        return new Jedis("127.0.0.1", master);
    }

    @Override
    public void close() {
        try {
            cluster.stop();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
