package io.cachemigrator.cache.tier.disk;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.jdbc4.JDBC4Connection;

/** One connection with its prepared statements. For one thread at a time. */
final class DiskSession {
    private static final int BUSY_MILLIS = 5_000;

    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>();

    DiskSession(Path file) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_MILLIS);
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        // in WAL mode this loses nothing when a process is killed; only a power cut may take the last writes
        config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
        // this constructor takes the file as it is; in a JDBC URL a question mark would end its name
        this.connection = new JDBC4Connection("jdbc:sqlite:", file.toString(), config.toProperties());
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

    /** The bytes in the first column of the first row, or null. */
    byte @Nullable [] bytes(String sql, Object... values) throws SQLException {
        try (ResultSet rows = bind(sql, values).executeQuery()) {
            return rows.next() ? rows.getBytes(1) : null;
        }
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    void close() throws SQLException {
        for (PreparedStatement statement : statements.values()) {
            statement.close();
        }
        connection.close();
    }
}
