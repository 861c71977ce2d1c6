package io.cachemigrator.compat.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("SHM-1")
class CircuitBreakerTest {
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000); // near the overflow of a real clock
    private final CircuitBreaker breaker = new CircuitBreaker(3, Duration.ofSeconds(30), nanos::get);

    @Test
    void admits_belowTheThreshold_lets() {
        fail(2);
        assertThat(breaker.admits()).isTrue();
        assertThat(breaker.isOpen()).isFalse();
    }

    @Test
    void admits_atTheThreshold_rejectsForThePeriod() {
        fail(3);
        assertThat(breaker.admits()).isFalse();
        nanos.addAndGet(Duration.ofSeconds(30).toNanos() - 1);
        assertThat(breaker.admits()).isFalse();
    }

    @Test
    void admits_afterThePeriod_letsOneCallTry() {
        fail(3);
        nanos.addAndGet(Duration.ofSeconds(30).toNanos());
        assertThat(breaker.admits()).isTrue();
        assertThat(breaker.admits())
                .as("a second one while the first is under way")
                .isFalse();
        breaker.succeeded();
        assertThat(breaker.admits()).isTrue();
        assertThat(breaker.failures()).isZero();
    }

    @Test
    void failed_inTheTrial_opensForAnotherPeriod() {
        fail(3);
        nanos.addAndGet(Duration.ofSeconds(30).toNanos());
        assertThat(breaker.admits()).isTrue();
        breaker.failed();
        assertThat(breaker.admits()).isFalse();
        nanos.addAndGet(Duration.ofSeconds(30).toNanos());
        assertThat(breaker.admits()).isTrue();
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            assertThat(breaker.admits()).isTrue();
            breaker.failed();
        }
    }
}
