package io.cachemigrator.validation.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachemigrator.cache.LoadOptions;
import io.cachemigrator.cache.Region;
import io.cachemigrator.cache.codec.Codecs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
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
}
