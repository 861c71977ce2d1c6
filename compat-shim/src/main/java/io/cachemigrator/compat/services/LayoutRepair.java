package io.cachemigrator.compat.services;

import io.cachemigrator.cache.EntryState;
import io.cachemigrator.cache.domain.keyed.KeyedStore;
import io.cachemigrator.compat.stage.Mirrored;
import io.cachemigrator.compat.store.LegacyConnection;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Brings to the legacy layout what the consolidated one holds newer, because a mirror has missed it, before a roll-out is
 * taken back. It gives way to the application, which may write the legacy layout at the same time. Not thread safe.
 */
public final class LayoutRepair implements AutoCloseable {
    private final LegacyLayout legacy;
    private final KeyedStore target;

    /** Between the stores that the settings name. */
    public LayoutRepair(LegacyCacheSettings settings) {
        this.legacy = new LegacyLayout(new LegacyRedisStore(settings.legacy(), settings.namespace()), settings.clock());
        this.target = LegacyRuntime.target(settings);
    }

    /**
     * What both layouts hold under a key, where that is not the same.
     *
     * @param legacy what the legacy layout holds
     * @param target what the consolidated one holds
     */
    public record Difference(EntryState<byte[]> legacy, EntryState<byte[]> target) {

        /** Whether only the consolidated layout has an entry. */
        public boolean isNew() {
            return legacy instanceof EntryState.Absent;
        }

        /** Whether nothing has changed on either side since another look. */
        public boolean isSame(Difference other) {
            return Mirrored.isSame(legacy, other.legacy) && Mirrored.isSame(target, other.target);
        }
    }

    /**
     * Compares keys, named as the application names them.
     *
     * @return the keys that differ
     * @throws IllegalStateException if a store does not answer
     */
    public Map<String, Difference> differences(Collection<String> keys) {
        // the legacy side first: what is newer there at the second look has changed since, and stays
        Map<String, EntryState<byte[]>> there = known(legacy.states(keys));
        Map<String, EntryState<byte[]>> here = known(target.states(keys));
        Map<String, Difference> differences = new LinkedHashMap<>();
        there.forEach((key, state) -> {
            EntryState<byte[]> newer = here.get(key);
            if (newer != null && !Mirrored.isSame(state, newer)) {
                differences.put(key, new Difference(state, newer));
            }
        });
        return differences;
    }

    private static Map<String, EntryState<byte[]>> known(Map<String, EntryState<byte[]>> states) {
        states.forEach((key, state) -> {
            if (state instanceof EntryState.Unknown<byte[]> unknown) {
                throw new IllegalStateException("An entry cannot be compared: " + unknown.reason()
                        + ". Mend that, then run the same command again.");
            }
        });
        return states;
    }

    /**
     * Gives the legacy layout what the consolidated one holds, unless the legacy one has changed since it was looked at.
     *
     * @return whether it was given
     * @throws IllegalStateException if the store does not answer
     */
    public boolean carryBack(String key, Difference difference) {
        try {
            return legacy.replace(key, difference.legacy(), difference.target());
        } catch (JedisException e) {
            throw new IllegalStateException(
                    "An entry cannot be carried back: " + LegacyConnection.reason(e)
                            + ". Mend that, then run the same command again.",
                    e);
        }
    }

    @Override
    public void close() {
        legacy.close();
        target.close();
    }
}
