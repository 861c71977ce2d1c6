package io.cachemigrator.migrator.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
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

/** A real Redis Cluster of three masters on free loopback ports, with nothing kept on disk. */
public final class TestCluster implements AutoCloseable {
    private final RedisShardedCluster cluster;
    private final List<Integer> ports;

    private TestCluster(RedisShardedCluster cluster, List<Integer> ports) {
        this.cluster = cluster;
        this.ports = ports;
    }

    /** Started, and serving every slot. */
    public static TestCluster start() {
        try {
            List<Integer> ports = freePorts();
            RedisShardedCluster cluster = RedisShardedCluster.newRedisCluster()
                    .withServerBuilder(RedisServer.newRedisServer()
                            .bind("127.0.0.1")
                            .setting("cluster-node-timeout 1500")
                            .setting("save \"\""))
                    .serverPorts(ports)
                    .initializationTimeout(Duration.ofSeconds(60))
                    .shard("one", 0)
                    .shard("two", 0)
                    .shard("three", 0)
                    .build();
            cluster.start();
            TestCluster started = new TestCluster(cluster, ports);
            started.awaitReady();
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** None that a client's end may be given, and with those beside them that a cluster's servers use. */
    private static List<Integer> freePorts() {
        List<Integer> ports = new ArrayList<>();
        while (ports.size() < 3) {
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

    /** Where it is reached, by two of its servers. */
    public String uri() {
        return "redis-cluster://127.0.0.1:" + ports.get(0) + ",127.0.0.1:" + ports.get(1);
    }

    /** A connection to each master. */
    public List<Jedis> masters() {
        return ports.stream().map(port -> new Jedis("127.0.0.1", port)).toList();
    }

    /** A client of the whole. */
    public RedisClusterClient client() {
        Set<HostAndPort> nodes = new HashSet<>();
        ports.forEach(port -> nodes.add(new HostAndPort("127.0.0.1", port)));
        return RedisClusterClient.create(nodes);
    }

    /** Moves a slot with its keys from the master that has it to another one. */
    public void move(int slot) {
        List<Jedis> masters = masters();
        Jedis source = masters.stream()
                .filter(one -> one.clusterNodes().lines().anyMatch(line -> line.contains("myself") && has(line, slot)))
                .findFirst()
                .orElseThrow();
        Jedis target = masters.stream().filter(one -> one != source).findFirst().orElseThrow();
        String sourceId = source.clusterMyId();
        String targetId = target.clusterMyId();
        target.clusterSetSlotImporting(slot, sourceId);
        source.clusterSetSlotMigrating(slot, targetId);
        int port = ports.get(masters.indexOf(target));
        for (List<String> keys = source.clusterGetKeysInSlot(slot, 100);
                !keys.isEmpty();
                keys = source.clusterGetKeysInSlot(slot, 100)) {
            keys.forEach(key -> source.migrate("127.0.0.1", port, key, 0, 5_000));
        }
        target.clusterSetSlotNode(slot, targetId);
        source.clusterSetSlotNode(slot, targetId);
        masters.forEach(master -> awaitOwner(master, slot, targetId));
        masters.forEach(Jedis::close);
    }

    /** A move that begins before all know of the one before may leave a slot to nobody. */
    private static void awaitOwner(Jedis asked, int slot, String owner) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (asked.clusterNodes().lines().noneMatch(line -> line.startsWith(owner) && has(line, slot))) {
            if (System.nanoTime() - end > 0) {
                throw new IllegalStateException("not all know who has slot " + slot + ": " + asked.clusterNodes());
            }
            Thread.onSpinWait();
        }
    }

    private static boolean has(String line, int slot) {
        String[] parts = line.split(" ");
        for (int i = 8; i < parts.length; i++) {
            String[] range = parts[i].split("-");
            if (parts[i].matches("\\d+(-\\d+)?")
                    && slot >= Integer.parseInt(range[0])
                    && slot <= Integer.parseInt(range[range.length - 1])) {
                return true;
            }
        }
        return false;
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
