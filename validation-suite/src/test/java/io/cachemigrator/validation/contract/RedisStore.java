package io.cachemigrator.validation.contract;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;
import redis.embedded.Redis;
import redis.embedded.RedisCluster;
import redis.embedded.RedisSentinel;
import redis.embedded.RedisServer;
import redis.embedded.core.ExecutableProvider;
import redis.embedded.core.RedisServerBuilder;

/** Real Redis servers on free ports of this machine, whose entries can be made older. */
final class RedisStore implements AutoCloseable {
    private static final int DEADLINE_OFFSET = 20;
    private static final int SHORTEST_ENVELOPE = 40;
    private static final int SLOTS = 16_384;

    private final String uri;
    private final List<Integer> masters;
    private final List<Redis> servers;

    private RedisStore(String uri, List<Integer> masters, List<Redis> servers) {
        this.uri = uri;
        this.masters = masters;
        this.servers = servers;
    }

    /** One server. */
    static RedisStore standalone() {
        int port = freePort();
        return started(
                "redis://127.0.0.1:" + port,
                List.of(port),
                () -> server().port(port).build());
    }

    /** A master that a Sentinel names. */
    static RedisStore sentinel() {
        int master = freePort();
        int sentinel = freePort();
        return started(
                "redis-sentinel://127.0.0.1:" + sentinel + "/mymaster",
                List.of(master),
                () -> RedisCluster.newRedisCluster()
                        .withServerBuilder(server())
                        .withSentinelBuilder(RedisSentinel.newRedisSentinel()
                                .executableProvider(ExecutableProvider.newJarResourceProvider(folder()))
                                .bind("127.0.0.1"))
                        .serverPorts(List.of(master))
                        .sentinelPorts(List.of(sentinel))
                        .quorumSize(1)
                        .replicationGroup("mymaster", 0)
                        .build());
    }

    /** Three masters that share the keys. */
    static RedisStore cluster() {
        List<Integer> ports = freePorts(3);
        List<Redis> servers = new ArrayList<>();
        try {
            for (int port : ports) {
                Path nodes =
                        folder().toPath().resolve("nodes-" + port + ".conf").toAbsolutePath();
                Files.deleteIfExists(nodes);
                Redis server = server().port(port)
                        .setting("cluster-enabled yes")
                        .setting("cluster-config-file " + nodes)
                        .build();
                server.start();
                servers.add(server);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        shareSlots(ports);
        return new RedisStore("redis-cluster://127.0.0.1:" + ports.get(0), ports, servers).awaitedCluster();
    }

    /** Gives each server its slots before it hears of the others, so that none is given twice. */
    private static void shareSlots(List<Integer> ports) {
        for (int i = 0; i < ports.size(); i++) {
            int from = i * SLOTS / ports.size();
            int to = (i + 1) * SLOTS / ports.size();
            try (Jedis jedis = new Jedis("127.0.0.1", ports.get(i))) {
                jedis.clusterAddSlots(IntStream.range(from, to).toArray());
                jedis.clusterSetConfigEpoch(i + 1L);
            }
        }
        try (Jedis first = new Jedis("127.0.0.1", ports.get(0))) {
            ports.subList(1, ports.size()).forEach(port -> first.clusterMeet("127.0.0.1", port));
        }
    }

    private interface Build {
        Redis servers() throws IOException;
    }

    private static RedisStore started(String uri, List<Integer> masters, Build build) {
        try {
            Redis servers = build.servers();
            servers.start();
            return new RedisStore(uri, masters, List.of(servers));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static RedisServerBuilder server() throws IOException {
        return RedisServer.newRedisServer()
                .executableProvider(ExecutableProvider.newJarResourceProvider(folder()))
                .bind("127.0.0.1")
                .setting("save \"\"");
    }

    private static File folder() throws IOException {
        return Files.createDirectories(Path.of("target", "embedded-redis")).toFile();
    }

    private static List<Integer> freePorts(int count) {
        Set<Integer> ports = new LinkedHashSet<>();
        while (ports.size() < count) {
            ports.add(freePort());
        }
        return List.copyOf(ports);
    }

    /** Free, as is the one beside it that servers of a cluster use; none that a client's end may be given. */
    private static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(10_000, 20_000);
            if (isFree(port) && isFree(port + 10_000)) {
                return port;
            }
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return free.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    /** Waits until every server of a cluster knows that all keys are served. */
    private RedisStore awaitedCluster() {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        for (int port : masters) {
            try (Jedis jedis = new Jedis("127.0.0.1", port)) {
                while (!jedis.clusterInfo().contains("cluster_state:ok")) {
                    if (System.nanoTime() - end > 0) {
                        throw new IllegalStateException("the cluster is not ready: " + jedis.clusterInfo());
                    }
                    Thread.onSpinWait();
                }
            }
        }
        return this;
    }

    String uri() {
        return uri;
    }

    void flush() {
        for (int port : masters) {
            try (RedisClient client = RedisClient.create("127.0.0.1", port)) {
                client.flushAll();
            }
        }
    }

    /** Moves deadlines and expiries of everything stored closer. */
    void pass(Duration span) {
        masters.forEach(port -> pass(port, span));
    }

    private static void pass(int port, Duration span) {
        try (RedisClient client = RedisClient.create("127.0.0.1", port)) {
            for (byte[] key : keys(client)) {
                String name = new String(key, StandardCharsets.UTF_8);
                if (!name.startsWith("cs:{!}")) {
                    moveDeadline(client, key, span);
                }
                long left = client.pttl(key);
                if (left > 0 && left <= span.toMillis()) {
                    client.del(key);
                } else if (left > 0) {
                    client.pexpire(key, left - span.toMillis());
                }
            }
        }
    }

    private static Set<byte[]> keys(RedisClient client) {
        Set<byte[]> keys = new HashSet<>();
        byte[] cursor = ScanParams.SCAN_POINTER_START_BINARY;
        do {
            ScanResult<byte[]> page = client.scan(cursor, new ScanParams().count(1_000));
            keys.addAll(page.getResult());
            cursor = page.getCursorAsBytes();
        } while (!Arrays.equals(cursor, ScanParams.SCAN_POINTER_START_BINARY));
        return keys;
    }

    private static void moveDeadline(RedisClient client, byte[] key, Duration span) {
        byte[] value = client.get(key);
        long deadline =
                value.length < SHORTEST_ENVELOPE ? -1 : ByteBuffer.wrap(value).getLong(DEADLINE_OFFSET);
        if (deadline >= 0) {
            byte[] moved =
                    ByteBuffer.allocate(8).putLong(deadline - span.toMillis()).array();
            client.setrange(key, DEADLINE_OFFSET, moved);
        }
    }

    @Override
    public void close() {
        try {
            for (Redis server : servers) {
                server.stop();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
