package io.cachemigrator.cache.contract;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisClusterClient;
import redis.embedded.RedisServer;
import redis.embedded.RedisShardedCluster;
import redis.embedded.core.ExecutableProvider;

/** A real Redis cluster of three servers on free ports of this machine. */
public final class EmbeddedCluster implements AutoCloseable {
    private final RedisShardedCluster cluster;
    private final List<Integer> ports;

    /** Started. */
    public EmbeddedCluster() {
        try {
            ports = freePorts(3);
            File folder =
                    Files.createDirectories(Path.of("target", "embedded-redis")).toFile();
            cluster = RedisShardedCluster.newRedisCluster()
                    .withServerBuilder(RedisServer.newRedisServer()
                            .executableProvider(ExecutableProvider.newJarResourceProvider(folder))
                            .bind("127.0.0.1")
                            .setting("save \"\""))
                    .serverPorts(ports)
                    .initializationTimeout(Duration.ofSeconds(60))
                    .shard("one", 0)
                    .shard("two", 0)
                    .shard("three", 0)
                    .build();
            cluster.start();
            awaitReady();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Ports that are free, with those beside them that a cluster's servers use; none that a client's end may be given. */
    private static List<Integer> freePorts(int count) {
        List<Integer> ports = new ArrayList<>();
        while (ports.size() < count) {
            int port = ThreadLocalRandom.current().nextInt(10_000, 20_000);
            if (!ports.contains(port) && isFree(port) && isFree(port + 10_000)) {
                ports.add(port);
            }
        }
        return ports;
    }

    private static boolean isFree(int port) {
        try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return free.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    /** Waits until every server knows that all keys are served. */
    private void awaitReady() {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        for (int port : ports) {
            try (Jedis jedis = new Jedis("127.0.0.1", port)) {
                while (!jedis.clusterInfo().contains("cluster_state:ok")) {
                    if (System.nanoTime() - end > 0) {
                        throw new IllegalStateException("the cluster is not ready: " + jedis.clusterInfo());
                    }
                    Thread.onSpinWait();
                }
            }
        }
    }

    /** Where it is reached. */
    public String uri() {
        return "redis-cluster://127.0.0.1:" + ports.get(0) + ",127.0.0.1:" + ports.get(1);
    }

    /** Ports of its servers. */
    public List<Integer> ports() {
        return List.copyOf(ports);
    }

    /** A client for the test's own use. */
    public RedisClusterClient client() {
        Set<HostAndPort> nodes = new HashSet<>();
        ports.forEach(port -> nodes.add(new HostAndPort("127.0.0.1", port)));
        return RedisClusterClient.create(nodes);
    }

    /** Removes everything. */
    public void flush() {
        for (int port : ports) {
            try (Jedis jedis = new Jedis("127.0.0.1", port)) {
                jedis.flushAll();
            }
        }
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
