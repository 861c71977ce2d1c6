package io.cachemigrator.validation.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachemigrator.cache.CacheService;
import io.cachemigrator.cache.InvalidationOutcome;
import io.cachemigrator.cache.Lookup;
import io.cachemigrator.cache.Region;
import io.cachemigrator.cache.WriteOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Invalidation by tag and prefix, also from another service. */
interface InvalidationContract extends ContractPart {
    @Test
    @Tag("SVC-7")
    default void invalidateTags_hidesTaggedEntriesOfTheRegionOnly() {
        Region<String> other = cache().region("other", String.class);
        texts().put("a", "1", WriteOptions.DEFAULTS.withTags("red", "round"));
        texts().put("b", "2", WriteOptions.DEFAULTS.withTags("blue"));
        texts().put("c", "3");
        other.put("a", "4", WriteOptions.DEFAULTS.withTags("red"));

        assertThat(texts().invalidateTags(List.of("red", "unknown")).recorded()).isTrue();

        assertThat(texts().lookup("a")).isInstanceOf(Lookup.Absent.class);
        assertThat(texts().exists("a")).isFalse();
        assertThat(texts().findAll(List.of("a", "b", "c"))).containsOnlyKeys("b", "c");
        assertThat(other.find("a")).contains("4");
    }

    @Test
    @Tag("SVC-7")
    default void put_afterInvalidation_isVisibleAtOnce() {
        for (int i = 0; i < 50; i++) {
            texts().put("k", "old", WriteOptions.DEFAULTS.withTags("t"));
            texts().invalidateTags(List.of("t"));
            texts().invalidatePrefix("k");
            assertThat(texts().exists("k")).isFalse();
            texts().put("k", "new " + i, WriteOptions.DEFAULTS.withTags("t"));
            assertThat(texts().find("k")).contains("new " + i);
        }
    }

    @Test
    @Tag("SVC-7")
    default void invalidateTags_ofService_reachesEveryRegion() {
        Region<String> other = cache().region("other", String.class);
        texts().put("a", "1", WriteOptions.DEFAULTS.withTags("red"));
        other.put("a", "2", WriteOptions.DEFAULTS.withTags("red"));
        other.put("b", "3", WriteOptions.DEFAULTS.withTags("blue"));

        assertThat(cache().invalidateTags(List.of("red")).recorded()).isTrue();

        assertThat(texts().exists("a")).isFalse();
        assertThat(other.exists("a")).isFalse();
        assertThat(other.find("b")).contains("3");
    }

    @Test
    @Tag("SVC-7")
    default void invalidatePrefix_hidesEntriesUnderItOnly() {
        texts().putAll(Map.of("user:1", "a", "user:2", "b", "users", "c", "user*", "d"), WriteOptions.DEFAULTS);

        assertThat(texts().invalidatePrefix("user:").recorded()).isTrue();

        assertThat(texts().findAll(List.of("user:1", "user:2", "users", "user*")))
                .containsOnlyKeys("users", "user*");
    }

    @Test
    @Tag("SVC-7")
    @DisplayName("tag set by one service, invalidated by another: counted and gone (defect C-10, case 35)")
    default void invalidateTags_withIndexFromAnotherService_countsExactly() {
        Region<String> mine = cache().region(INDEXED, String.class);
        mine.put("a", "1", WriteOptions.DEFAULTS.withTags("x", "y"));
        mine.put("b", "2", WriteOptions.DEFAULTS.withTags("x"));
        mine.put("c", "3", WriteOptions.DEFAULTS.withTags("z"));

        CacheService another = another();
        InvalidationOutcome outcome = another.region(INDEXED, String.class).invalidateTags(List.of("x", "y"));

        assertThat(outcome).isEqualTo(new InvalidationOutcome(true, OptionalLong.of(2)));
        pass(Duration.ofSeconds(3));
        assertThat(mine.findAll(List.of("a", "b", "c"))).containsOnlyKeys("c");
        assertThat(another.region(INDEXED, String.class)
                        .invalidateTags(List.of("x"))
                        .entries())
                .hasValue(0);
    }

    @Test
    @Tag("SVC-7")
    @DisplayName("an entry tagged anew is not hit by its former tag (defect C-10, case 36)")
    default void invalidateTags_ofFormerTag_hitsNothing() {
        Region<String> indexed = cache().region(INDEXED, String.class);
        indexed.put("k", "v", WriteOptions.DEFAULTS.withTags("x"));
        indexed.put("k", "v", WriteOptions.DEFAULTS.withTags("y"));
        indexed.put("gone", "v", WriteOptions.DEFAULTS.withTags("x"));
        indexed.delete("gone");
        indexed.put("late", "v", TEN_SECONDS.withTags("x"));
        pass(Duration.ofSeconds(11));

        assertThat(indexed.invalidateTags(List.of("x"))).isEqualTo(new InvalidationOutcome(true, OptionalLong.of(0)));
        assertThat(indexed.find("k")).contains("v");
        assertThat(indexed.invalidateTags(List.of("y")).entries()).hasValue(1);
    }

    @Test
    @Tag("SVC-4")
    default void concurrentChanges_leaveNoStaleCopy() throws Exception {
        Region<String> truth = another().region("texts", String.class);
        for (int round = 0; round < 30; round++) {
            int seed = round * 100;
            ContractThreads.run(6, thread -> {
                Random random = new Random(seed + thread);
                for (int i = 0; i < 15; i++) {
                    switch (random.nextInt(6)) {
                        case 0 -> texts().delete("k");
                        case 1 -> texts().invalidateTags(List.of("t"));
                        case 2, 3 -> texts().put("k", thread + ":" + i, WriteOptions.DEFAULTS.withTags("t"));
                        default -> texts().lookup("k");
                    }
                }
            });
            Lookup<String> seen = texts().lookup("k");
            pass(Duration.ofSeconds(3));
            assertThat(truth.lookup("k").valueOrNull()).isEqualTo(seen.valueOrNull());
        }
    }
}
