package io.cachemigrator.compat.stage;

import io.cachemigrator.cache.Lookup;
import io.cachemigrator.cache.domain.keyed.KeyedStore;
import io.cachemigrator.cache.observe.KeyPatterns;
import io.cachemigrator.compat.stage.ShadowVerdict.Cause;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares some reads of the legacy layout with what the consolidated one has, on a thread of its own, so that the caller
 * neither waits nor sees a failure. When the two differ, the legacy layout is asked again first: what differs from itself
 * says nothing of the other. Thread safe.
 */
final class ShadowReads {
    private static final Logger LOG = LoggerFactory.getLogger(ShadowReads.class);

    private final KeyedStore legacy;
    private final KeyedStore target;
    private final StagedOptions options;
    private final ShadowQueue<Read<?>> waiting = new ShadowQueue<>(this::compareAll);

    ShadowReads(KeyedStore legacy, KeyedStore target, StagedOptions options) {
        this.legacy = legacy;
        this.target = target;
        this.options = options;
    }

    <T> void compare(String key, Class<T> type, Lookup<T> found) {
        if (ThreadLocalRandom.current().nextInt(100) < options.shadowPercent()
                && isAnswer(found)
                && !waiting.add(new Read<>(key, type, found, System.nanoTime()))) {
            report(key, Cause.SKIPPED);
        }
    }

    private static boolean isAnswer(Lookup<?> found) {
        return found instanceof Lookup.Present || found instanceof Lookup.Absent;
    }

    /** Compares reads of several types; those of one type are asked for together. */
    private void compareAll(List<Read<?>> reads) {
        Map<Class<?>, List<Read<?>>> byType = new LinkedHashMap<>();
        for (Read<?> read : reads) {
            if (isLate(read)) {
                report(read.key, Cause.SKIPPED);
            } else {
                byType.computeIfAbsent(read.type, type -> new ArrayList<>()).add(read);
            }
        }
        byType.forEach(this::compareAlike);
    }

    private void compareAlike(Class<?> type, List<Read<?>> reads) {
        List<Read<?>> different = new ArrayList<>();
        try {
            Map<String, ? extends Lookup<?>> there = target.lookupAll(keys(reads), type);
            for (Read<?> read : reads) {
                Lookup<?> other = answer(there, read);
                if (isLate(read) || other instanceof Lookup.Unavailable) {
                    report(read.key, Cause.UNAVAILABLE);
                } else if (isSame(read.found, other)) {
                    report(read.key, Cause.SAME);
                } else {
                    different.add(read);
                }
            }
            if (!different.isEmpty()) {
                Map<String, ? extends Lookup<?>> again = legacy.lookupAll(keys(different), type);
                for (Read<?> read : different) {
                    boolean stays = isSame(read.found, answer(again, read));
                    report(read.key, stays ? difference(read.found, answer(there, read)) : Cause.MOVED);
                }
            }
        } catch (RuntimeException e) {
            LOG.debug("Shadow reads failed", e);
            (different.isEmpty() ? reads : different).forEach(read -> report(read.key, Cause.UNAVAILABLE));
        }
    }

    private static List<String> keys(List<Read<?>> reads) {
        return reads.stream().map(read -> read.key).distinct().toList();
    }

    private static Lookup<?> answer(Map<String, ? extends Lookup<?>> answers, Read<?> to) {
        Lookup<?> found = answers.get(to.key);
        return found == null ? new Lookup.Absent<>() : found;
    }

    private boolean isLate(Read<?> read) {
        return System.nanoTime() - read.asked > options.shadowTimeout().toNanos();
    }

    private static Cause difference(Lookup<?> found, Lookup<?> there) {
        if (there instanceof Lookup.Undecodable) {
            return Cause.UNDECODABLE;
        }
        if (there instanceof Lookup.Present) {
            return found instanceof Lookup.Present ? Cause.VALUE : Cause.EXTRA;
        }
        return Cause.MISSING;
    }

    private static boolean isSame(Lookup<?> one, Lookup<?> other) {
        if (one instanceof Lookup.Present<?> left && other instanceof Lookup.Present<?> right) {
            return Objects.deepEquals(left.value(), right.value());
        }
        return one instanceof Lookup.Absent && other instanceof Lookup.Absent;
    }

    private void report(String key, Cause cause) {
        try {
            options.report().accept(new ShadowVerdict(KeyPatterns.of(key), cause));
        } catch (RuntimeException e) {
            LOG.warn("The listener of shadow reads failed", e);
        }
    }

    /** What a caller was given, and when it was asked for a comparison. */
    private static final class Read<T> {
        private final String key;
        private final Class<T> type;
        private final Lookup<T> found;
        private final long asked;

        private Read(String key, Class<T> type, Lookup<T> found, long asked) {
            this.key = key;
            this.type = type;
            this.found = found;
            this.asked = asked;
        }
    }
}
