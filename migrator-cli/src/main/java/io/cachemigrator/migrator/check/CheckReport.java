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
        Samples untyped) {

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
            String rule) {}

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
     */
    public record Summary(long callSites, long automatic, long manual, long files, Effort effortMinutes) {}

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
