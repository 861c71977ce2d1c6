package io.cachemigrator.migrator.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A long scan says how far it is. */
@Tag("CLI-3")
class ScanProgressTest {
    @Test
    void ticker_everyTwoSeconds_saysPhaseAndSteps() {
        List<String> lines = new ArrayList<>();
        HandTicker ticker = new HandTicker();

        try (ScanProgress progress = ScanProgress.start(lines::add, ticker)) {
            ticker.task.run();
            progress.phase("Looking", 3);
            progress.step();
            ticker.task.run();
            progress.step();
            progress.step();
            progress.step();
            ticker.task.run();
            progress.phase("Comparing", 0);
            ticker.task.run();
        }

        assertThat(lines).containsExactly("  Looking: 1 of 3", "  Looking: 3 of 3", "  Comparing ...");
        assertThat(ticker.periodMillis).isEqualTo(2000);
        assertThat(ticker.isShutdown()).isTrue();
    }

    /** Keeps what it is to run, and runs it when the test says so. */
    private static final class HandTicker extends ScheduledThreadPoolExecutor {
        private Runnable task = () -> {};
        private long periodMillis;

        HandTicker() {
            super(1);
        }

        @Override
        public ScheduledFuture<?> scheduleAtFixedRate(Runnable command, long initialDelay, long period, TimeUnit unit) {
            task = command;
            periodMillis = unit.toMillis(period);
            return super.schedule(() -> {}, 0, unit);
        }
    }
}
