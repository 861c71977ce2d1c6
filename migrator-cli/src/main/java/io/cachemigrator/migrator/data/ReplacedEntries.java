package io.cachemigrator.migrator.data;

import io.cachemigrator.cache.envelope.EnvelopeFormat;
import io.cachemigrator.migrator.backup.ContentStore;
import io.cachemigrator.migrator.journal.RunJournal;
import java.util.function.Consumer;

/**
 * Keeps what a run replaces or removes in the target, for a rollback. What the run itself copied is not kept.
 *
 * @param runId the run
 * @param journal where it is noted
 * @param backup where it is kept
 */
record ReplacedEntries(String runId, RunJournal journal, ContentStore backup) implements Consumer<CopyTarget.Replaced> {
    @Override
    public void accept(CopyTarget.Replaced replaced) {
        if (RunMark.isCopyOf(replaced.envelope(), runId)) {
            return;
        }
        String sha = replaced.content() == null
                ? backup.store(EnvelopeFormat.encode(replaced.envelope()))
                : backup.store(replaced.content());
        // what changed while it was kept is not replaced either
        if (sha != null) {
            journal.overwritten(
                    runId, replaced.place().region(), replaced.place().id(), sha);
        }
    }
}
