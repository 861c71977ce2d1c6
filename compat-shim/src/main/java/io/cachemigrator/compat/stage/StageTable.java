package io.cachemigrator.compat.stage;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * A stage in the journal of the toolkit: a row of its table {@code cm_stage}, and in {@code cm_presence} one for each process
 * that follows it. The database's clock tells which reports still hold. Only the toolkit makes the tables. Thread safe.
 */
final class StageTable implements StagePlace {
    private static final String CANARY = "CANARY";
    /** What tells a row that applications read from the toolkit's own, which are named by folders. */
    private static final String PREFIX = "name:";

    private final String url;
    private final String project;
    private final boolean file;
    private @Nullable Connection connection;

    /**
     * In a database.
     *
     * @throws IllegalStateException if the URL names none that a journal can be in
     */
    StageTable(String url, String project) {
        this.url = url;
        this.project = PREFIX + project;
        this.file = url.startsWith("jdbc:sqlite:");
        if (!file && !url.startsWith("jdbc:postgresql:")) {
            throw new IllegalStateException("CACHE_STAGE_JOURNAL is no jdbc:sqlite: or jdbc:postgresql: URL. Set it to"
                    + " what --journal is for the toolkit.");
        }
    }

    @Override
    public String name() {
        int query = url.indexOf('?');
        String bare = (query < 0 ? url : url.substring(0, query)).replaceAll("//[^/]*@", "//");
        return "the journal '" + bare + "' as '" + project.substring(PREFIX.length()) + "'";
    }

    @FunctionalInterface
    private interface Work<T> {
        T run(Connection open) throws SQLException;
    }

    private synchronized <T> T call(Work<T> work) {
        try {
            Connection open = connection == null ? open() : connection;
            connection = open;
            return work.run(open);
        } catch (SQLException e) {
            drop();
            // the message may repeat the URL with a password
            throw new StageUnreadableException(
                    "The stage cannot be read from or written to " + name() + ": SQL state " + e.getSQLState()
                            + (e.getErrorCode() == 0 ? "" : ", error " + e.getErrorCode())
                            + ". Check CACHE_STAGE_JOURNAL, that its driver is there, and that the toolkit has set a stage.",
                    e);
        }
    }

    private Connection open() throws SQLException {
        Properties properties = new Properties();
        if (file) {
            properties.setProperty("busy_timeout", "1000");
        } else {
            properties.setProperty("connectTimeout", "1");
            properties.setProperty("socketTimeout", "2");
        }
        return DriverManager.getConnection(url, properties);
    }

    private void drop() {
        Connection old = connection;
        connection = null;
        if (old != null) {
            try {
                old.close();
            } catch (SQLException alreadyBroken) {
                // it is given up because it is broken, and that was told
                return;
            }
        }
    }

    private static int update(Connection open, String sql, Object... arguments) throws SQLException {
        try (PreparedStatement statement = open.prepareStatement(sql)) {
            for (int i = 0; i < arguments.length; i++) {
                statement.setObject(i + 1, arguments[i]);
            }
            return statement.executeUpdate();
        }
    }

    /** Milliseconds since the epoch by the database's clock. */
    private long now(Connection open) throws SQLException {
        String sql = file
                ? "select cast((julianday('now') - 2440587.5) * 86400000 as integer)"
                : "select cast(extract(epoch from clock_timestamp()) * 1000 as bigint)";
        try (PreparedStatement statement = open.prepareStatement(sql);
                ResultSet rows = statement.executeQuery()) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }

    @Override
    public Optional<Stage> read() {
        return call(open -> {
            try (PreparedStatement statement =
                    open.prepareStatement("select name, percent from cm_stage where project = ?")) {
                statement.setString(1, project);
                try (ResultSet rows = statement.executeQuery()) {
                    return rows.next() ? Optional.of(stage(rows.getString(1), rows.getInt(2))) : Optional.empty();
                }
            }
        });
    }

    private Stage stage(String text, int percent) {
        try {
            return text.equals(CANARY) ? new Stage.Canary(percent) : Stage.parse(text);
        } catch (IllegalArgumentException e) {
            throw new StageUnreadableException("The stage cannot be read from " + name() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void write(Stage stage) {
        int percent = stage instanceof Stage.Canary canary ? canary.percent() : 0;
        String text = stage instanceof Stage.Canary ? CANARY : stage.text().toUpperCase(Locale.ROOT);
        int rows = call(open -> update(
                open,
                "insert into cm_stage (project, name, percent, since) values (?, ?, ?, ?) on conflict (project) do update"
                        + " set name = excluded.name, percent = excluded.percent, since = excluded.since",
                project,
                text,
                percent,
                now(open)));
        requireOne(rows);
    }

    private void requireOne(int rows) {
        if (rows != 1) {
            throw new StageUnreadableException("The stage was not written to " + name() + ". Check the database.");
        }
    }

    @Override
    public void remove() {
        call(open -> update(open, "delete from cm_stage where project = ?", project)
                + update(open, "delete from cm_presence where project = ?", project)
                + update(open, "delete from cm_usage where project = ?", project));
    }

    @Override
    public void report(StagePresence presence) {
        int rows = call(open -> {
            long now = now(open);
            update(
                    open,
                    "delete from cm_presence where project = ? and reported_at < ?",
                    project,
                    now - StagePresence.LIFE.toMillis());
            return update(
                    open,
                    "insert into cm_presence (project, process, report, reported_at) values (?, ?, ?, ?)"
                            + " on conflict (project, process) do update set report = excluded.report,"
                            + " reported_at = excluded.reported_at",
                    project,
                    presence.process(),
                    presence.text(now),
                    now);
        });
        requireOne(rows);
    }

    @Override
    public List<StagePresence> present() {
        return call(open -> {
            List<StagePresence> present = new ArrayList<>();
            long now = now(open);
            try (PreparedStatement statement =
                    open.prepareStatement("select process, report from cm_presence where project = ?")) {
                statement.setString(1, project);
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        StagePresence.parse(rows.getString(1), rows.getString(2), now)
                                .ifPresent(present::add);
                    }
                }
            }
            return present;
        });
    }

    @Override
    public void reportUsage(String process, String text) {
        int rows = call(open -> {
            long now = now(open);
            update(
                    open,
                    "delete from cm_usage where project = ? and reported_at < ?",
                    project,
                    now - USAGE_LIFE.toMillis());
            return update(
                    open,
                    "insert into cm_usage (project, process, sites, reported_at) values (?, ?, ?, ?)"
                            + " on conflict (project, process) do update set sites = excluded.sites,"
                            + " reported_at = excluded.reported_at",
                    project,
                    process,
                    text,
                    now);
        });
        requireOne(rows);
    }

    @Override
    public List<String> usage() {
        return call(open -> {
            List<String> texts = new ArrayList<>();
            try (PreparedStatement statement = open.prepareStatement("select sites from cm_usage where project = ?")) {
                statement.setString(1, project);
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        texts.add(rows.getString(1));
                    }
                }
            }
            return texts;
        });
    }

    @Override
    public synchronized void close() {
        drop();
    }
}
