package io.cachemigrator.migrator.run;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What status says.
 *
 * @param stage where the roll-out stands
 * @param runs runs, newest first
 * @param legacyCallSites legacy call sites that were seen alive, that which called last first
 * @param usageUnreadable why a place where applications leave them could not be read
 * @param remaining what is left to do, as the last run found it
 * @param stores whether the stores answer
 * @param lock who is at work; null = nobody
 * @param joined the processes that help
 * @param changedSettings settings of servers that the last run has changed and not set back yet
 */
public record StatusReport(
        Stage stage,
        List<Run> runs,
        List<LiveCallSite> legacyCallSites,
        List<String> usageUnreadable,
        Remaining remaining,
        List<Store> stores,
        @Nullable String lock,
        List<Joined> joined,
        List<ChangedSetting> changedSettings) {

    /**
     * A setting of a server that a run has changed.
     *
     * @param server its host and port
     * @param name setting's name
     * @param before what it is to be set back to
     */
    public record ChangedSetting(String server, String name, String before) {}

    /**
     * A process that helps a run.
     *
     * @param process which one
     * @param keysPerSecond how many keys it copies; 0 when unknown
     */
    public record Joined(String process, double keysPerSecond) {}

    /**
     * A stage.
     *
     * @param name stage's name
     * @param percent share of keys read from the consolidated service
     * @param since when it was set; null = it never was
     */
    public record Stage(String name, int percent, @Nullable String since) {}

    /**
     * A run.
     *
     * @param runId its id
     * @param state where it stands
     * @param outcome how it ended; null = it did not
     * @param startedAt when it started
     * @param endedAt when it ended; null = it did not
     * @param steps its steps
     * @param keysScanned keys its copy has come to
     * @param keysWritten entries it wrote
     * @param keysPerSecond rate of its copy; 0 when unknown
     * @param secondsLeft time its copy still needs; 0 when it is done or unknown
     * @param part what its copy is at: {@code hot}, {@code entries} or {@code dependent}; empty when it is not copying
     * @param slowedDownBy why its copy is paused or slowed down; empty when it is not
     */
    public record Run(
            String runId,
            String state,
            @Nullable String outcome,
            String startedAt,
            @Nullable String endedAt,
            List<MigrateReport.Step> steps,
            long keysScanned,
            long keysWritten,
            double keysPerSecond,
            double secondsLeft,
            String part,
            String slowedDownBy) {}

    /**
     * A call site that was seen alive.
     *
     * @param site class, method and line
     * @param api what it calls
     * @param replacement what to call instead
     * @param calls how often, in all processes
     * @param lastSeen when last
     */
    public record LiveCallSite(String site, String api, String replacement, long calls, String lastSeen) {}

    /**
     * What is left to do.
     *
     * @param source legacy call sites left; null = no run has looked
     * @param config settings left to change; null = no run has looked
     * @param keys entries set aside; null = no run has looked
     */
    public record Remaining(
            @Nullable Long source,
            @Nullable Long config,
            @Nullable Long keys) {}

    /**
     * Whether a store answers.
     *
     * @param role {@code legacy} or {@code target}
     * @param uri where it is
     * @param reachable whether it answered
     * @param detail its version, or why not
     */
    public record Store(String role, String uri, boolean reachable, String detail) {}
}
