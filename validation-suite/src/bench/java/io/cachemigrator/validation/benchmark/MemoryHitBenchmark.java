package io.cachemigrator.validation.benchmark;

import com.alicp.jetcache.embedded.CaffeineCacheBuilder;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.cachemigrator.cache.CacheService;
import io.cachemigrator.cache.Region;
import io.cachemigrator.cache.WriteOptions;
import io.cachemigrator.cache.config.CacheConfig;
import io.cachemigrator.cache.config.RegionConfig;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What a hit in memory costs, and what tags add to it, beside Caffeine alone and beside JetCache over Caffeine. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(4)
public class MemoryHitBenchmark {

    /** A cache of some kind, filled like the others; the only one in its process, so that each has its memory for itself. */
    @State(Scope.Benchmark)
    public abstract static class Filled {
        private static final int ENTRIES = 4_096;

        /**
         * Nearly full, as a bounded cache is once it has run for a while; or less than half full, as long as which Caffeine
         * does not note what is used.
         */
        @Param({"5000", "20000"})
        private int limit;

        private final String[] ids = new String[ENTRIES];
        private int next;

        abstract void open(int limit);

        abstract void put(String id, String value);

        abstract String get(String id);

        void settle() {}

        /** Fills it, and reads each entry once. */
        @Setup
        public void fill() {
            open(limit);
            for (int i = 0; i < ENTRIES; i++) {
                ids[i] = "id:" + i;
                put(ids[i], "value " + i);
            }
            settle();
            for (String id : ids) {
                get(id);
            }
            System.gc();
        }

        String id() {
            next = (next + 7) & (ENTRIES - 1);
            return ids[next];
        }
    }

    /** Caffeine, bounded, without expiry and statistics. */
    @State(Scope.Benchmark)
    public static class Bare extends Filled {
        private Cache<String, String> cache;

        @Override
        void open(int limit) {
            cache = Caffeine.newBuilder().maximumSize(limit).build();
        }

        @Override
        void put(String id, String value) {
            cache.put(id, value);
        }

        @Override
        String get(String id) {
            return cache.getIfPresent(id);
        }
    }

    /** Caffeine, bounded, with one time to live for all entries, and with statistics. */
    @State(Scope.Benchmark)
    public static class Complete extends Bare {
        @Override
        void open(int limit) {
            ((Bare) this).cache = Caffeine.newBuilder()
                    .maximumSize(limit)
                    .expireAfterWrite(Duration.ofHours(1))
                    .recordStats()
                    .build();
        }
    }

    /** JetCache over Caffeine. */
    @State(Scope.Benchmark)
    public static class JetCache extends Filled {
        private com.alicp.jetcache.Cache<String, String> cache;

        @Override
        void open(int limit) {
            cache = CaffeineCacheBuilder.createCaffeineCacheBuilder()
                    .limit(limit)
                    .expireAfterWrite(1, TimeUnit.HOURS)
                    .buildCache();
        }

        @Override
        void put(String id, String value) {
            cache.put(id, value);
        }

        @Override
        String get(String id) {
            return cache.get(id);
        }

        /** Ends it. */
        @TearDown
        public void close() {
            cache.close();
        }
    }

    /** A region in memory, with statistics and a time to live for each entry, after a tag was invalidated. */
    @State(Scope.Benchmark)
    public static class Ours extends Filled {
        private CacheService service;
        private Region<String> region;

        @Override
        void open(int limit) {
            service = CacheService.open(CacheConfig.builder()
                    .region(RegionConfig.builder("hits").memoryMaxEntries(limit).build())
                    .build());
            region = service.region("hits", String.class);
        }

        WriteOptions options() {
            return WriteOptions.DEFAULTS;
        }

        @Override
        void put(String id, String value) {
            region.put(id, value, options());
        }

        @Override
        void settle() {
            region.invalidateTags(List.of("unrelated"));
        }

        @Override
        String get(String id) {
            return region.get(id);
        }

        /** Ends it. */
        @TearDown
        public void close() {
            service.close();
        }
    }

    /** The same with two tags on each entry. */
    @State(Scope.Benchmark)
    public static class OursTagged extends Ours {
        private int puts;

        @Override
        WriteOptions options() {
            return WriteOptions.DEFAULTS.withTags("group:" + puts++ % 100, "all");
        }
    }

    /** Caffeine, bounded. */
    @Benchmark
    public String caffeineBare(Bare caffeine) {
        return caffeine.cache.getIfPresent(caffeine.id());
    }

    /** Caffeine with what an application asks of it. */
    @Benchmark
    public String caffeineWithTtlAndStatistics(Complete caffeine) {
        return ((Bare) caffeine).cache.getIfPresent(caffeine.id());
    }

    /** JetCache. */
    @Benchmark
    public String jetCache(JetCache jetCache) {
        return jetCache.cache.get(jetCache.id());
    }

    /** A region. */
    @Benchmark
    public String ours(Ours ours) {
        return ours.region.get(ours.id());
    }

    /** A region whose entries are tagged. */
    @Benchmark
    public String oursTagged(OursTagged ours) {
        return ((Ours) ours).region.get(ours.id());
    }
}
