package io.cachemigrator.migrator.command;

import io.cachemigrator.migrator.data.Cancellation;
import io.cachemigrator.migrator.error.ExitCode;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Turns SIGINT and SIGTERM into a stop at the next safe point. The signal's shutdown hook asks the running command to
 * stop, waits until it has journaled its state, and ends the process with the interrupted code.
 */
final class Interrupts {
    private static final long PATIENCE_SECONDS = 30;

    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile @Nullable Cancellation current;
    private volatile Runnable notice = () -> {};
    private volatile int exitCode = ExitCode.INTERRUPTED;
    private volatile boolean finished;

    /** What the next command asks at its safe points; {@code fix} says how to go on after an interruption. */
    Cancellation fresh(String fix) {
        return fresh(fix, () -> {});
    }

    /** The same; {@code onSignal} tells the user that the signal was heard. */
    Cancellation fresh(String fix, Runnable onSignal) {
        Cancellation cancellation = new Cancellation(fix);
        notice = onSignal;
        current = cancellation;
        return cancellation;
    }

    /** Installs the hook for a process that runs one command. */
    void install() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::onShutdown, "interrupt"));
    }

    /** Says that the command has ended, so that a signal after it changes nothing. */
    void finished(int code) {
        exitCode = code;
        finished = true;
        ended.countDown();
    }

    private void onShutdown() {
        if (finished) {
            return;
        }
        Cancellation work = current;
        if (work == null) {
            // a command that has no safe points changes nothing, so that it can end at once
            Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
            return;
        }
        work.request();
        notice.run();
        try {
            boolean orderly = ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            Runtime.getRuntime().halt(orderly ? exitCode : ExitCode.INTERRUPTED);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
        }
    }
}
