package io.cachemigrator.cache.contract;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** A network between a client and a server on this machine, with faults on demand. */
public final class FaultyProxy implements AutoCloseable {
    private final ServerSocket entrance;
    private final int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile Fault fault = Fault.NONE;
    private volatile boolean closed;

    /** What happens to what passes. */
    public enum Fault {
        /** Nothing. */
        NONE,
        /** Bytes of both ways are lost, and connections stay open: the network is cut. */
        CUT,
        /** Answers are lost, questions arrive. */
        NO_ANSWERS,
        /** Everything takes 20 ms longer. */
        SLOW,
        /** Connections are reset, open ones and new ones. */
        RESET
    }

    /** In front of a port. */
    public FaultyProxy(int target) {
        this.target = target;
        try {
            this.entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        start(this::accept);
    }

    /** Where clients connect. */
    public int port() {
        return entrance.getLocalPort();
    }

    /** As a server for clients. */
    public String uri() {
        return "redis://127.0.0.1:" + port();
    }

    /** From now on. Connections that lost something do not live on when the network is whole again. */
    public void set(Fault next) {
        Fault before = fault;
        fault = next;
        if (next == Fault.RESET || next == Fault.NONE && before != Fault.SLOW) {
            sockets.forEach(FaultyProxy::reset);
        }
    }

    private void accept() {
        while (!closed) {
            try {
                Socket client = entrance.accept();
                if (fault == Fault.RESET) {
                    reset(client);
                    continue;
                }
                Socket server = new Socket();
                sockets.add(client);
                sockets.add(server);
                server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
                start(() -> pump(client, server, false));
                start(() -> pump(server, client, true));
            } catch (IOException refused) {
                // the server is down: its clients notice when theirs is reset
                sockets.forEach(FaultyProxy::reset);
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
                if (fault == Fault.SLOW) {
                    LockSupport.parkNanos(20_000_000);
                }
                if (fault != Fault.CUT && !(answers && fault == Fault.NO_ANSWERS)) {
                    out.write(buffer, 0, read);
                }
            }
        } catch (IOException ended) {
            reset(from);
            reset(to);
        } finally {
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException gone) {
            // then it is as it should be
        }
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "faulty-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        closed = true;
        try {
            entrance.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        sockets.forEach(FaultyProxy::reset);
    }
}
