package io.cachemigrator.compat.stage;

import io.cachemigrator.cache.EntryState;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** When two layouts hold the same under a key: value and deadline, whatever the time at which they were read. */
public final class Mirrored {
    /** Two reads of one deadline may be rounded apart. */
    private static final Duration SAME_DEADLINE = Duration.ofMillis(2);

    private Mirrored() {}

    /** Whether both are the same; what is not known is not. */
    public static boolean isSame(EntryState<byte[]> one, @Nullable EntryState<byte[]> other) {
        if ((one instanceof EntryState.Present<byte[]> left) && other instanceof EntryState.Present<byte[]> right) {
            return isSame(left.deadline(), right.deadline()) && Arrays.equals(left.value(), right.value());
        }
        return (one instanceof EntryState.Absent) && (other instanceof EntryState.Absent);
    }

    private static boolean isSame(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return Objects.equals(one, other);
        }
        return Duration.between(one, other).abs().compareTo(SAME_DEADLINE) <= 0;
    }
}
