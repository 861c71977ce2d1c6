package io.cachemigrator.validation.benchmark;

import com.alicp.jetcache.embedded.CaffeineCacheBuilder;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.cachemigrator.cache.CacheService;
import io.cachemigrator.cache.Region;
import io.cachemigrator.cache.WriteOptions;
import io.cachemigrator.cache.config.CacheConfig;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What a hit in memory costs, beside Caffeine alone and beside JetCache over Caffeine. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class MemoryHitBenchmark {
    private static final int ENTRIES = 4_096;
    private static final int LIMIT = 10_000;

    private final String[] ids = new String[ENTRIES];
    private final String[] taggedIds = new String[ENTRIES];
    private CacheService service;
    private Region<String> region;
    private Cache<String, String> bare;
    private Cache<String, String> complete;
    private com.alicp.jetcache.Cache<String, String> jetCache;
    private int next;

    /** Fills all of them alike. */
    @Setup
    public void fill() {
        service = CacheService.open(CacheConfig.builder().build());
        region = service.region("hits", String.class);
        Region<String> tagged = service.region("hits", String.class);
        bare = Caffeine.newBuilder().maximumSize(LIMIT).build();
        complete = Caffeine.newBuilder()
                .maximumSize(LIMIT)
                .expireAfterWrite(Duration.ofHours(1))
                .recordStats()
                .build();
        jetCache = CaffeineCacheBuilder.createCaffeineCacheBuilder()
                .limit(LIMIT)
                .expireAfterWrite(1, TimeUnit.HOURS)
                .buildCache();
        for (int i = 0; i < ENTRIES; i++) {
            ids[i] = "id:" + i;
            taggedIds[i] = "tagged:" + i;
            String value = "value " + i;
            bare.put(ids[i], value);
            complete.put(ids[i], value);
            jetCache.put(ids[i], value);
            region.put(ids[i], value);
            tagged.put(taggedIds[i], value, WriteOptions.DEFAULTS.withTags("group:" + i % 100, "all"));
        }
        region.invalidateTags(List.of("unrelated"));
        for (int i = 0; i < ENTRIES; i++) {
            region.get(ids[i]);
            tagged.get(taggedIds[i]);
        }
        // what filling left behind lies between the entries, in ours most of all
        System.gc();
    }

    /** Ends what was opened. */
    @TearDown
    public void close() {
        service.close();
        jetCache.close();
    }

    private int index() {
        next = (next + 7) & (ENTRIES - 1);
        return next;
    }

    /** Caffeine, bounded, without expiry and statistics. */
    @Benchmark
    public String caffeineBare() {
        return bare.getIfPresent(ids[index()]);
    }

    /** Caffeine, bounded, with one time to live for all entries, and with statistics. */
    @Benchmark
    public String caffeineWithTtlAndStatistics() {
        return complete.getIfPresent(ids[index()]);
    }

    /** JetCache over Caffeine. */
    @Benchmark
    public String jetCache() {
        return jetCache.get(ids[index()]);
    }

    /** A region in memory, with statistics and a time to live for each entry. */
    @Benchmark
    public String ours() {
        return region.get(ids[index()]);
    }

    /** The same for entries that carry two tags. */
    @Benchmark
    public String oursTagged() {
        return region.get(taggedIds[index()]);
    }
}
