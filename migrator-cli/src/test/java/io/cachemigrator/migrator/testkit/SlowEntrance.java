package io.cachemigrator.migrator.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** A way to a server on which every answer takes longer. */
public final class SlowEntrance implements AutoCloseable {
    private final ServerSocket entrance;
    private final int target;
    private volatile long delayNanos;

    /** In front of a port of this machine. */
    public SlowEntrance(int target, Duration delay) {
        this.target = target;
        this.delayNanos = delay.toNanos();
        try {
            this.entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        start(this::accept);
    }

    /** From now on every answer takes so much longer. */
    public void delay(Duration delay) {
        delayNanos = delay.toNanos();
    }

    /** For clients. */
    public String uri() {
        return "redis://127.0.0.1:" + entrance.getLocalPort();
    }

    private void accept() {
        while (!entrance.isClosed()) {
            try {
                Socket client = entrance.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                start(() -> pump(client, server, false));
                start(() -> pump(server, client, true));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void pump(Socket from, Socket to, boolean answers) {
        byte[] buffer = new byte[8_192];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (answers) {
                    LockSupport.parkNanos(delayNanos);
                }
                out.write(buffer, 0, read);
            }
        } catch (IOException ended) {
            // both ends are closed, which is what the other side notices
            return;
        }
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "slow-entrance");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        entrance.close();
    }
}
