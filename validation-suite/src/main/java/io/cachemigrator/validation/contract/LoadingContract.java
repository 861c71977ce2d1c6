package io.cachemigrator.validation.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.cachemigrator.cache.AsyncRegion;
import io.cachemigrator.cache.BulkDeletion;
import io.cachemigrator.cache.CounterResult;
import io.cachemigrator.cache.LoadOptions;
import io.cachemigrator.cache.Region;
import io.cachemigrator.cache.WriteOptions;
import io.cachemigrator.cache.WriteOutcome;
import io.cachemigrator.cache.codec.Codecs;
import io.cachemigrator.cache.config.LoadConfig;
import io.cachemigrator.cache.error.LoadTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Loading what is missing: once, and with a stale value when the source fails. */
interface LoadingContract extends ContractPart {
    @Test
    @Tag("SVC-1")
    default void getOrLoad_storesWhatTheLoaderReturns() {
        AtomicInteger calls = new AtomicInteger();
        for (int i = 0; i < 3; i++) {
            assertThat(texts().getOrLoad("k", id -> id + calls.incrementAndGet()))
                    .isEqualTo("k1");
        }
        assertThat(texts().find("k")).contains("k1");
        assertThat(texts().getOrLoad("nothing", id -> null)).isNull();
        assertThat(texts().exists("nothing")).isFalse();
        texts().getOrLoad("nothing", id -> null, LoadOptions.DEFAULTS.storingNull());
        assertThat(texts().exists("nothing")).isTrue();
        assertThat(texts().getOrLoad("nothing", id -> "not asked")).isNull();
        assertThat(texts().statistics().loads()).isEqualTo(3);
    }

    @Test
    @Tag("SVC-5")
    @DisplayName("50 callers, one load (defect C-13)")
    default void getOrLoad_fromManyThreads_loadsOnce() throws Exception {
        Region<List<String>> lists = cache().region("lists", Codecs.json(ContractPart.listOfStrings()));
        AtomicInteger calls = new AtomicInteger();
        ContractThreads.run(50, thread -> {
            List<String> own = Objects.requireNonNull(lists.getOrLoad("k", id -> {
                calls.incrementAndGet();
                return new ArrayList<>(List.of("loaded"));
            }));
            assertThat(own).containsExactly("loaded");
            own.add("changed by " + thread);
        });
        assertThat(calls).hasValue(1);
    }

    @Test
    @Tag("SVC-5")
    default void getOrLoad_whenLoaderFails_givesStaleOrThrows() {
        Region<String> stale = cache().region(STALE, String.class);
        stale.put("k", "old", TEN_SECONDS);
        pass(Duration.ofSeconds(11));
        IllegalStateException failure = new IllegalStateException("source is down");

        assertThat(stale.getOrLoad("k", id -> {
                    throw failure;
                }))
                .isEqualTo("old");
        assertThatThrownBy(() -> stale.getOrLoad(
                        "k",
                        id -> {
                            throw failure;
                        },
                        LoadOptions.DEFAULTS.failingFast()))
                .isSameAs(failure);
        assertThatThrownBy(() -> stale.getOrLoad("absent", id -> {
                    throw failure;
                }))
                .isSameAs(failure);
        assertThat(stale.statistics().loadFailures()).isEqualTo(3);
        pass(LoadConfig.DEFAULTS.failurePause());
        assertThat(stale.getOrLoad("k", id -> "fresh")).isEqualTo("fresh");
    }

