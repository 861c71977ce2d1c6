package io.cachemigrator.compat.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClient;
import redis.embedded.RedisServer;
import redis.embedded.core.ExecutableProvider;
import redis.embedded.core.RedisServerBuilder;

/** A real Redis on a free port, with a client of its own that sees raw keys. */
public final class TestRedis implements AutoCloseable {
    private final int port = freePort();
    private final String password;
    private final String[] settings;
    private RedisServer server;
    private RedisClient raw;

    public TestRedis() {
        this(null);
    }

    public TestRedis(String password, String... settings) {
        this.password = password;
        this.settings = settings;
    }

    public static TestRedis started() {
        return new TestRedis().start();
    }

    public TestRedis start() {
        try {
            Path folder = Files.createDirectories(Path.of("target", "embedded-redis"));
            RedisServerBuilder builder = RedisServer.newRedisServer()
                    .executableProvider(ExecutableProvider.newJarResourceProvider(folder.toFile()))
                    .port(port)
                    .setting("save \"\"")
                    .setting("bind 127.0.0.1");
            for (String setting : settings) {
                builder.setting(setting);
            }
            if (password != null) {
                builder.setting("requirepass " + password);
            }
            server = builder.build();
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    public void stop() {
        closeClient();
        try {
            server.stop();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server = null;
    }

    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    public int port() {
        return port;
    }

    public RedisClient raw() {
        if (raw == null) {
            raw = RedisClient.builder()
                    .hostAndPort(new HostAndPort("127.0.0.1", port))
                    .clientConfig(DefaultJedisClientConfig.builder()
                            .password(password)
                            .build())
                    .build();
        }
        return raw;
    }

    public Set<String> keys(String pattern) {
        return Set.copyOf(raw().scan(
                        "0",
                        new redis.clients.jedis.params.ScanParams()
                                .match(pattern)
                                .count(100_000))
                .getResult());
    }

    /** Calls of a command since the statistics were reset. */
    public long calls(String command) {
        List<String> lines = raw().info("commandstats").lines().toList();
        return lines.stream()
                .filter(line -> line.startsWith("cmdstat_" + command + ":calls="))
                .mapToLong(line -> Long.parseLong(line.replaceAll("^[^=]*=(\\d+),.*", "$1")))
                .sum();
    }

    @Override
    public void close() {
        closeClient();
        if (server != null) {
            stop();
        }
    }

    private void closeClient() {
        if (raw != null) {
            raw.close();
            raw = null;
        }
    }

    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
