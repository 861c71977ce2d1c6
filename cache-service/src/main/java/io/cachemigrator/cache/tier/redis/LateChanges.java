package io.cachemigrator.cache.tier.redis;

import io.cachemigrator.cache.tier.ChangeListener;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;

/**
 * In a cluster a change and its record in the log are two steps: it is announced, made and confirmed. Should its process die
 * in between, nobody confirms it; so what was announced is told once more after a while.
 */
final class LateChanges {
    /** How long a change may take from its announcement. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ChangeListener listener;
    private final Deque<Announced> announced = new ArrayDeque<>();

    private record Announced(LogRecord record, long nanos) {}

    LateChanges(ChangeListener listener) {
        this.listener = listener;
    }

    void tell(LogRecord record) {
        if (record.is(LogRecord.PENDING)) {
            announced.add(new Announced(record, System.nanoTime()));
        } else if (record.is(LogRecord.ENTRIES) && !announced.isEmpty()) {
            confirm(record);
        }
        record.tell(listener);
    }

    private void confirm(LogRecord made) {
        Set<String> names = new HashSet<>(made.names());
        for (Iterator<Announced> each = announced.iterator(); each.hasNext(); ) {
            LogRecord before = each.next().record();
            if (before.region().equals(made.region()) && names.containsAll(before.names())) {
                each.remove();
                return;
            }
        }
    }

    /** Tells what was announced and not confirmed in time. */
    void tellDue(long nanos) {
        while (!announced.isEmpty() && nanos - announced.getFirst().nanos() > PATIENCE.toNanos()) {
            announced.removeFirst().record().tell(listener);
        }
    }

    void forget() {
        announced.clear();
    }
}
