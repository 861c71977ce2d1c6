package io.cachemigrator.migrator.data;

import io.cachemigrator.cache.envelope.Envelope;
import io.cachemigrator.cache.envelope.EnvelopeException;
import io.cachemigrator.cache.envelope.EnvelopeFormat;
import io.cachemigrator.migrator.backup.ContentStore;
import io.cachemigrator.migrator.journal.OverwrittenRecord;
import io.cachemigrator.migrator.journal.RunJournal;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes a run's copies out of the target again. An entry is removed only while it is to the byte what the run wrote;
 * what the application has written since stays. Doing it again changes nothing more.
 */
final class DataUndo {
    private final CopyTarget target;
    private final RunJournal journal;
    private final ContentStore backup;
    private final String runId;
    private final Cancellation cancellation;
    private long removed;
    private long restored;
    private long keptNewer;

    DataUndo(CopyTarget target, RunJournal journal, ContentStore backup, String runId, Cancellation cancellation) {
        this.target = target;
        this.journal = journal;
        this.backup = backup;
        this.runId = runId;
        this.cancellation = cancellation;
    }

    /**
     * What was undone.
     *
     * @param restored entries of earlier runs that were put back
     * @param removed entries removed
     * @param keptNewer entries that the application has written, and that stay
     */
    record Result(long restored, long removed, long keptNewer) {}

    Result run() {
        target.scanCopies(page -> {
            cancellation.check();
            List<CopyTarget.Copy> own = new ArrayList<>();
            for (CopyTarget.Copy copy : page) {
                if (RunMark.isCopyOf(copy.envelope(), runId)) {
                    own.add(copy);
                } else if (!copy.envelope().isMigrated()) {
                    keptNewer++;
                }
            }
            for (boolean gone : own.isEmpty() ? List.<Boolean>of() : target.removeCopies(own)) {
                removed += gone ? 1 : 0;
                keptNewer += gone ? 0 : 1;
            }
        });
        for (OverwrittenRecord record : journal.overwritten(runId)) {
            restore(record);
        }
        return new Result(restored, removed, keptNewer);
    }

    private void restore(OverwrittenRecord record) {
        try {
            Envelope envelope = EnvelopeFormat.decode(backup.read(record.backupSha256()));
            boolean expired = envelope.deadlineMillis() != Envelope.NO_DEADLINE
                    && envelope.deadlineMillis() <= target.nowMillis();
            if (!expired) {
                target.restore(new CopyTarget.Place(record.region(), record.id()), envelope);
                restored++;
            }
        } catch (EnvelopeException e) {
            throw new IllegalStateException("the backup holds an entry that is none: " + record, e);
        }
    }
}
