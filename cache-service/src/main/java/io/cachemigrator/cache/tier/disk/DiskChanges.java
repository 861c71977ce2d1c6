package io.cachemigrator.cache.tier.disk;

import io.cachemigrator.cache.tier.ChangeListener;
import io.cachemigrator.cache.tier.StampClock;
import io.cachemigrator.cache.tier.TierUnavailableException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Tells the processes of a folder of each other's changes. A change is logged in the transaction that makes it, as long as
 * another process has said that it listens; a listener reads the log from where it stopped. When its registration has run out,
 * as that of a process that was paused for long, or the log no longer goes back far enough, it has missed changes.
 */
final class DiskChanges {
    /** For how long a process that is not heard of still counts as listening. */
    private static final long LISTENS_MILLIS = 60_000;

    private static final long RENEWED_MILLIS = 20_000;

    /** A registration this close to its end counts as run out: clocks are read before transactions. */
    private static final long MARGIN_MILLIS = 5_000;

    private static final int LOGGED_AT_MOST = 20_000;
    private static final int TRIMMED_EVERY = 1_000;
    private static final int A_PAGE = 1_000;
    private static final long NOWHERE = -1;

    private final DiskDatabase database;
    private final StampClock stamps;
    private final long source = ThreadLocalRandom.current().nextLong();
    private final List<ChangeListener> listeners = new CopyOnWriteArrayList<>();

    /** Whether the transaction at hand has to log; used by its thread only. */
    private boolean logging;

    private long opened = NOWHERE;
    private long position = NOWHERE;
    private volatile @Nullable Long heardUntil;

    DiskChanges(DiskDatabase database, StampClock stamps) {
        this.database = database;
        this.stamps = stamps;
    }

    /** Finds out whether anybody else listens, in a transaction. */
    void begin(DiskSession session) throws SQLException {
        String sql = "SELECT EXISTS(SELECT 1 FROM listener WHERE source <> ? AND until > ?)";
        logging = session.number(sql, 0, source, stamps.millis()) != 0;
    }

    /** Logs what a transaction has changed. */
    void log(DiskSession session, DiskChange kind, String region, Iterable<String> names, long at) throws SQLException {
        if (!logging) {
            return;
        }
        for (String name : names) {
            session.update(
                    "INSERT INTO change(source, kind, region, name, at) VALUES(?, ?, ?, ?, ?)",
                    source,
                    kind.name(),
                    region,
                    DiskEntries.key(name),
                    at);
            long seq = session.number("SELECT last_insert_rowid()", 0);
            if (seq % TRIMMED_EVERY == 0) {
                session.update("DELETE FROM change WHERE seq <= ?", seq - LOGGED_AT_MOST);
            }
        }
    }

    /** Adds a listener; from now on it is told. */
    synchronized void listen(ChangeListener listener) {
        boolean first = listeners.isEmpty();
        listeners.add(listener);
        if (first) {
            poll();
        }
    }

    /** The {@link System#nanoTime()} up to which listeners know everything; null before there are any. */
    @Nullable
    Long heardUntil() {
        return heardUntil;
    }

    /** Tells listeners what has happened since the last time. */
    synchronized void poll() {
        if (listeners.isEmpty()) {
            return;
        }
        try {
            long asked = System.nanoTime();
            long now = stamps.millis();
            Heard heard;
            do {
                heard = database.read(session -> read(session, now));
                // the file may have been replaced before or after it was read: this is decided on the cautious side
                if (heard.missed() || opened != database.opened()) {
                    register(true);
                    return;
                }
                deliver(heard.changes());
            } while (heard.changes().size() == A_PAGE);
            heardUntil = asked;
            if (heard.until() - now < LISTENS_MILLIS - RENEWED_MILLIS) {
                register(false);
            }
        } catch (TierUnavailableException down) {
            // what is heard stays as old as it is, which tells that copies are not to be trusted
            return;
        }
    }

    private void register(boolean anew) throws TierUnavailableException {
        long asked = System.nanoTime();
        boolean known = position != NOWHERE;
        long newest = database.write(session -> {
            session.update(
                    "INSERT INTO listener(source, until) VALUES(?, ?)"
                            + " ON CONFLICT(source) DO UPDATE SET until = excluded.until",
                    source,
                    stamps.millis() + LISTENS_MILLIS);
            session.update("DELETE FROM listener WHERE until <= ?", stamps.millis());
            return newest(session);
        });
        if (anew) {
            opened = database.opened();
            position = newest;
            heardUntil = asked;
            if (known) {
                listeners.forEach(ChangeListener::missed);
            }
        }
    }

    /** No longer listens. */
    synchronized void leave() {
        if (listeners.isEmpty() || position == NOWHERE) {
            return;
        }
        listeners.clear();
        try {
            database.write(session -> session.update("DELETE FROM listener WHERE source = ?", source));
        } catch (TierUnavailableException down) {
            // it runs out by itself
            return;
        }
    }

    private static long newest(DiskSession session) throws SQLException {
        return session.number("SELECT seq FROM sqlite_sequence WHERE name = 'change'", 0);
    }

    private Heard read(DiskSession session, long now) throws SQLException {
        // the registration first: when it is still good then, all that was committed before is in the log
        long until = session.number("SELECT until FROM listener WHERE source = ?", 0, source);
        long oldest = session.number("SELECT min(seq) FROM change", 0);
        long newest = newest(session);
        boolean gap = newest < position || (newest > position && (oldest == 0 || oldest > position + 1));
        boolean missed = position == NOWHERE || gap || until - MARGIN_MILLIS <= now;
        List<Change> changes = new ArrayList<>();
        String sql =
                "SELECT seq, source, kind, region, name, at FROM change WHERE seq > ? ORDER BY seq LIMIT " + A_PAGE;
        if (missed || newest == position) {
            return new Heard(missed, until, changes);
        }
        try (ResultSet rows = session.bind(sql, position).executeQuery()) {
            while (rows.next()) {
                changes.add(new Change(
                        rows.getLong(1),
                        rows.getLong(2) == source,
                        DiskChange.valueOf(rows.getString(3)),
                        rows.getString(4),
                        DiskEntries.text(rows.getBytes(5)),
                        rows.getLong(6)));
            }
        }
        return new Heard(false, until, changes);
    }

    private void deliver(List<Change> changes) {
        for (int i = 0; i < changes.size(); i++) {
            Change change = changes.get(i);
            position = change.seq();
            if (change.own()) {
                continue;
            }
            List<String> names = new ArrayList<>(List.of(change.name()));
            while (i + 1 < changes.size() && changes.get(i + 1).continues(change)) {
                i++;
                names.add(changes.get(i).name());
                position = changes.get(i).seq();
            }
            listeners.forEach(listener -> change.kind().tell(listener, change.region(), names, change.at()));
        }
    }

    private record Heard(boolean missed, long until, List<Change> changes) {}

    private record Change(long seq, boolean own, DiskChange kind, String region, String name, long at) {
        /** Whether it can be told together with another: those of one call, or entries of one region. */
        boolean continues(Change other) {
            return own == other.own && kind == other.kind && region.equals(other.region) && at == other.at;
        }
    }
}
