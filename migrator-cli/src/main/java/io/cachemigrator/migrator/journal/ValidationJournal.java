package io.cachemigrator.migrator.journal;

import java.time.Instant;
import java.util.Optional;

/** How far the last comparison of a project has come, while it has not ended. Every method is one transaction. Thread safe. */
public final class ValidationJournal {
    private final JournalDatabase database;

    /** Over an open database, which it does not close. */
    public ValidationJournal(JournalDatabase database) {
        this.database = database;
    }

    /**
     * A comparison that has not ended.
     *
     * @param id its id
     * @param scope what is compared; it goes on only where that is still the same
     * @param state how far it has come, as JSON
     * @param startedAt when it began
     */
    public record Unfinished(String id, String scope, String state, Instant startedAt) {}

    /** Begins a comparison, which takes the place of another one. */
    public void begin(String project, Unfinished comparison) {
        database.update(
                "insert into cm_validation (project, id, scope, state, started_at, updated_at) values (?, ?, ?, ?, ?, ?)"
                        + " on conflict (project) do update set id = excluded.id, scope = excluded.scope,"
                        + " state = excluded.state, started_at = excluded.started_at, updated_at = excluded.updated_at",
                project,
                comparison.id(),
                comparison.scope(),
                comparison.state(),
                comparison.startedAt().toEpochMilli(),
                database.now());
    }

    /** Notes how far it has come; nothing where another one was begun since. */
    public void save(String project, String id, String state) {
        database.update(
                "update cm_validation set state = ?, updated_at = ? where project = ? and id = ?",
                state,
                database.now(),
                project,
                id);
    }

    /** Forgets it, because it has ended. */
    public void end(String project, String id) {
        database.update("delete from cm_validation where project = ? and id = ?", project, id);
    }

    /** The last one, unless it has ended. */
    public Optional<Unfinished> last(String project) {
        return database
                .query(
                        "select id, scope, state, started_at from cm_validation where project = ?",
                        row -> new Unfinished(
                                row.getString(1),
                                row.getString(2),
                                row.getString(3),
                                Instant.ofEpochMilli(row.getLong(4))),
                        project)
                .stream()
                .findFirst();
    }
}
