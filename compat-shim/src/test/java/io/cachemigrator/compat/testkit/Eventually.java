package io.cachemigrator.compat.testkit;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for what another thread does. */
public final class Eventually {
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);

    private Eventually() {}

    public static void await(BooleanSupplier happened) {
        long end = System.nanoTime() + PATIENCE;
        while (!happened.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("it did not happen");
            }
            Thread.onSpinWait();
        }
    }
}
