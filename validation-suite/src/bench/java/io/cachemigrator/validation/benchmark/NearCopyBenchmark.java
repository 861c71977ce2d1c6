package io.cachemigrator.validation.benchmark;

import io.cachemigrator.cache.CacheService;
import io.cachemigrator.cache.Region;
import io.cachemigrator.cache.config.CacheConfig;
import io.cachemigrator.cache.config.RegionConfig;
import io.cachemigrator.cache.config.TierPolicy;
import java.io.IOException;
import java.net.ServerSocket;
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
import org.redisson.Redisson;
import org.redisson.api.RLocalCachedMap;
import org.redisson.api.RedissonClient;
import org.redisson.api.options.LocalCachedMapOptions;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.Config;
import redis.embedded.RedisServer;

/** A hit on a copy in memory in front of Redis: ours, which other processes' changes reach, beside Redisson's local map. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class NearCopyBenchmark {
    private static final int ENTRIES = 4_096;

    private RedisServer server;
    private CacheService service;
    private Region<String> region;
    private RedissonClient redisson;
    private RLocalCachedMap<String, String> map;
    private String[] ids;
    private int next;

    /** Starts a server, fills both and reads each entry once. */
    @Setup
    public void fill() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        server = RedisServer.newRedisServer()
                .port(port)
                .bind("127.0.0.1")
                .setting("save \"\"")
                .build();
        server.start();
        String uri = "redis://127.0.0.1:" + port;
        service = CacheService.open(CacheConfig.builder()
                .redisUri(uri)
                .region(RegionConfig.builder("near")
                        .tiers(TierPolicy.MEMORY_REDIS)
                        .build())
                .build());
        region = service.region("near", String.class);
        Config config = new Config();
        config.useSingleServer().setAddress(uri);
        redisson = Redisson.create(config);
        map = redisson.getLocalCachedMap(LocalCachedMapOptions.<String, String>name("near")
                .codec(StringCodec.INSTANCE)
                .cacheSize(2 * ENTRIES)
                .evictionPolicy(LocalCachedMapOptions.EvictionPolicy.LRU));
        ids = new String[ENTRIES];
        for (int i = 0; i < ENTRIES; i++) {
            ids[i] = "id:" + i;
            region.put(ids[i], "value " + i);
            map.put(ids[i], "value " + i);
            region.get(ids[i]);
            map.get(ids[i]);
        }
    }

    /** Ends all. */
    @TearDown
    public void close() throws IOException {
        service.close();
        redisson.shutdown();
        server.stop();
    }

    private String id() {
        next = (next + 1) & (ENTRIES - 1);
        return ids[next];
    }

    /** Ours. */
    @Benchmark
    public String ours() {
        return region.get(id());
    }

    /** Redisson's. */
    @Benchmark
    public String redissonLocalMap() {
        return map.get(id());
    }
}
