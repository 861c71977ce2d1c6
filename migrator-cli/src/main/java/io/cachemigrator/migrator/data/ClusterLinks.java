package io.cachemigrator.migrator.data;

import io.cachemigrator.migrator.error.ErrorCode;
import io.cachemigrator.migrator.error.MigratorException;
import io.cachemigrator.migrator.project.StoreUri;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * One client for each master of a cluster, and who serves what. Where slots move, the map is read again and what failed
 * is done again, so that work must bear being done twice. Not thread safe.
 */
final class ClusterLinks<C extends AutoCloseable> implements AutoCloseable {
    private static final int MOST_TRIES = 40;
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final StoreUri uri;
    private final String role;
    private final Function<RedisLink, C> opener;
    private ClusterMap map;
    private List<C> clients;

    ClusterLinks(StoreUri uri, String role, Function<RedisLink, C> opener) {
        this.uri = uri;
        this.role = role;
        this.opener = opener;
        this.map = ClusterMap.read(uri, role);
        this.clients = open(map);
    }

    private List<C> open(ClusterMap from) {
        List<C> opened = new ArrayList<>();
        try {
            for (ClusterMap.Master master : from.masters()) {
                opened.add(opener.apply(RedisLink.openServer(uri, master.server(), role)));
            }
            return opened;
        } catch (RuntimeException e) {
            close(opened);
            throw e;
        }
    }

    /** Who serves what, as last read. */
    ClusterMap map() {
        return map;
    }

    /** The clients, in the order of the map's masters. */
    List<C> clients() {
        return clients;
    }

    /** Reads who serves what again; clients stay where nothing has changed. */
    void refresh() {
        ClusterMap now = ClusterMap.read(uri, role);
        if (!now.text().equals(map.text())) {
            List<C> opened = open(now);
            close(clients);
            clients = opened;
        }
        map = now;
    }

    /** Waits a moment and reads who serves what again: a slot is on its way, and nobody tells when it has arrived. */
    void settle() {
        LockSupport.parkNanos(PAUSE.toNanos());
        refresh();
    }

    /**
     * Does work on each key's master.
     *
     * @param keys of the elements
     * @param elements handed to the master that serves the key at the same place
     * @return what the work gave for each element, in order
     */
    <E, R> List<R> onMasters(List<byte[]> keys, List<E> elements, BiFunction<C, List<E>, List<R>> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return once(keys, elements, work);
            } catch (MigratorException e) {
                if (!ClusterMap.isMoved(e) || attempt == MOST_TRIES) {
                    throw e;
                }
                settle();
            }
        }
    }

    /** Work with streams. */
    interface Streaming<C, R> {
        Optional<R> on(C client) throws IOException;
    }

    /** Does work with streams on a key's master. */
    <R> Optional<R> streamed(byte[] key, Streaming<C, R> work) throws IOException {
        try {
            return onMasters(List.of(key), List.of(key), (client, some) -> {
                        try {
                            return List.of(work.on(client));
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    })
                    .get(0);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private <E, R> List<R> once(List<byte[]> keys, List<E> elements, BiFunction<C, List<E>, List<R>> work) {
        List<R> results = new ArrayList<>(Collections.nCopies(elements.size(), null));
        for (Map.Entry<Integer, List<Integer>> part : map.byMaster(keys).entrySet()) {
            List<Integer> places = part.getValue();
            List<R> done = work.apply(
                    clients.get(part.getKey()),
                    places.stream().map(elements::get).toList());
            for (int i = 0; i < places.size(); i++) {
                results.set(places.get(i), done.get(i));
            }
        }
        return results;
    }

    /** The error when keys were looked through again and again, and moved each time. */
    MigratorException neverStill(int rounds) {
        return new MigratorException(
                ErrorCode.STORE_UNREACHABLE,
                "The keys of the " + role + " store " + uri + " cannot be listed.",
                "Slots moved between its masters during each of " + rounds
                        + " scans, so that keys may have been missed.",
                "Wait until the cluster has finished resharding, then run `migrator migrate --resume`.");
    }

    private void close(List<C> some) {
        for (C one : some) {
            try {
                one.close();
            } catch (Exception e) {
                throw new IllegalStateException("a connection to " + uri + " cannot be closed", e);
            }
        }
    }

    @Override
    public void close() {
        close(clients);
    }
}
