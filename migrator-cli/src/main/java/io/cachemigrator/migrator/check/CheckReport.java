package io.cachemigrator.migrator.check;

import io.cachemigrator.migrator.plan.PlanKeySpace;
import java.util.List;

/**
 * What check found.
 *
 * @param ready whether a migration could start
 * @param blockers what stands in its way
 * @param warnings what users should know
 * @param findings legacy usage
 * @param summary the findings in numbers
 * @param keySpaces key spaces with keys
 * @param unclaimedKeys keys that no map claims
 * @param excludedKeys keys that a map leaves, by pattern and reason
 * @param untyped references in the sources behind which a legacy use might hide
 * @param sources how much of the sources was looked through, and what was left out
 */
public record CheckReport(
        boolean ready,
        List<String> blockers,
        List<String> warnings,
        List<Finding> findings,
        Summary summary,
        List<KeySpaceCount> keySpaces,
        Samples unclaimedKeys,
        Samples excludedKeys,
        Samples untyped,
        SourceCoverage sources) {

    /** What a finding is about. */
    public enum Kind {
        /** Source code. */
        SOURCE,
        /** A setting. */
        CONFIG,
        /** Data in a store. */
        DATA
    }

    /**
     * A legacy usage.
     *
     * @param id stable as long as the usage stands where it stands
     * @param family legacy family
     * @param kind what it is about
     * @param file its file; the key space for data
     * @param line its line, from 1; 0 for data
     * @param api what is used
     * @param replacement what takes its place
     * @param automatic whether it is changed for the user
     * @param complexity {@code low}, {@code medium} or {@code high}
     * @param effortMinutes how long it takes a person
     * @param rule which rule says so
     * @param reason why a person must change it; empty where the toolkit does, or where the replacement says it
     * @param module module that its file belongs to; {@code .} is the project itself, empty for data
     * @param effortPoints points of effort: 0, 1, 3, 5, 7 or 13
     * @param effortRule the {@linkplain EffortRule rule} that gave the points
     */
    public record Finding(
            String id,
            String family,
            Kind kind,
            String file,
            int line,
            String api,
            String replacement,
            boolean automatic,
            String complexity,
            Effort effortMinutes,
            String rule,
            String reason,
            String module,
            int effortPoints,
            String effortRule) {

        /** Whether it is about the inventory and not about a use. */
        boolean isGap() {
            return rule.startsWith("inventory/");
        }

        Finding withId(String other) {
            return new Finding(
                    other,
                    family,
                    kind,
                    file,
                    line,
                    api,
                    replacement,
                    automatic,
                    complexity,
                    effortMinutes,
                    rule,
                    reason,
                    module,
                    effortPoints,
                    effortRule);
        }
    }

    /**
     * How long something takes.
     *
     * @param min least minutes
     * @param max most minutes
     */
    public record Effort(long min, long max) {}

    /**
     * The findings in numbers.
     *
     * @param callSites legacy call sites
     * @param automatic findings changed for the user
     * @param manual findings left to the user
     * @param files files with findings
     * @param effortMinutes effort of what is left to the user
     * @param effortPoints the same in points
     * @param modules the same for each module, by name
     */
    public record Summary(
            long callSites,
            long automatic,
            long manual,
            long files,
            Effort effortMinutes,
            long effortPoints,
            List<ModuleSummary> modules) {}

    /**
     * The findings of a module in numbers.
     *
     * @param module folder of the module; {@code .} is the project itself
     * @param callSites legacy call sites
     * @param automatic findings changed for the user
     * @param manual findings left to the user
     * @param files files with findings
     * @param effortMinutes effort of what is left to the user
     * @param effortPoints the same in points
     */
    public record ModuleSummary(
            String module,
            long callSites,
            long automatic,
            long manual,
            long files,
            Effort effortMinutes,
            long effortPoints) {}

    /**
     * How much of the sources was looked through.
     *
     * @param files Java files of the project
     * @param read those of them that may hold a legacy use
     * @param leftOut what was left out on purpose, a line each
     */
    public record SourceCoverage(int files, int read, List<String> leftOut) {}

    /**
     * A key space with its size.
     *
     * @param name key space's name
     * @param family legacy family
     * @param strategy what becomes of it
     * @param keys keys counted
     * @param bytes estimated size
     */
    public record KeySpaceCount(String name, String family, String strategy, long keys, long bytes) {

        static KeySpaceCount of(PlanKeySpace space) {
            return new KeySpaceCount(space.name(), space.family(), space.strategy(), space.keys(), space.bytes());
        }
    }

    /**
     * A number with examples.
     *
     * @param count how many
     * @param samples some of them
     */
    public record Samples(long count, List<String> samples) {}
}
