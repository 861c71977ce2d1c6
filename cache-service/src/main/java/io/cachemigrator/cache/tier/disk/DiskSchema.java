package io.cachemigrator.cache.tier.disk;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The tables of the disk tier's file. */
final class DiskSchema {
    static final int VERSION = 3;

    /** The row of {@code region} that stands for all of them. */
    static final int EVERY_REGION = 0;

    private static final List<String> TABLES = List.of(
            // what is held, in all and by region; when something was last invalidated; and in the first row the last
            // stamp
            // given, so that stamps of all processes go up
            """
            CREATE TABLE region(
              number INTEGER PRIMARY KEY,
              name TEXT NOT NULL UNIQUE,
              entries INTEGER NOT NULL DEFAULT 0,
              bytes INTEGER NOT NULL DEFAULT 0,
              epoch INTEGER NOT NULL DEFAULT -1,
              stamp INTEGER NOT NULL DEFAULT 0)""",
            "INSERT INTO region(number, name) VALUES(0, '')",
            // ids, tags and prefixes are bytes: they compare byte by byte, and may hold any character. The envelope is
            // last,
            // so that what precedes it is never on an overflow page; it lacks its payload where that has a file of its
            // own
            """
            CREATE TABLE entry(
              row INTEGER PRIMARY KEY,
              region INTEGER NOT NULL,
              id BLOB NOT NULL,
              bytes INTEGER NOT NULL,
              removal INTEGER NOT NULL,
              used INTEGER NOT NULL,
              tagged INTEGER NOT NULL,
              file INTEGER NOT NULL,
              envelope BLOB NOT NULL,
              UNIQUE(region, id))""",
            "CREATE INDEX entry_removal ON entry(removal) WHERE removal < 9223372036854775807",
            "CREATE INDEX entry_used ON entry(region, used)",
            "CREATE INDEX entry_file ON entry(file) WHERE file <> 0",
            "CREATE TABLE tagged(region INTEGER NOT NULL, tag BLOB NOT NULL, id BLOB NOT NULL,"
                    + " PRIMARY KEY(region, tag, id)) WITHOUT ROWID",
            "CREATE INDEX tagged_id ON tagged(region, id)",
            "CREATE TABLE record(scope TEXT NOT NULL, kind TEXT NOT NULL, name BLOB NOT NULL, at INTEGER NOT NULL,"
                    + " PRIMARY KEY(scope, kind, name)) WITHOUT ROWID",
            // who loads an id: until when, in milliseconds since the epoch; an earlier start than now means a clock set
            // back
            "CREATE TABLE lease(region TEXT NOT NULL, id BLOB NOT NULL, owner TEXT NOT NULL, since INTEGER NOT NULL,"
                    + " until INTEGER NOT NULL, PRIMARY KEY(region, id)) WITHOUT ROWID",
            "CREATE INDEX lease_until ON lease(until)",
            // when ids were deleted last, by parts of them, for loads that began before
            "CREATE TABLE deleted(region TEXT NOT NULL, part INTEGER NOT NULL, at INTEGER NOT NULL,"
                    + " PRIMARY KEY(region, part)) WITHOUT ROWID",
            // what other processes have to hear, and which of them listen
            "CREATE TABLE change(seq INTEGER PRIMARY KEY AUTOINCREMENT, source INTEGER NOT NULL, kind TEXT NOT NULL,"
                    + " region TEXT NOT NULL, name BLOB NOT NULL, at INTEGER NOT NULL)",
            "CREATE TABLE listener(source INTEGER PRIMARY KEY, until INTEGER NOT NULL)",
            // files of values that no entry names any more
            "CREATE TABLE garbage(file INTEGER PRIMARY KEY)",
            "CREATE TRIGGER entry_in AFTER INSERT ON entry BEGIN"
                    + " UPDATE region SET entries = entries + 1, bytes = bytes + new.bytes"
                    + " WHERE number IN (0, new.region); END",
            "CREATE TRIGGER entry_change AFTER UPDATE OF bytes ON entry WHEN new.bytes <> old.bytes BEGIN"
                    + " UPDATE region SET bytes = bytes + new.bytes - old.bytes WHERE number IN (0, new.region); END",
            "CREATE TRIGGER entry_out AFTER DELETE ON entry BEGIN"
                    + " UPDATE region SET entries = entries - 1, bytes = bytes - old.bytes"
                    + " WHERE number IN (0, old.region); END",
            "CREATE TRIGGER entry_untag AFTER DELETE ON entry WHEN old.tagged BEGIN"
                    + " DELETE FROM tagged WHERE region = old.region AND id = old.id; END",
            "CREATE TRIGGER entry_drop AFTER DELETE ON entry WHEN old.file <> 0 BEGIN"
                    + " INSERT OR IGNORE INTO garbage VALUES(old.file); END",
            "CREATE TRIGGER entry_swap AFTER UPDATE OF file ON entry WHEN old.file <> 0 AND old.file <> new.file BEGIN"
                    + " INSERT OR IGNORE INTO garbage VALUES(old.file); END");

    private DiskSchema() {}

    /**
     * Makes the tables where they are missing. Those of an earlier format are dropped with what they hold: it is a cache.
     *
     * @return the version of the file
     */
    static long prepare(DiskSession session) throws SQLException {
        long version = session.number("PRAGMA user_version", 0);
        if (version >= VERSION) {
            return version;
        }
        session.execute("BEGIN IMMEDIATE");
        try {
            // another process may have made them meanwhile
            if (session.number("PRAGMA user_version", 0) < VERSION) {
                dropTables(session);
                for (String statement : TABLES) {
                    session.execute(statement);
                }
                session.execute("PRAGMA user_version = " + VERSION);
            }
            session.execute("COMMIT");
        } catch (SQLException failure) {
            session.execute("ROLLBACK");
            throw failure;
        }
        return session.number("PRAGMA user_version", 0);
    }

    private static void dropTables(DiskSession session) throws SQLException {
        List<String> names = new ArrayList<>();
        String sql = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";
        try (ResultSet tables = session.bind(sql).executeQuery()) {
            while (tables.next()) {
                names.add(tables.getString(1));
            }
        }
        for (String name : names) {
            session.execute("DROP TABLE " + name);
        }
    }
}