    @Test
    @Tag("SVC-5")
    default void getOrLoad_fromItsOwnLoader_isRefused() {
        assertThatThrownBy(() -> texts().getOrLoad("k", id -> texts().getOrLoad("k", other -> "v")))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    @Tag("SVC-5")
    default void asyncGetOrLoad_loadsOnceAndGivesStaleOnFailure() {
        Region<String> stale = cache().region(STALE, String.class);
        CompletableFuture<String> source = new CompletableFuture<>();
        AtomicInteger calls = new AtomicInteger();
        List<CompletableFuture<String>> loads = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            loads.add(stale.async()
                    .getOrLoad(
                            "k",
                            id -> {
                                calls.incrementAndGet();
                                return source;
                            },
                            LoadOptions.writing(TEN_SECONDS)));
        }
        source.complete("loaded");
        assertThat(loads).allSatisfy(load -> assertThat(load.join()).isEqualTo("loaded"));
        assertThat(calls).hasValue(1);
        assertThat(stale.find("k")).contains("loaded");

        pass(Duration.ofSeconds(11));
        CompletableFuture<String> failing = CompletableFuture.failedFuture(new IllegalStateException("down"));
        assertThat(stale.async()
                        .getOrLoad("k", id -> failing, LoadOptions.DEFAULTS)
                        .join())
                .isEqualTo("loaded");
        assertThat(stale.async().getOrLoad("k", id -> failing, LoadOptions.DEFAULTS.failingFast()))
                .failsWithin(Duration.ofSeconds(30))
                .withThrowableThat()
                .withCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    @Tag("SVC-5")
    default void getOrLoad_afterAFailure_servesStaleUntilThePauseIsOver() {
        Region<String> stale = cache().region(STALE, String.class);
        LoadOptions pausing =
                LoadOptions.DEFAULTS.withLoading(LoadConfig.DEFAULTS.withFailurePause(Duration.ofSeconds(30)));
        stale.put("k", "old", TEN_SECONDS);
        pass(Duration.ofSeconds(11));
        AtomicInteger calls = new AtomicInteger();
        for (int i = 0; i < 3; i++) {
            assertThat(stale.getOrLoad(
                            "k",
                            id -> {
                                calls.incrementAndGet();
                                throw new IllegalStateException("source is down");
                            },
                            pausing))
                    .isEqualTo("old");
        }
        assertThat(calls).hasValue(1);
        pass(Duration.ofSeconds(31));
        assertThat(stale.getOrLoad("k", id -> "fresh", pausing)).isEqualTo("fresh");
    }

    @Test
    @Tag("SVC-5")
    default void getOrLoad_whileTheIdIsWritten_keepsWhatWasWritten() {
        assertThat(texts().getOrLoad("put", id -> {
                    texts().put(id, "put meanwhile");
                    return "loaded";
                }))
                .isEqualTo("loaded");
        assertThat(texts().get("put")).isEqualTo("put meanwhile");

        texts().getOrLoad("deleted", id -> {
            texts().delete(id);
            return "loaded";
        });
        assertThat(texts().exists("deleted")).isFalse();

        texts().getOrLoad("invalidated", id -> {
            texts().invalidatePrefix("inv");
            return "loaded";
        });
        assertThat(texts().exists("invalidated")).isFalse();
    }

    @Test
    @Tag("SVC-5")
    default void getOrLoad_whileAnotherServiceWrites_keepsWhatWasWritten() {
        texts().getOrLoad("k", id -> {
            another().region(texts().name(), String.class).put(id, "put elsewhere");
            return "loaded";
        });
        assertThat(another().region(texts().name(), String.class).get("k")).isEqualTo("put elsewhere");
    }

    @Test
    @Tag("SVC-5")
    default void getOrLoad_pastTheSoftTimeout_servesStaleAndStoresLater() throws Exception {
        Region<String> stale = cache().region(STALE, String.class);
        stale.put("k", "old", TEN_SECONDS);
        pass(Duration.ofSeconds(11));
        CountDownLatch goOn = new CountDownLatch(1);
        LoadOptions impatient =
                LoadOptions.DEFAULTS.withLoading(LoadConfig.DEFAULTS.withTimeouts(Duration.ofMillis(1), null));
        assertThat(stale.getOrLoad(
                        "k",
                        id -> {
                            ContractThreads.await(goOn);
                            return "fresh";
                        },
                        impatient))
                .isEqualTo("old");
        goOn.countDown();
        ContractThreads.until(() -> "fresh".equals(stale.get("k")));
        assertThat(stale.statistics().loads()).isEqualTo(1);
    }

    @Test
    @Tag("SVC-5")
    @Tag("SVC-11")
    default void getOrLoad_pastTheHardTimeout_throwsAndStoresLater() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        LoadOptions impatient =
                LoadOptions.DEFAULTS.withLoading(LoadConfig.DEFAULTS.withTimeouts(null, Duration.ofMillis(1)));
        assertThatThrownBy(() -> texts().getOrLoad(
                                "k",
                                id -> {
                                    ContractThreads.await(goOn);
                                    return "late";
                                },
                                impatient))
                .isInstanceOfSatisfying(LoadTimeoutException.class, timeout -> {
                    assertThat(timeout.getMessage()).startsWith("CM-609 ");
                    assertThat(timeout.context())
                            .containsEntry("region", texts().name())
                            .containsEntry("id", "k");
                });
        goOn.countDown();
        ContractThreads.until(() -> "late".equals(texts().get("k")));
    }

