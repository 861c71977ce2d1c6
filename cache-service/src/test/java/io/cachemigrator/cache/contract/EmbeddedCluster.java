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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.embedded.RedisServer;
import redis.embedded.RedisShardedCluster;
import redis.embedded.core.ExecutableProvider;

/** A real Redis cluster of three masters on free ports of this machine. */
public final class EmbeddedCluster implements AutoCloseable {
    private static final int ATTEMPTS = 5;

    private final RedisShardedCluster cluster;
    private final List<Integer> ports;

    /** Started, without replicas. */
    public EmbeddedCluster() {
        this(0);
    }

    /** Started, with some replicas of each master, of which one is promoted a second or so after a master has died. */
    public EmbeddedCluster(int replicas) {
        Started started = started(replicas);
        ports = started.ports();
        cluster = started.cluster();
        awaitReady();
    }

    private record Started(RedisShardedCluster cluster, List<Integer> ports) {}

    /**
     * The servers meet before they are all given their slots, and one that hears of a slot too early refuses it: then it is
     * done anew.
     */
    private static Started started(int replicas) {
        for (int attempt = 1; ; attempt++) {
            List<Integer> ports = freePorts(3 * (1 + replicas));
            try {
                RedisShardedCluster cluster = cluster(ports, replicas);
                try {
                    cluster.start();
                    return new Started(cluster, ports);
                } catch (RuntimeException refused) {
                    cluster.stop();
                    if (attempt == ATTEMPTS) {
                        throw refused;
                    }
                }
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }

    private static RedisShardedCluster cluster(List<Integer> ports, int replicas) throws IOException {
        File folder =
                Files.createDirectories(Path.of("target", "embedded-redis")).toFile();
        return RedisShardedCluster.newRedisCluster()
                .withServerBuilder(RedisServer.newRedisServer()
                        .executableProvider(ExecutableProvider.newJarResourceProvider(folder))
                        .bind("127.0.0.1")
                        .setting("cluster-node-timeout 1500")
                        .setting("repl-diskless-sync yes")
                        .setting("repl-diskless-sync-delay 0")
                        .setting("save \"\""))
                .serverPorts(ports)
                .initializationTimeout(Duration.ofSeconds(60))
                .shard("one", replicas)
                .shard("two", replicas)
                .shard("three", replicas)
                .build();
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

    /** The port of the master that serves a slot. */
    public int masterOf(int slot) {
        return Integer.parseInt(node(slot)[1].replaceAll("@.*", "").replaceAll(".*:", ""));
    }

    /** What a server says of the one that serves a slot: its name, its address and more. */
    private String[] node(int slot) {
        for (int port : ports) {
            try (Jedis jedis = new Jedis("127.0.0.1", port)) {
                for (String line : jedis.clusterNodes().split("\n")) {
                    String[] parts = line.split(" ");
                    for (int i = 8; i < parts.length && !parts[2].contains("fail"); i++) {
                        String[] range = parts[i].split("-");
                        if (parts[i].matches("\\d+(-\\d+)?")
                                && slot >= Integer.parseInt(range[0])
                                && slot <= Integer.parseInt(range[range.length - 1])) {
                            return parts;
                        }
                    }
                }
            } catch (JedisConnectionException dead) {
                continue; // the next one knows
            }
        }
        throw new IllegalStateException("nobody serves slot " + slot);
    }

    /** Waits until the replicas have what their masters have. */
    public void awaitReplicas() throws Exception {
        for (int slot : List.of(0, 8_000, 16_000)) {
            Replicas.awaitInStep(masterOf(slot));
        }
    }

    /** Kills the master of a slot (SIGKILL). */
    public void killMasterOf(int slot) throws Exception {
        try (Jedis jedis = new Jedis("127.0.0.1", masterOf(slot))) {
            Matcher found = Pattern.compile("process_id:(\\d+)").matcher(jedis.info("server"));
            if (!found.find()
                    || new ProcessBuilder("kill", "-KILL", found.group(1))
                                    .start()
                                    .waitFor()
                            != 0) {
                throw new IllegalStateException("the master cannot be killed");
            }
        }
    }

    /**
     * Moves a slot to another master.
     *
     * @param meanwhile done when the two agree that it moves, and again when half of the keys are moved
     */
    public void move(int slot, int toPort, Runnable meanwhile) {
        String[] from = node(slot);
        int fromPort = masterOf(slot);
        try (Jedis source = new Jedis("127.0.0.1", fromPort);
                Jedis target = new Jedis("127.0.0.1", toPort)) {
            String targetName = target.clusterMyId();
            target.clusterSetSlotImporting(slot, from[0]);
            source.clusterSetSlotMigrating(slot, targetName);
            meanwhile.run();
            long half = source.clusterCountKeysInSlot(slot) / 2;
            for (List<String> keys = source.clusterGetKeysInSlot(slot, 1);
                    !keys.isEmpty();
                    keys = source.clusterGetKeysInSlot(slot, 1)) {
                source.migrate("127.0.0.1", toPort, keys.get(0), 0, 5_000);
                if (half-- == 0) {
                    meanwhile.run();
                }
            }
            target.clusterSetSlotNode(slot, targetName);
            source.clusterSetSlotNode(slot, targetName);
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
