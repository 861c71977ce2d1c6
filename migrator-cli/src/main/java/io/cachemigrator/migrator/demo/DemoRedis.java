package io.cachemigrator.migrator.demo;

import io.cachemigrator.migrator.error.ErrorCode;
import io.cachemigrator.migrator.error.MigratorException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import redis.clients.jedis.Jedis;
import redis.embedded.RedisServer;

/** A real Redis server of the demo's own, on loopback, with nothing kept on disk. */
public final class DemoRedis implements AutoCloseable {
    private final RedisServer server;
    private final int port;

    private DemoRedis(RedisServer server, int port) {
        this.server = server;
        this.port = port;
    }

    /** Starts a server on a free port. */
    public static DemoRedis start(Path folder) {
        try {
            int port = freePort();
            RedisServer server = RedisServer.newRedisServer()
                    .port(port)
                    .setting("bind 127.0.0.1")
                    .setting("save \"\"")
                    .setting("appendonly no")
                    .setting("dir " + folder)
                    .build();
            server.start();
            return new DemoRedis(server, port);
        } catch (IOException e) {
            throw new MigratorException(
                    ErrorCode.STORE_UNREACHABLE,
                    "The demo's own Redis server cannot be started.",
                    e.getClass().getSimpleName() + ": " + e.getMessage(),
                    "The bundled server runs on Linux, macOS and Windows; try the commands on a server of yours.",
                    e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Where it is. */
    public String uri() {
        return "redis://127.0.0.1:" + port;
    }

    /** Loads legacy entries in the form of the bundled sample, and says how many. */
    public int load(InputStream json) {
        try (Jedis redis = new Jedis(uri())) {
            return LegacyData.load(redis, json);
        }
    }

    /** Everything that it holds now. */
    public LegacyData.Snapshot snapshot() {
        try (Jedis redis = new Jedis(uri())) {
            return LegacyData.snapshot(redis);
        }
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (IOException e) {
            throw new IllegalStateException("the demo's Redis server could not be stopped", e);
        }
    }
}
