package io.cachemigrator.migrator.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol;

/** What a server is told, as its own MONITOR shows it. */
public final class ReadKeys implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 30;

    private final Jedis watcher;
    private final Jedis marker;
    private final LinkedBlockingQueue<String> commands = new LinkedBlockingQueue<>();
    private int markers;

    /** Watches a server from now on. */
    public ReadKeys(TestRedis server) {
        this.watcher = server.connect();
        this.marker = server.connect();
        Connection connection = watcher.getConnection();
        connection.setTimeoutInfinite();
        connection.sendCommand(Protocol.Command.MONITOR);
        connection.getStatusCodeReply();
        Thread thread = new Thread(
                () -> {
                    while (!connection.isBroken()) {
                        try {
                            commands.add(connection.getBulkReply());
                        } catch (RuntimeException closed) {
                            return;
                        }
                    }
                },
                "monitor");
        thread.setDaemon(true);
        thread.start();
    }

    /** The commands since the last time, as MONITOR prints them. */
    public List<String> take() {
        String end = "end-" + markers++;
        marker.echo(end);
        List<String> taken = new ArrayList<>();
        try {
            for (String command = commands.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
                    command != null && !command.contains("\"" + end + "\"");
                    command = commands.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                taken.add(command);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
        return taken;
    }

    /** The keys that a command of one key, such as {@code GETRANGE}, names each time, in their order. */
    public static List<String> keysOf(String name, List<String> commands) {
        List<String> keys = new ArrayList<>();
        for (String command : commands) {
            String[] words = command.split(" \"");
            if (words.length > 2 && words[1].equalsIgnoreCase(name + "\"")) {
                keys.add(words[2].substring(0, words[2].length() - 1));
            }
        }
        return keys;
    }

    @Override
    public void close() {
        watcher.close();
        marker.close();
    }
}