    @Test
    @Tag("SVC-5")
    default void asyncGetOrLoad_pastTheTimeouts_completesAndStoresLater() throws Exception {
        Region<String> stale = cache().region(STALE, String.class);
        stale.put("k", "old", TEN_SECONDS);
        pass(Duration.ofSeconds(11));
        LoadOptions impatient = LoadOptions.DEFAULTS.withLoading(
                LoadConfig.DEFAULTS.withTimeouts(Duration.ofMillis(1), Duration.ofMillis(1)));
        CompletableFuture<String> source = new CompletableFuture<>();
        assertThat(stale.async().getOrLoad("k", id -> source, impatient).join()).isEqualTo("old");
        assertThat(stale.async().getOrLoad("absent", id -> source, impatient))
                .failsWithin(Duration.ofSeconds(30))
                .withThrowableThat()
                .withCauseInstanceOf(LoadTimeoutException.class);
        source.complete("fresh");
        ContractThreads.until(() -> "fresh".equals(stale.get("k")) && "fresh".equals(stale.get("absent")));
    }

    @Test
    @Tag("SVC-5")
    default void getOrLoad_aroundACircle_isRefused() {
        Region<String> other = cache().region("other", String.class);
        LoadOptions elsewhere =
                LoadOptions.DEFAULTS.withLoading(LoadConfig.DEFAULTS.withTimeouts(null, Duration.ofSeconds(30)));
        assertThatThrownBy(() -> texts().getOrLoad(
                                "a",
                                a -> other.getOrLoad(
                                        "b", b -> texts().getOrLoad("a", again -> "v", elsewhere), elsewhere),
                                elsewhere))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("asks for the same id");
        assertThat(texts().async()
                        .getOrLoad("c", c -> texts().async().getOrLoad("c", again -> new CompletableFuture<>())))
                .failsWithin(Duration.ofSeconds(30))
                .withThrowableThat()
                .withCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    @Tag("SVC-1")
    default void async_hasEveryOperation() {
        AsyncRegion<String> async = texts().async();
        assertThat(async.put("a", "1").join()).isEqualTo(WriteOutcome.STORED);
        assertThat(async.put("tagged", "t", WriteOptions.DEFAULTS.withTags("t")).join())
                .isEqualTo(WriteOutcome.STORED);
        assertThat(async.findAll(List.of("a", "absent")).join()).containsExactly(entry("a", "1"));
        assertThat(async.persist("a").join()).isEqualTo(WriteOutcome.STORED);
        assertThat(Objects.requireNonNull(async.describe("a").join()).deadline())
                .isNull();
        assertThat(async.increment("n", 5).join()).isEqualTo(new CounterResult.Counted(5));
        assertThat(async.decrement("n", 2).join()).isEqualTo(new CounterResult.Counted(3));
        assertThat(async.deleteAll(List.of("n", "absent")).join()).isEqualTo(new BulkDeletion(1, true));
        assertThat(async.invalidateTags(List.of("t")).join().recorded()).isTrue();
        assertThat(async.exists("tagged").join()).isFalse();
        assertThat(async.invalidatePrefix("a").join().recorded()).isTrue();
        assertThat(async.lookup("a").join().isPresent()).isFalse();
        async.put("x1", "v").join();
        async.put("y1", "v").join();
        assertThat(async.clear("x").join().removed()).isEqualTo(1);
        assertThat(async.clear().join().complete()).isTrue();
        assertThat(texts().exists("y1")).isFalse();
    }
}
