package io.cachemigrator.migrator.data;

import io.cachemigrator.cache.envelope.Envelope;
import io.cachemigrator.cache.envelope.EnvelopeException;
import io.cachemigrator.cache.envelope.EnvelopeFormat;
import io.cachemigrator.migrator.backup.ContentStore;
import io.cachemigrator.migrator.error.ErrorCode;
import io.cachemigrator.migrator.error.MigratorException;
import io.cachemigrator.migrator.journal.OverwrittenRecord;
import io.cachemigrator.migrator.journal.RunJournal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
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
            CopyTarget.Place place = new CopyTarget.Place(record.region(), record.id());
            if (backup.size(record.backupSha256()) > LargeHead.WHOLE_BYTES) {
                restoreLarge(place, backup.file(record.backupSha256()));
                return;
            }
            Envelope envelope = EnvelopeFormat.decode(backup.read(record.backupSha256()));
            boolean expired = envelope.deadlineMillis() != Envelope.NO_DEADLINE
                    && envelope.deadlineMillis() <= target.nowMillis();
            if (!expired) {
                target.restore(place, envelope);
                restored++;
            }
        } catch (EnvelopeException e) {
            throw new IllegalStateException("the backup holds an entry that is none: " + record, e);
        }
    }

    private void restoreLarge(CopyTarget.Place place, Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer start = ByteBuffer.allocate(LargeHead.WHOLE_BYTES);
            channel.read(start, 0);
            Envelope head = LargeHead.decode(Arrays.copyOf(start.array(), start.position()), channel.size());
            if (head == null) {
                throw new IllegalStateException("the backup holds an entry that is none: " + place.display());
            }
            int before = LargeHead.encode(head).length;
            if (head.deadlineMillis() == Envelope.NO_DEADLINE || head.deadlineMillis() > target.nowMillis()) {
                target.restoreLarge(
                        place,
                        head,
                        (position, into) -> Math.max(0, channel.read(ByteBuffer.wrap(into), before + position)));
                restored++;
            }
        } catch (IOException e) {
            throw new MigratorException(
                    ErrorCode.FILE_UNUSABLE,
                    "The backup file " + file + " cannot be read.",
                    e.getClass().getSimpleName() + ": " + e.getMessage(),
                    "Correct its permissions, then run `migrator rollback` again.",
                    e);
        }
    }
}
