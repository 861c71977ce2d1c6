package io.cachemigrator.migrator.journal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A run as the journal has it.
 *
 * @param runId its id
 * @param project absolute folder of the project
 * @param target where data went, without secrets
 * @param planSha256 hash of the plan that it applies
 * @param plan the plan's text
 * @param state where it stands
 * @param outcome what the last {@code migrate} of it said; null while it runs
 * @param detail what it was started with, as JSON
 * @param startedAt when it was started
 * @param endedAt when it ended; null while it has not
 */
public record RunRecord(
        String runId,
        String project,
        String target,
        String planSha256,
        String plan,
        RunState state,
        @Nullable String outcome,
        String detail,
        Instant startedAt,
        @Nullable Instant endedAt) {}
