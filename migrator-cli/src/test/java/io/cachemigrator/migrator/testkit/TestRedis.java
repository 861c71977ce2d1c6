package io.cachemigrator.migrator.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import redis.clients.jedis.Jedis;
import redis.embedded.RedisServer;

/** A real Redis server on a free loopback port, with nothing kept on disk. */
public final class TestRedis implements AutoCloseable {
    private final RedisServer server;
    private final int port;

    private TestRedis(RedisServer server, int port) {
        this.server = server;
        this.port = port;
    }

    /** Starts a server with further settings such as {@code requirepass secret}. */
    public static TestRedis start(String... settings) {
        return startOn(freePort(), settings);
    }

    /** Starts a server on a port. */
    public static TestRedis startOn(int port, String... settings) {
        try {
            var builder = RedisServer.newRedisServer()
                    .port(port)
                    .setting("bind 127.0.0.1")
                    .setting("save \"\"");
            for (String setting : List.of(settings)) {
                builder.setting(setting);
            }
            RedisServer server = builder.build();
            server.start();
            return new TestRedis(server, port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return port;
    }

    public String uri() {
        return "redis://127.0.0.1:" + port;
    }

    public Jedis connect() {
        return new Jedis("127.0.0.1", port);
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
