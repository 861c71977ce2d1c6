package io.cachemigrator.cache;

import io.cachemigrator.cache.codec.Codec;
import io.cachemigrator.cache.tier.memory.HeldEntry;
import io.cachemigrator.cache.tier.memory.MemoryEntries;
import org.jspecify.annotations.Nullable;

/**
 * The shortest way to a value: entries in memory that an earlier look-up of an equal codec has decoded for all. What is done more
 * seldom than a hit is not done in the methods of a hit, so that compilers can take them into their callers as a whole. Thread
 * safe.
 */
final class MemoryHits {
    /** What is in memory and may be handed out to all; null = nothing is. */
    private final @Nullable MemoryEntries memory;

    private final Codec<?> codec;
    private final StripedCount count;

    MemoryHits(@Nullable MemoryEntries memory, Codec<?> codec, StripedCount count) {
        this.memory = memory;
        this.codec = codec;
        this.count = count;
    }

    /** An entry about which nothing is to be found out any more; null = look for it. */
    @Nullable
    HeldEntry fresh(String id) {
        if (memory != null) {
            @Nullable HeldEntry held = memory.fresh(id);
            if (held != null && held.isDecodedBy(codec)) {
                countUse(memory, id);
                return held;
            }
        }
        return null;
    }

    /** An entry of which has just been found out that it is to be seen; null = look for it. */
    @Nullable
    HeldEntry live(String id, RegionStore reads) {
        if (memory == null) {
            return null;
        }
        @Nullable HeldEntry held = reads.findLive(id);
        if (held == null || !held.isDecodedBy(codec)) {
            return null;
        }
        countUse(memory, id);
        return held;
    }

    private void countUse(MemoryEntries in, String id) {
        long chance = chance(count.increment());
        if (isOneOf16(chance)) {
            use(in, id, chance);
        }
    }

    private static void use(MemoryEntries in, String id, long chance) {
        if (isOneOf128(chance) || in.isMakingRoom()) {
            in.use(id);
        }
    }

    /**
     * What chooses the hits that stand for the others where it is decided what to evict; to note each would take longer than the
     * hit. It goes by the golden ratio, so that no round of ids that a thread may go falls in step with it.
     */
    static long chance(long number) {
        return number * 0x9E37_79B9_7F4A_7C15L;
    }

    /** Whether a hit counts while entries have to make room. */
    static boolean isOneOf16(long chance) {
        return chance >>> 60 == 0;
    }

    /** Whether a hit counts also while none has to, so that it is known what was used when one will have to. */
    static boolean isOneOf128(long chance) {
        return chance >>> 57 == 0;
    }
}
