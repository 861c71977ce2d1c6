package io.cachemigrator.cache.contract;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import redis.clients.jedis.Jedis;
import redis.embedded.Redis;
import redis.embedded.RedisCluster;
import redis.embedded.RedisSentinel;
import redis.embedded.RedisServer;
import redis.embedded.core.ExecutableProvider;

/** A real Redis master with a replica and a Sentinel on free ports of this machine. */
public final class EmbeddedSentinel implements AutoCloseable {
    private final RedisCluster cluster;
    private final int master;

    /** Started, with the replica in step. */
    public EmbeddedSentinel() throws Exception {
        File folder =
                Files.createDirectories(Path.of("target", "embedded-redis")).toFile();
        ExecutableProvider executable = ExecutableProvider.newJarResourceProvider(folder);
        master = freePort();
        cluster = RedisCluster.newRedisCluster()
                .withServerBuilder(RedisServer.newRedisServer()
                        .executableProvider(executable)
                        .bind("127.0.0.1")
                        .setting("save \"\"")
                        .setting("repl-diskless-sync yes")
                        .setting("repl-diskless-sync-delay 0"))
                .withSentinelBuilder(RedisSentinel.newRedisSentinel()
                        .executableProvider(executable)
                        .bind("127.0.0.1")
                        .downAfterMilliseconds(500)
                        .failOverTimeout(5_000)
                        .parallelSyncs(1))
                .serverPorts(List.of(master, freePort()))
                .sentinelPorts(List.of(freePort()))
                .quorumSize(1)
                .replicationGroup("mymaster", 1)
                .build();
        cluster.start();
        Eventually.await("the Sentinel knows the replica", () -> {
            try (Jedis sentinel = new Jedis("127.0.0.1", cluster.sentinelPorts().get(0))) {
                return !sentinel.sentinelReplicas("mymaster").isEmpty();
            }
        });
        awaitReplica();
    }

    private static int freePort() {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Returns when the replica has what the master has. */
    public void awaitReplica() throws Exception {
        Replicas.awaitInStep(master);
    }

    /** Stops the master, so that the Sentinel promotes the replica. */
    public void stopMaster() throws IOException {
        for (Redis server : cluster.servers()) {
            if (server.ports().contains(master)) {
                server.stop();
            }
        }
    }

    /** Where it is reached. */
    public String uri() {
        return "redis-sentinel://127.0.0.1:" + cluster.sentinelPorts().get(0) + "/mymaster/0";
    }

    @Override
    public void close() {
        try {
            cluster.stop();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
