package io.cachemigrator.migrator.journal;

import org.jspecify.annotations.Nullable;

/**
 * What was asked of a run in progress.
 *
 * @param paused whether its copy is to wait
 * @param rate most keys a second, 0 = no limit; null = as it was started
 * @param threads workers, 1 to 64; null = as it was started
 */
public record ControlRecord(
        boolean paused, @Nullable Integer rate, @Nullable Integer threads) {
    /** Nothing was asked. */
    public static final ControlRecord NONE = new ControlRecord(false, null, null);
}
