package io.cachemigrator.validation.contract;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;
import redis.embedded.RedisServer;
import redis.embedded.core.ExecutableProvider;

/** A real Redis server on a free port of this machine, whose entries can be made older. */
final class RedisStore implements AutoCloseable {
    private static final int DEADLINE_OFFSET = 20;
    private static final int SHORTEST_ENVELOPE = 40;

    private final int port;
    private final RedisServer server;

    RedisStore() {
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        try {
            File folder =
                    Files.createDirectories(Path.of("target", "embedded-redis")).toFile();
            server = RedisServer.newRedisServer()
                    .executableProvider(ExecutableProvider.newJarResourceProvider(folder))
                    .port(port)
                    .bind("127.0.0.1")
                    .setting("save \"\"")
                    .build();
            server.start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    String uri() {
        return "redis://127.0.0.1:" + port;
    }

    private RedisClient client() {
        return RedisClient.create("127.0.0.1", port);
    }

    void flush() {
        try (RedisClient client = client()) {
            client.flushAll();
        }
    }

    /** Moves deadlines and expiries of everything stored closer. */
    void pass(Duration span) {
        try (RedisClient client = client()) {
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
            server.stop();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
