package io.cachemigrator.cache.contract;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import redis.clients.jedis.RedisClient;
import redis.embedded.RedisServer;
import redis.embedded.core.ExecutableProvider;

/** A real Redis server on a free port of this machine, and what tests do to it behind the service's back. */
public final class EmbeddedRedis implements AutoCloseable {
    private final int port;
    private final String[] settings;
    private RedisServer server;
    private boolean paused;
    private String processId = "";

    /** Started, with more settings beside those that keep it from writing files. */
    public EmbeddedRedis(String... settings) {
        try (ServerSocket free = new ServerSocket(0)) {
            this.port = free.getLocalPort();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        this.settings = settings;
        start();
    }

    /** Starts it, empty. */
    public void start() {
        try {
            File folder =
                    Files.createDirectories(Path.of("target", "embedded-redis")).toFile();
            var builder = RedisServer.newRedisServer()
                    .executableProvider(ExecutableProvider.newJarResourceProvider(folder))
                    .port(port)
                    .bind("127.0.0.1")
                    .setting("save \"\"");
            for (String setting : settings) {
                builder.setting(setting);
            }
            server = builder.build();
            processId = "";
            server.start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Stops it. */
    public void stop() {
        if (paused) {
            resume(); // it would not hear that it is to stop
        }
        try {
            server.stop();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Stops its process without asking it (SIGSTOP), so that it answers nobody and keeps its connections. */
    public void pause() {
        signal("STOP");
        paused = true;
    }

    /** Lets it go on (SIGCONT). */
    public void resume() {
        paused = false;
        signal("CONT");
    }

    /** Kills its process (SIGKILL). */
    public void kill() {
        signal("KILL");
    }

    private void signal(String name) {
        try {
            int code =
                    new ProcessBuilder("kill", "-" + name, processId()).start().waitFor();
            if (code != 0) {
                throw new IllegalStateException("kill ended with " + code);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** Asked before the first signal, as a stopped process does not answer. */
    private String processId() {
        if (processId.isEmpty()) {
            try (RedisClient client = client()) {
                Matcher found = Pattern.compile("process_id:(\\d+)").matcher(client.info("server"));
                processId = found.find() ? found.group(1) : "";
            }
        }
        return processId;
    }

    /** Its port. */
    public int port() {
        return port;
    }

    /** Keys that match a pattern, to be asked of servers with few. */
    public Set<String> keys(String pattern) {
        try (RedisClient redis = client()) {
            return redis.keys(pattern);
        }
    }

    /** Where it is reached. */
    public String uri() {
        return "redis://127.0.0.1:" + port;
    }

    /** A client for the test's own use. */
    public RedisClient client() {
        return RedisClient.create("127.0.0.1", port);
    }

    /** Removes everything. */
    public void flush() {
        try (RedisClient client = client()) {
            client.flushAll();
        }
    }

    /** How often a command was called since the server started. */
    public long calls(String command) {
        try (RedisClient client = client()) {
            Matcher matcher =
                    Pattern.compile("cmdstat_" + command + ":calls=(\\d+)").matcher(client.info("commandstats"));
            return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
        }
    }

    @Override
    public void close() {
        stop();
    }
}
