package io.cachemigrator.cache.loading;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("SVC-5")
class FlightsTest {
    private final Flights<String> flights = new Flights<>();

    @Test
    void join_whileOneLoads_sharesItsResult() {
        Flights.Joined<String> first = flights.join("a");
        Flights.Joined<String> second = flights.join("a");
        Flights.Joined<String> other = flights.join("b");

        assertThat(first.mine()).isTrue();
        assertThat(second.mine()).isFalse();
        assertThat(second.result()).isSameAs(first.result());
        assertThat(other.mine()).isTrue();
    }

    @Test
    void join_fromWhatTheEndOfALoadSetsOff_startsAnother() {
        Flights.Joined<String> first = flights.join("a");
        AtomicReference<Flights.Joined<String>> next = new AtomicReference<>();
        CompletableFuture<Void> unused = first.result().thenAccept(value -> next.set(flights.join("a")));

        first.result().complete("old");

        assertThat(next.get().mine()).isTrue();
        assertThat(next.get().result()).isNotDone();
        assertThat(flights.join("a").result()).isSameAs(next.get().result());
    }
}
