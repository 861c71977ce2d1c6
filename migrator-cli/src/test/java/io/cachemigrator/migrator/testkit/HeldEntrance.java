package io.cachemigrator.migrator.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A way to a server that holds its answers once so much has passed, until they are released: the middle of some work. */
public final class HeldEntrance implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 90;

    private final ServerSocket entrance;
    private final int target;
    private final AtomicLong left;
    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    /** In front of a port of this machine. */
    public HeldEntrance(int target, long bytes) {
        this.target = target;
        this.left = new AtomicLong(bytes);
        try {
            this.entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        start(this::accept);
    }

    /** For clients. */
    public String uri() {
        return "redis://127.0.0.1:" + entrance.getLocalPort();
    }

    /** Returns once answers are held. */
    public void awaitHeld() throws InterruptedException {
        if (!held.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("so much did not pass: " + left + " bytes are left");
        }
    }

    /** Everything passes from now on. */
    public void release() {
        released.countDown();
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
                if (left.addAndGet(-read) < 0 && answers) {
                    held.countDown();
                    released.await();
                }
                out.write(buffer, 0, read);
            }
        } catch (IOException ended) {
            // both ends are closed, which is what the other side notices
            return;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "held-entrance");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        released.countDown();
        entrance.close();
    }
}
