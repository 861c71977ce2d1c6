package io.cachemigrator.migrator.data;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Keys that were changed and are not copied again yet, in their order; so many at most. Thread safe. */
final class ChangedKeys {
    private static final long NOTHING = Long.MAX_VALUE;

    private final int most;
    private final Map<ByteBuffer, Long> waiting = new LinkedHashMap<>();
    private long noted;
    private long inHand = NOTHING;

    ChangedKeys(int most) {
        this.most = most;
    }

    /**
     * Notes a change.
     *
     * @return false when there are too many: then all of them are forgotten
     */
    synchronized boolean note(byte[] key) {
        ByteBuffer wrapped = ByteBuffer.wrap(key);
        if (waiting.containsKey(wrapped)) {
            return true;
        }
        if (waiting.size() >= most) {
            waiting.clear();
            return false;
        }
        waiting.put(wrapped, ++noted);
        return true;
    }

    /** Takes the oldest; they count as not done until {@link #done()}. */
    synchronized List<byte[]> take(int many) {
        List<byte[]> taken = new ArrayList<>();
        Iterator<Map.Entry<ByteBuffer, Long>> entries = waiting.entrySet().iterator();
        while (entries.hasNext() && taken.size() < many) {
            Map.Entry<ByteBuffer, Long> entry = entries.next();
            inHand = Math.min(inHand, entry.getValue());
            taken.add(entry.getKey().array());
            entries.remove();
        }
        return taken;
    }

    /** What was taken is copied. */
    synchronized void done() {
        inHand = NOTHING;
    }

    /** How many were noted so far. */
    synchronized long noted() {
        return noted;
    }

    /** Whether the first so many are copied. */
    synchronized boolean isDoneUpTo(long number) {
        long oldest = waiting.isEmpty() ? NOTHING : waiting.values().iterator().next();
        return Math.min(oldest, inHand) > number;
    }
}
