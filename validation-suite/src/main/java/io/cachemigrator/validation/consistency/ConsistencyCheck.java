package io.cachemigrator.validation.consistency;

import io.cachemigrator.map.MigrationMap;
import io.cachemigrator.map.translate.LegacyEntry;
import io.cachemigrator.map.translate.Translator;
import java.time.Clock;
import java.util.Map;

/**
 * Compares legacy entries with what the consolidated service has of them, for your own tests: feed it what your legacy
 * store holds, and say how to read the target. It needs no connection of its own.
 *
 * <pre>{@code
 * ConsistencyCheck check = ConsistencyCheck.of(MigrationMaps.builtIn("services").orElseThrow(), Map.of());
 * ConsistencyReport report = check.compare(legacyEntries, (region, id) -> envelopes.get(region + ":" + id));
 * assertThat(report.differences()).isEmpty();
 * }</pre>
 *
 * <p>Immutable, safe for use by many threads.
 */
public final class ConsistencyCheck {
    private final Translator translator;
    private final Clock clock;

    private ConsistencyCheck(Translator translator, Clock clock) {
        this.translator = translator;
        this.clock = clock;
    }

    /**
     * Makes a check that reads the time from the system.
     *
     * @param map the legacy family's map
     * @param parameters values of the map's parameters, by name; a missing one has its default
     * @throws IllegalArgumentException where a parameter is unknown or its value is empty
     */
    public static ConsistencyCheck of(MigrationMap map, Map<String, String> parameters) {
        return of(map, parameters, Clock.systemUTC());
    }

    /**
     * Makes a check.
     *
     * @param map the legacy family's map
     * @param parameters values of the map's parameters, by name; a missing one has its default
     * @param clock the clock that {@link LegacyEntry#readAt()} and the deadlines in the target were taken from
     * @throws IllegalArgumentException where a parameter is unknown or its value is empty
     */
    public static ConsistencyCheck of(MigrationMap map, Map<String, String> parameters, Clock clock) {
        return new ConsistencyCheck(Translator.of(map, parameters), clock);
    }

    /**
     * Compares every entry.
     *
     * @param legacy all entries of the legacy store, read twice; entries that depend on others, such as counters to add up,
     *     are looked for among them
     * @param target how to read the target
     */
    public ConsistencyReport compare(Iterable<LegacyEntry> legacy, StoredEntries target) {
        ComparisonRun run = new ComparisonRun(translator, clock, target);
        legacy.forEach(run::survey);
        legacy.forEach(run::compare);
        run.compareDependents();
        return run.report();
    }
}
