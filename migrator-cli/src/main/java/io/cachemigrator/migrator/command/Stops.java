package io.cachemigrator.migrator.command;

import io.cachemigrator.cache.maintenance.Progress;
import io.cachemigrator.migrator.data.Cancellation;
import io.cachemigrator.migrator.error.ErrorCode;
import io.cachemigrator.migrator.error.MigratorException;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Tells how far a command on cache entries is, a line a second, and ends it there when a signal asks for that. */
final class Stops implements Progress {
    private static final long LINE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Console console;
    private final String what;
    private final String fix;
    private final Cancellation cancellation;
    private long last = System.nanoTime();

    /**
     * Of a command.
     *
     * @param what a word for lines of progress
     * @param fix how to go on after an interruption, as one imperative sentence
     */
    Stops(Interrupts interrupts, Console console, String what, String fix) {
        this.console = console;
        this.what = what;
        this.fix = fix;
        this.cancellation =
                interrupts.fresh(fix, () -> console.line("  " + what + ": interrupted, stops at the next safe point"));
    }

    @Override
    public void at(String region, long done) {
        if (cancellation.isRequested()) {
            throw new MigratorException(
                    ErrorCode.INTERRUPTED,
                    "The command was interrupted.",
                    String.format(
                            Locale.ROOT,
                            "It stopped at a safe point, at region %s: %s %,d entries so far, and that stays done.",
                            region,
                            what,
                            done),
                    fix);
        }
        long now = System.nanoTime();
        if (now - last >= LINE_NANOS) {
            last = now;
            console.line(String.format(Locale.ROOT, "  %s: %,d entries, at region %s", what, done, region));
        }
    }
}
