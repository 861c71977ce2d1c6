package io.cachemigrator.cache.tier.disk;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The tables of the disk tier's file. */
final class DiskSchema {
    static final int VERSION = 2;

    private static final List<String> TABLES = List.of(
            // ids, tags and prefixes are bytes: they compare byte by byte, and may hold any character
            """
            CREATE TABLE entry(
              row INTEGER PRIMARY KEY,
              region TEXT NOT NULL,
              id BLOB NOT NULL,
              bytes INTEGER NOT NULL,
              removal INTEGER NOT NULL,
              used INTEGER NOT NULL,
              envelope BLOB NOT NULL,
              UNIQUE(region, id))""",
            "CREATE INDEX entry_removal ON entry(removal)",
            "CREATE INDEX entry_used ON entry(used)",
            "CREATE TABLE tagged(region TEXT NOT NULL, tag BLOB NOT NULL, id BLOB NOT NULL,"
                    + " PRIMARY KEY(region, tag, id)) WITHOUT ROWID",
            "CREATE INDEX tagged_id ON tagged(region, id)",
            "CREATE TABLE epoch(scope TEXT PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID",
            "CREATE TABLE record(scope TEXT NOT NULL, kind TEXT NOT NULL, name BLOB NOT NULL, at INTEGER NOT NULL,"
                    + " PRIMARY KEY(scope, kind, name)) WITHOUT ROWID",
            // who loads an id: until when, in milliseconds since the epoch; an earlier start than now means a clock set
            // back
            "CREATE TABLE lease(region TEXT NOT NULL, id BLOB NOT NULL, owner TEXT NOT NULL, since INTEGER NOT NULL,"
                    + " until INTEGER NOT NULL, PRIMARY KEY(region, id)) WITHOUT ROWID",
            "CREATE INDEX lease_until ON lease(until)",
            // bytes held, and the last stamp given, so that stamps of all processes go up
            "CREATE TABLE state(one INTEGER PRIMARY KEY CHECK(one = 1), bytes INTEGER NOT NULL, stamp INTEGER NOT NULL)",
            "INSERT INTO state VALUES(1, 0, 0)",
            "CREATE TRIGGER entry_in AFTER INSERT ON entry BEGIN" + " UPDATE state SET bytes = bytes + new.bytes; END",
            "CREATE TRIGGER entry_change AFTER UPDATE OF bytes ON entry BEGIN"
                    + " UPDATE state SET bytes = bytes + new.bytes - old.bytes; END",
            "CREATE TRIGGER entry_out AFTER DELETE ON entry BEGIN"
                    + " UPDATE state SET bytes = bytes - old.bytes;"
                    + " DELETE FROM tagged WHERE region = old.region AND id = old.id; END");

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
