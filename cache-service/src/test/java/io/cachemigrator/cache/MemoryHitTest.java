package io.cachemigrator.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachemigrator.cache.codec.Codecs;
import io.cachemigrator.cache.config.CacheConfig;
import io.cachemigrator.cache.config.RegionConfig;
import io.cachemigrator.cache.config.TierPolicy;
import io.cachemigrator.cache.contract.MovableClock;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hits in memory: what they cost and that they never show what is not to be seen. */
@Tag("SVC-3")
class MemoryHitTest {
    private static final int HITS = 20_000;

    record Point(String name, int x, Instant at) {}

    record Mutable(List<String> items) {}

    private static long allocatedBy(Supplier<Object> hit) {
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        // the least of several rounds: a compilation or a start of an epoch in one of them is not the hit's
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 10; round++) {
            long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            for (int i = 0; i < HITS; i++) {
                if (hit.get() == null) {
                    throw new AssertionError("not a hit");
                }
            }
            long after = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            least = Math.min(least, after - before);
        }
        return least;
    }

    @Test
    void get_ofAnUnchangeableValueInMemory_allocatesNothing() {
        try (CacheService service = CacheService.open(CacheConfig.builder().build())) {
            Region<Point> points = service.region("points", Point.class);
            points.put(
                    "k",
                    new Point("a", 1, Instant.EPOCH),
                    WriteOptions.ttl(Duration.ofDays(1)).withTags("t", "u"));
            points.invalidateTags(List.of("other"));
            points.get("k");

            assertThat(allocatedBy(() -> points.get("k"))).isLessThan(HITS);
            assertThat(allocatedBy(() -> points.lookup("k"))).isLessThan(HITS);
        }
    }

    @Test
    void get_ofASharedCopyBeforeDisk_allocatesNothing(@TempDir Path folder) {
        RegionConfig shared = RegionConfig.builder("shared")
                .tiers(TierPolicy.MEMORY_DISK)
                .shareValues(true)
                .build();
        try (CacheService service = CacheService.open(
                CacheConfig.builder().diskFolder(folder).region(shared).build())) {
            Region<Mutable> region = service.region("shared", Mutable.class);
            region.put("k", new Mutable(List.of("a")));
            assertThat(region.get("k")).isSameAs(region.get("k"));

            assertThat(allocatedBy(() -> region.get("k"))).isLessThan(HITS);
        }
    }

    @Test
    @Tag("SVC-9")
    void statistics_countEveryHitOnce() {
        try (CacheService service = CacheService.open(CacheConfig.builder().build())) {
            Region<String> texts = service.region("texts", String.class);
            texts.put("k", "v");
            for (int i = 0; i < 1_000; i++) {
                texts.get("k");
                texts.lookupAll(List.of("k", "absent"));
            }
            RegionStatistics counted = texts.statistics();
            assertThat(counted.hits()).isEqualTo(2_000);
            assertThat(counted.misses()).isEqualTo(1_000);
            assertThat(counted.tiers().get("memory").hits()).isEqualTo(2_000);
            assertThat(counted.tiers().get("memory").misses()).isEqualTo(1_000);
        }
    }

    @Test
    @Tag("SVC-9")
    void statistics_fromManyThreads_loseNothing() throws Exception {
        try (CacheService service = CacheService.open(CacheConfig.builder().build())) {
            Region<String> texts = service.region("texts", String.class);
            texts.put("k", "v");
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                Thread thread = new Thread(() -> {
                    for (int hit = 0; hit < 1_000; hit++) {
                        texts.get("k");
                    }
                });
                thread.start();
                threads.add(thread);
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(texts.statistics().hits()).isEqualTo(100_000);
        }
    }

    @Test
    @Tag("SVC-7")
    void get_afterEachKindOfChange_seesIt() {
        try (CacheService service = CacheService.open(CacheConfig.builder().build())) {
            Region<String> texts = service.region("texts", String.class);
            hitOften(texts);
            texts.put("k", "new");
            assertThat(texts.get("k")).isEqualTo("new");
            hitOften(texts);
            texts.invalidateTags(List.of("t"));
            assertThat(texts.get("k")).isNull();
            hitOften(texts);
            service.invalidateTags(List.of("t"));
            assertThat(texts.get("k")).isNull();
            hitOften(texts);
            texts.invalidatePrefix("k");
            assertThat(texts.get("k")).isNull();
            hitOften(texts);
            texts.delete("k");
            assertThat(texts.get("k")).isNull();
            hitOften(texts);
            texts.clear();
            assertThat(texts.get("k")).isNull();
        }
    }

    private static void hitOften(Region<String> texts) {
        texts.put("k", "old", WriteOptions.DEFAULTS.withTags("t"));
        for (int i = 0; i < 1_000; i++) {
            assertThat(texts.get("k")).isEqualTo("old");
        }
    }

    @Test
    @Tag("SVC-2")
    void get_whenTheClockReachesTheDeadline_isAbsent() {
        MovableClock clock = new MovableClock(Instant.parse("2026-01-02T03:04:05Z"));
        try (CacheService service =
                CacheService.open(CacheConfig.builder().clock(clock).build())) {
            Region<String> texts = service.region("texts", String.class);
            texts.put("k", "v", WriteOptions.ttl(Duration.ofSeconds(10)));
            for (int i = 0; i < 1_000; i++) {
                texts.get("k");
            }
            clock.advance(Duration.ofMillis(9_999));
            assertThat(texts.get("k")).isEqualTo("v");
            clock.advance(Duration.ofMillis(1));
            assertThat(texts.get("k")).isNull();
        }
    }

    @Test
    @Tag("SVC-8")
    void get_ofAChangeableValue_givesEveryCallerItsOwn() {
        try (CacheService service = CacheService.open(CacheConfig.builder().build())) {
            Region<Mutable> region = service.region("r", Mutable.class);
            region.put("k", new Mutable(List.of("a")));
            assertThat(region.get("k")).isEqualTo(region.get("k")).isNotSameAs(region.get("k"));

            Region<byte[]> bytes = service.region("bytes", Codecs.bytes());
            bytes.put("k", new byte[] {1});
            bytes.get("k")[0] = 2;
            assertThat(bytes.get("k")).containsExactly(1);
        }
    }

    @Test
    @Tag("SVC-8")
    void get_throughViewsOfOtherTypes_givesEachItsOwnKind() {
        try (CacheService service = CacheService.open(CacheConfig.builder().build())) {
            Region<Integer> numbers = service.region("r", Integer.class);
            Region<String> texts = service.region("r", String.class);
            numbers.put("k", 7);
            for (int i = 0; i < 3; i++) {
                assertThat(texts.get("k")).isEqualTo("7");
                assertThat(numbers.get("k")).isEqualTo(7);
                assertThat(service.region("r", Integer.class).get("k")).isEqualTo(7);
            }
        }
    }

    @Test
    @Tag("SVC-2")
    void memoryMaxBytes_boundsWhatIsHeld() {
        RegionConfig bounded =
                RegionConfig.builder("bounded").memoryMaxBytes(100_000).build();
        try (CacheService service =
                CacheService.open(CacheConfig.builder().region(bounded).build())) {
            Region<byte[]> region = service.region("bounded", Codecs.bytes());
            for (int i = 0; i < 1_000; i++) {
                region.put("k" + i, new byte[1_000]);
            }
            RegionStatistics.TierStatistics held = region.statistics().tiers().get("memory");
            assertThat(held.bytes()).isBetween(50_000L, 100_000L);
            assertThat(held.entries() * 1_040).isEqualTo(held.bytes());
            assertThat(held.evictions()).isEqualTo(1_000 - held.entries());
            region.clear();
            assertThat(region.statistics().tiers().get("memory").bytes()).isZero();
        }
    }

    @Test
    @Tag("SVC-2")
    void hits_thatCountForEviction_areOneOf16OrOf128WhateverTheirOrder() {
        int numbers = 160_000;
        for (int step : new int[] {1, 7, 100, 128, 1_000}) {
            String order = "every " + step;
            assertThat(chosen(numbers, step, MemoryHits::isOneOf16)).as(order).isBetween(9_500L, 10_500L);
            assertThat(chosen(numbers, step, MemoryHits::isOneOf128)).as(order).isBetween(1_100L, 1_400L);
        }
    }

    private static long chosen(int numbers, int step, LongPredicate choice) {
        return IntStream.range(0, numbers)
                .mapToLong(i -> MemoryHits.chance((long) i * step))
                .filter(choice)
                .count();
    }
}
