package io.cachemigrator.validation.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cachemigrator.cache.CacheService;
import io.cachemigrator.cache.Region;
import io.cachemigrator.cache.WriteOptions;
import io.cachemigrator.cache.config.CacheConfig;
import io.cachemigrator.cache.config.RegionConfig;
import io.cachemigrator.cache.config.TierPolicy;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
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
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.params.SetParams;
import redis.embedded.RedisServer;
import redis.embedded.core.ExecutableProvider;

/** What a region on Redis costs beside bare Jedis with the same stored bytes, of 1 KiB and a header. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 8, time = 1)
@Fork(2)
public class RedisBenchmark {
    private static final int ENTRIES = 1_024;
    private static final int BULK = 100;
    private static final long HOUR = 3_600_000;

    private final List<String> ids = new ArrayList<>();
    private final List<String> bulk = new ArrayList<>();
    private final Map<String, byte[]> bulkValues = new LinkedHashMap<>();
    private final byte[] value = new byte[1_024];
    private final byte[][] keys = new byte[ENTRIES][];
    private final byte[][] bulkKeys = new byte[BULK][];
    private byte[] stored = new byte[0];
    private RedisServer server;
    private RedisClient bare;
    private CacheService service;
    private Region<byte[]> region;
    private int next;

    /** Starts a server and fills it. */
    @Setup
    public void start() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Path folder = Files.createDirectories(Path.of("target", "embedded-redis"));
        server = RedisServer.newRedisServer()
                .executableProvider(ExecutableProvider.newJarResourceProvider(folder.toFile()))
                .port(port)
                .bind("127.0.0.1")
                .setting("save \"\"")
                .build();
        server.start();
        bare = RedisClient.create("127.0.0.1", port);
        service = CacheService.open(CacheConfig.builder()
                .redisUri("redis://127.0.0.1:" + port)
                .defaults(
                        RegionConfig.builder("default").tiers(TierPolicy.REDIS).build())
                .build());
        region = service.region("r", byte[].class);
        new Random(1).nextBytes(value);
        for (int i = 0; i < ENTRIES; i++) {
            ids.add("id:" + i);
            keys[i] = ("cs:r:id:" + i).getBytes(UTF_8);
            region.put(ids.get(i), value);
        }
        stored = bare.get(keys[0]);
        for (int i = 0; i < BULK; i++) {
            bulk.add(ids.get(i));
            bulkKeys[i] = keys[i];
            bulkValues.put(ids.get(i), value);
        }
    }

    /** Stops all. */
    @TearDown
    public void stop() throws IOException {
        service.close();
        bare.close();
        server.stop();
    }

    private int index() {
        next = (next + 7) & (ENTRIES - 1);
        return next;
    }

    /** GET. */
    @Benchmark
    public byte[] bareGet() {
        return bare.get(keys[index()]);
    }

    /** A region's get. */
    @Benchmark
    public byte[] oursGet() {
        return region.get(ids.get(index()));
    }

    /** SET with an expiry. */
    @Benchmark
    public String barePut() {
        return bare.set(keys[index()], stored, SetParams.setParams().px(HOUR));
    }

    /** A region's put. */
    @Benchmark
    public Object oursPut() {
        return region.put(ids.get(index()), value);
    }

    /** MGET of 100. */
    @Benchmark
    public Object bareGet100() {
        return bare.mget(bulkKeys);
    }

    /** A region's look-up of 100. */
    @Benchmark
    public Object oursGet100() {
        return region.findAll(bulk);
    }

    /** 100 SETs in a pipeline. */
    @Benchmark
    public void barePut100() {
        try (AbstractPipeline pipeline = bare.pipelined()) {
            for (byte[] key : bulkKeys) {
                pipeline.set(key, stored, SetParams.setParams().px(HOUR));
            }
            pipeline.sync();
        }
    }

    /** A region's put of 100, all or none. */
    @Benchmark
    public Object oursPut100() {
        return region.putAll(bulkValues, WriteOptions.DEFAULTS);
    }
}
