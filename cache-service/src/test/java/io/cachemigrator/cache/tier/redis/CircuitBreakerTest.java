package io.cachemigrator.cache.tier.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachemigrator.cache.tier.redis.CircuitBreaker.State;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("SVC-6")
class CircuitBreakerTest {
    private final AtomicLong nanos = new AtomicLong();
    private final CircuitBreaker breaker = new CircuitBreaker(nanos::get, 5, Duration.ofSeconds(30));

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            assertThat(breaker.tryCall()).isTrue();
            breaker.failed();
        }
    }

    @Test
    @DisplayName("a success in between sets the count back (case 21, defect E-16)")
    void tryCall_afterFailuresWithSuccessBetween_isAllowed() {
        fail(4);
        breaker.answered();
        fail(4);

        assertThat(breaker.state()).isEqualTo(State.CLOSED);
        assertThat(breaker.tryCall()).isTrue();
    }

    @Test
    @DisplayName("open for 30 seconds, then one trial (case 20)")
    void tryCall_whenOpen_allowsOneTrialAfterThirtySeconds() {
        fail(5);
        assertThat(breaker.tryCall()).isFalse();
        nanos.addAndGet(Duration.ofSeconds(29).toNanos());
        assertThat(breaker.tryCall()).isFalse();
        nanos.addAndGet(Duration.ofSeconds(2).toNanos());
        assertThat(breaker.tryCall()).isTrue();
        assertThat(breaker.state()).isEqualTo(State.HALF_OPEN);
        assertThat(breaker.tryCall()).isFalse();
        assertThat(breaker.rejected()).isEqualTo(3);
        breaker.answered();
        assertThat(breaker.tryCall()).isTrue();
    }

    @Test
    void tryCall_afterFailedTrial_isRejectedForAnotherThirtySeconds() {
        fail(5);
        nanos.addAndGet(Duration.ofSeconds(30).toNanos());
        fail(1);
        nanos.addAndGet(Duration.ofSeconds(29).toNanos());
        assertThat(breaker.tryCall()).isFalse();
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(breaker.tryCall()).isTrue();
        breaker.notCalled();
        assertThat(breaker.tryCall()).isTrue();
    }
}
