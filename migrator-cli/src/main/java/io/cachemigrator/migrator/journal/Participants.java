package io.cachemigrator.migrator.journal;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The processes that have joined the run under a lock, each with a lease of its own. Thread safe. */
public final class Participants {
    private static final String SEPARATOR = "#";

    private final JournalDatabase database;
    private final String lockName;

    /** Of the run under a lock. */
    public Participants(JournalDatabase database, String lockName) {
        this.database = database;
        this.lockName = lockName;
    }

    /** What the lease of a process that has joined is called. */
    static String nameOf(String lockName, String owner) {
        return lockName + SEPARATOR + owner;
    }

    /**
     * A process that has joined.
     *
     * @param owner what its slices are marked with
     * @param holder the process, in words
     */
    public record Participant(String owner, String holder) {}

    private record Row(String name, String owner, LockHolder holder) {}

    /** Those that are alive as far as is known. */
    public List<Participant> alive() {
        List<Participant> alive = new ArrayList<>();
        for (Row row : rows(database.now())) {
            if (!row.holder().isDead()) {
                alive.add(new Participant(row.owner(), row.holder().describe()));
            }
        }
        return alive;
    }

    /** The first of those that are alive, in words; null = none is. */
    public @Nullable String first() {
        return alive().stream().map(Participant::holder).findFirst().orElse(null);
    }

    private List<Row> rows(long leaseAfter) {
        String prefix = nameOf(lockName, "");
        return database.query(
                "select name, owner, holder from cm_lock where substr(name, 1, ?) = ? and lease_until >= ? order by name",
                row -> new Row(row.getString(1), row.getString(2), LockHolder.fromText(row.getString(3))),
                prefix.length(),
                prefix,
                leaseAfter);
    }

    /**
     * Takes the leases away from those that are dead or were not heard of for too long: from then on they can neither renew them
     * nor write to the journal, and others claim their slices.
     */
    public void bury() {
        long now = database.now();
        for (Row row : rows(Long.MIN_VALUE)) {
            if (row.holder().isDead()) {
                database.update("delete from cm_lock where name = ? and owner = ?", row.name(), row.owner());
            } else {
                database.update(
                        "delete from cm_lock where name = ? and owner = ? and lease_until < ?",
                        row.name(),
                        row.owner(),
                        now);
            }
        }
    }
}
