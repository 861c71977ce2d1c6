package io.cachemigrator.cache.tier.disk;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.sqlite.BusyHandler;
import org.sqlite.SQLiteConfig;
import org.sqlite.jdbc4.JDBC4Connection;

/** One connection with its prepared statements. For one thread at a time. */
final class DiskSession {
    private static final int NONE = -1;

    /** Pages of the write-ahead log after which a writer writes it back, should the upkeep not have got to it. */
    private static final int CHECKPOINT_PAGES = 16_000;

    /** The log is cut to this when it starts over, should a long read have made it longer. */
    private static final int LOG_BYTES = 64 << 20;

    /** A snapshot is held only when nothing was committed for as long: it would keep the log from starting over. */
    private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** A process that is killed between a commit and its signal leaves others unaware for no longer than this. */
    private static final long LONGEST_HOLD_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>();

    /** Numbers of regions that are known to be in the file, shared by its sessions. */
    private final Map<String, Integer> regions;

    /** Those that the transaction at hand has made. */
    private final Map<String, Integer> newRegions = new HashMap<>();

    /** When regions were last invalidated, as the snapshot that is held has it. */
    private final Map<Integer, Long> heldEpochs = new HashMap<>();

    /** State of the signal when the snapshot began that this session holds. */
    private long heldAt = NONE;

    private long heldSince;
    private long seen = NONE;
    private long seenSince;

    /**
     * Opens a file.
     *
     * @param cache what may be kept of it in memory, in KiB
     * @param patience how long it waits while others write
     */
    DiskSession(Path file, Map<String, Integer> regions, int cache, Duration patience) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        // in WAL mode this loses nothing when a process is killed; only a power cut may take the last writes
        config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
        // negative: KiB
        config.setCacheSize(-cache);
        this.regions = regions;
        // this constructor takes the file as it is; in a JDBC URL a question mark would end its name
        this.connection = new JDBC4Connection("jdbc:sqlite:", file.toString(), config.toProperties());
        BusyHandler.setHandler(connection, new DiskPatience(patience));
        execute("PRAGMA journal_size_limit = " + LOG_BYTES);
        execute("PRAGMA wal_autocheckpoint = " + CHECKPOINT_PAGES);
    }

    /** A statement, prepared once; what an earlier use bound is overwritten by the next. */
    PreparedStatement statement(String sql) throws SQLException {
        @Nullable PreparedStatement known = statements.get(sql);
        if (known == null) {
            known = connection.prepareStatement(sql);
            statements.put(sql, known);
        }
        return known;
    }

    /** Binds values in order, of the types that the tier stores: text, bytes and whole numbers. */
    PreparedStatement bind(String sql, Object... values) throws SQLException {
        PreparedStatement statement = statement(sql);
        for (int i = 0; i < values.length; i++) {
            if (values[i] instanceof byte[] bytes) {
                statement.setBytes(i + 1, bytes);
            } else if (values[i] instanceof Long number) {
                statement.setLong(i + 1, number);
            } else if (values[i] instanceof Integer number) {
                statement.setInt(i + 1, number);
            } else {
                statement.setString(i + 1, (String) values[i]);
            }
        }
        return statement;
    }

    int update(String sql, Object... values) throws SQLException {
        return bind(sql, values).executeUpdate();
    }

    /** The number in the first column of the first row, or another when there is no row. */
    long number(String sql, long otherwise, Object... values) throws SQLException {
        try (ResultSet rows = bind(sql, values).executeQuery()) {
            return rows.next() ? rows.getLong(1) : otherwise;
        }
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The number of a region; null when the file does not know it. */
    @Nullable
    Integer region(String name) throws SQLException {
        @Nullable Integer known = regions.get(name);
        if (known == null) {
            known = newRegions.get(name);
        }
        if (known != null) {
            return known;
        }
        int found = (int) number("SELECT number FROM region WHERE name = ?", NONE, name);
        if (found == NONE) {
            return null;
        }
        newRegions.put(name, found);
        return found;
    }

    /** The number of a region, which is given one when it has none; in a transaction. */
    int makeRegion(String name) throws SQLException {
        @Nullable Integer known = region(name);
        if (known == null) {
            update("INSERT INTO region(name) VALUES(?)", name);
            known = region(name);
        }
        if (known == null) {
            throw new SQLException("a region that was just written is not there");
        }
        return known;
    }

    /** Takes over what a read or a committed transaction has learnt. */
    void keepRegions() {
        if (!newRegions.isEmpty()) {
            regions.putAll(newRegions);
            newRegions.clear();
        }
    }

    /** Forgets what a transaction has learnt that was rolled back. */
    void forgetRegions() {
        newRegions.clear();
    }

    /**
     * Makes what follows see all that was committed. As long as nothing is, the snapshot of an earlier read is held: to begin
     * one takes longer than to read an entry.
     */
    void refresh(DiskSignal signal, long nowNanos) throws SQLException {
        long current = signal.value();
        if (heldAt == current && nowNanos - heldSince < LONGEST_HOLD_NANOS) {
            return;
        }
        letGo();
        if (seen != current) {
            seen = current;
            seenSince = nowNanos;
        } else if (nowNanos - seenSince >= QUIET_NANOS) {
            statement("BEGIN").executeUpdate();
            heldAt = current;
            heldSince = nowNanos;
        }
    }

    /** When a region was last invalidated, if a snapshot is held and it was kept. */
    @Nullable
    Long heldEpoch(int region) {
        return heldAt == NONE ? null : heldEpochs.get(region);
    }

    /** Keeps, as long as a snapshot is held, when a region was last invalidated. */
    void keepEpoch(int region, long epoch) {
        if (heldAt != NONE) {
            heldEpochs.put(region, epoch);
        }
    }

    /** Ends a snapshot that is held, which would keep the write-ahead log from starting over. */
    void letGo() throws SQLException {
        if (heldAt != NONE) {
            heldAt = NONE;
            heldEpochs.clear();
            statement("COMMIT").executeUpdate();
        }
    }

    void close() throws SQLException {
        for (PreparedStatement statement : statements.values()) {
            statement.close();
        }
        connection.close();
    }
}
