package io.cachemigrator.validation.benchmark;

import io.cachemigrator.cache.CacheService;
import io.cachemigrator.cache.Region;
import io.cachemigrator.cache.WriteOptions;
import io.cachemigrator.cache.config.CacheConfig;
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

/** What tags cost a hit in memory, after another tag was invalidated. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class TaggedHitBenchmark {
    private static final int ENTRIES = 8_192;

    private CacheService cache;
    private Region<String> region;
    private String[] plain;
    private String[] tagged;
    private int next;

    /** Fills the region. */
    @Setup
    public void fill() {
        cache = CacheService.open(CacheConfig.builder().build());
        region = cache.region("hits", String.class);
        plain = new String[ENTRIES];
        tagged = new String[ENTRIES];
        region.put("other", "value", WriteOptions.DEFAULTS.withTags("unrelated"));
        region.invalidateTags(List.of("unrelated"));
        for (int i = 0; i < ENTRIES / 2; i++) {
            plain[i] = "plain:" + i;
            tagged[i] = "tagged:" + i;
            region.put(plain[i], "value " + i);
            region.put(tagged[i], "value " + i, WriteOptions.DEFAULTS.withTags("group:" + i % 100, "all"));
        }
    }

    /** Ends the service. */
    @TearDown
    public void close() {
        cache.close();
    }

    private int index() {
        next = (next + 1) & (ENTRIES / 2 - 1);
        return next;
    }

    /** A hit on an entry without tags. */
    @Benchmark
    public String untagged() {
        return region.get(plain[index()]);
    }

    /** A hit on an entry with two tags. */
    @Benchmark
    public String tagged() {
        return region.get(tagged[index()]);
    }
}
