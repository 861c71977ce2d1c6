package io.cachemigrator.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachemigrator.cache.config.CacheConfig;
import io.cachemigrator.cache.config.LoadConfig;
import io.cachemigrator.cache.config.RegionConfig;
import io.cachemigrator.cache.contract.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Loading, in the cases in which time or a second thread matters. */
@Tag("SVC-5")
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class LoadingTest {
    private final MovableClock clock = new MovableClock(Instant.parse("2026-01-02T03:04:05Z"));
    private final CacheService service = CacheService.open(CacheConfig.builder()
            .clock(clock)
            .region(RegionConfig.builder("early")
                    .defaultTtl(Duration.ofSeconds(100))
                    .staleAllowance(Duration.ofHours(1))
                    .loading(LoadConfig.DEFAULTS.withRefreshAhead(0.8).withFailurePause(Duration.ofSeconds(5)))
                    .build())
            .build());
    private final Region<String> early = service.region("early", String.class);
    private final AtomicInteger calls = new AtomicInteger();

    @AfterEach
    void close() {
        service.close();
    }

    private static String await(CountDownLatch latch, String value) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
            return value;
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private void awaitValue(String value) throws InterruptedException {
        for (int i = 0; i < 60_000 && !value.equals(early.get("k")); i++) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
        assertThat(early.get("k")).isEqualTo(value);
    }

    @Test
    void getOrLoad_pastTheRefreshShare_loadsOnceBesideItsReaders() throws Exception {
        early.put("k", "first");
        clock.advance(Duration.ofMillis(79_999));
        assertThat(early.getOrLoad("k", id -> "too early")).isEqualTo("first");
        clock.advance(Duration.ofMillis(1));
        CountDownLatch goOn = new CountDownLatch(1);
        for (int i = 0; i < 5; i++) {
            assertThat(early.getOrLoad("k", id -> await(goOn, "second" + calls.incrementAndGet())))
                    .isEqualTo("first");
        }
        goOn.countDown();
        awaitValue("second1");
        assertThat(early.getOrLoad("k", id -> "not asked")).isEqualTo("second1");
        assertThat(early.statistics().loads()).isEqualTo(1);
    }

    @Test
    void asyncGetOrLoad_pastTheRefreshShare_loadsOnceBesideItsReaders() throws Exception {
        early.put("k", "first");
        clock.advance(Duration.ofSeconds(90));
        CompletableFuture<String> source = new CompletableFuture<>();
        for (int i = 0; i < 5; i++) {
            assertThat(early.async()
                            .getOrLoad("k", id -> {
                                calls.incrementAndGet();
                                return source;
                            })
                            .join())
                    .isEqualTo("first");
        }
        source.complete("second");
        awaitValue("second");
        assertThat(calls).hasValue(1);
    }

    @Test
    void getOrLoad_afterAFailedRefresh_waitsForThePause() throws Exception {
        early.put("k", "first");
        clock.advance(Duration.ofSeconds(90));
        assertThat(early.getOrLoad("k", id -> {
                    throw new IllegalStateException("down");
                }))
                .isEqualTo("first");
        for (int i = 0; i < 60_000 && early.statistics().loadFailures() == 0; i++) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
        assertThat(early.getOrLoad("k", id -> "too early")).isEqualTo("first");
        assertThat(early.statistics().loads()).isZero();
        clock.advance(Duration.ofSeconds(5));
        assertThat(early.getOrLoad("k", id -> "second")).isEqualTo("first");
        awaitValue("second");
    }

    @Test
    void getOrLoad_withoutAStaleValue_asksAgainAfterAFailureAtOnce() {
        assertThatThrownBy(() -> early.getOrLoad("k", id -> {
                    throw new IllegalStateException("down");
                }))
                .hasMessage("down");
        assertThat(early.getOrLoad("k", id -> "loaded")).isEqualTo("loaded");
    }

    @Test
    void getOrLoad_whenTheLoaderOfAnotherIdHangs_isNotHeldUp() {
        LoadOptions impatient =
                LoadOptions.DEFAULTS.withLoading(LoadConfig.DEFAULTS.withTimeouts(null, Duration.ofMillis(1)));
        CountDownLatch goOn = new CountDownLatch(1);
        for (int i = 0; i < 50; i++) {
            assertThatThrownBy(
                            () -> early.getOrLoad("hangs" + calls.incrementAndGet(), id -> await(goOn, id), impatient))
                    .hasMessageStartingWith("CM-609");
        }
        LoadOptions patient =
                LoadOptions.DEFAULTS.withLoading(LoadConfig.DEFAULTS.withTimeouts(null, Duration.ofSeconds(60)));
        assertThat(early.getOrLoad("k", id -> "loaded", patient)).isEqualTo("loaded");
        assertThat(early.async()
                        .getOrLoad("other", id -> CompletableFuture.completedFuture("loaded"))
                        .join())
                .isEqualTo("loaded");
        goOn.countDown();
    }

    @Test
    void getOrLoad_fromManyThreadsWithTimeouts_loadsOnce() throws Exception {
        LoadOptions patient = LoadOptions.DEFAULTS.withLoading(
                LoadConfig.DEFAULTS.withTimeouts(Duration.ofSeconds(60), Duration.ofSeconds(60)));
        CountDownLatch goOn = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        AtomicInteger right = new AtomicInteger();
        for (int i = 0; i < 40; i++) {
            Thread thread = new Thread(() -> {
                String value = early.getOrLoad("k", id -> await(goOn, "loaded" + calls.incrementAndGet()), patient);
                if ("loaded1".equals(value)) {
                    right.incrementAndGet();
                }
            });
            thread.start();
            threads.add(thread);
        }
        goOn.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(calls).hasValue(1);
        assertThat(right).hasValue(40);
    }

    @Test
    @Tag("SVC-9")
    void getOrLoad_countsOneMissForALoad() {
        early.getOrLoad("k", id -> "loaded");
        early.getOrLoad("k", id -> "not asked");
        RegionStatistics counted = early.statistics();
        assertThat(counted.misses()).isEqualTo(1);
        assertThat(counted.hits()).isEqualTo(1);
        assertThat(counted.loads()).isEqualTo(1);
    }
}
