package io.cachemigrator.validation.benchmark;

import io.cachemigrator.cache.CacheService;
import io.cachemigrator.cache.Region;
import io.cachemigrator.cache.config.CacheConfig;
import io.cachemigrator.cache.config.DiskConfig;
import io.cachemigrator.cache.config.RegionConfig;
import io.cachemigrator.cache.config.TierPolicy;
import io.cachemigrator.cache.envelope.Envelope;
import io.cachemigrator.cache.envelope.EnvelopeFormat;
import io.cachemigrator.cache.tier.EntryWrite;
import io.cachemigrator.cache.tier.PutCondition;
import io.cachemigrator.cache.tier.PutResult;
import io.cachemigrator.cache.tier.Tier;
import io.cachemigrator.cache.tier.TierUnavailableException;
import io.cachemigrator.cache.tier.disk.DiskTierVariants;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.ehcache.Cache;
import org.ehcache.PersistentCacheManager;
import org.ehcache.config.builders.CacheConfigurationBuilder;
import org.ehcache.config.builders.CacheManagerBuilder;
import org.ehcache.config.builders.ResourcePoolsBuilder;
import org.ehcache.config.units.EntryUnit;
import org.ehcache.config.units.MemoryUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Gets and puts of 1 KiB on disk, beside Ehcache's disk store; random keys among 20,000. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class DiskBenchmark {
    private static final int ENTRIES = 20_000;
    private static final long AMPLE = 4L << 30;
    private static final RegionConfig REGION =
            RegionConfig.builder("bench").tiers(TierPolicy.DISK).build();

    private static byte[] value() {
        byte[] value = new byte[1_024];
        new Random(1).nextBytes(value);
        return value;
    }

    private static String anyKey() {
        return "key:" + ThreadLocalRandom.current().nextInt(ENTRIES);
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** The service over the disk tier alone. */
    @State(Scope.Benchmark)
    public static class Ours {
        private Path folder;
        private CacheService service;
        private Region<byte[]> region;

        /** Fills it. */
        @Setup
        public void fill() throws IOException {
            folder = Files.createTempDirectory("disk-benchmark");
            service = CacheService.open(CacheConfig.builder()
                    .disk(new DiskConfig(folder, AMPLE))
                    .region(REGION)
                    .build());
            region = service.region(REGION.name(), byte[].class);
            for (int i = 0; i < ENTRIES; i++) {
                region.put("key:" + i, value());
            }
        }

        /** Removes it. */
        @TearDown
        public void close() throws IOException {
            service.close();
            remove(folder);
        }
    }

    /** The tier itself. */
    public abstract static class OurTier {
        private Path folder;
        private Tier tier;
        private byte[] envelope;
        private int next;

        abstract Tier open(Path folder);

        abstract int entries();

        /** Fills it. */
        @Setup
        public void fill() throws IOException, TierUnavailableException {
            folder = Files.createTempDirectory("disk-benchmark");
            tier = open(folder);
            envelope = EnvelopeFormat.encode(Envelope.of(Envelope.CODEC_BYTES, value()));
            for (int i = 0; i < entries(); i++) {
                put("key:" + i);
            }
        }

        PutResult put(String id) throws TierUnavailableException {
            return tier.put(REGION, List.of(new EntryWrite(id, envelope, 3_600_000)), PutCondition.ALWAYS);
        }

        PutResult putNew() throws TierUnavailableException {
            return put("new:" + next++);
        }

        /** Removes it. */
        @TearDown(Level.Trial)
        public void close() throws IOException {
            tier.close();
            remove(folder);
        }
    }

    /** Evicts by last use. */
    @State(Scope.Benchmark)
    public static class WithRecency extends OurTier {
        @Override
        Tier open(Path folder) {
            return DiskTierVariants.open(folder, AMPLE, true);
        }

        @Override
        int entries() {
            return ENTRIES;
        }
    }

    /** Evicts in the order of writing. */
    @State(Scope.Benchmark)
    public static class WithoutRecency extends WithRecency {
        @Override
        Tier open(Path folder) {
            return DiskTierVariants.open(folder, AMPLE, false);
        }
    }

    /** So small that every put of something new has to evict. */
    @State(Scope.Benchmark)
    public static class Full extends WithRecency {
        @Override
        Tier open(Path folder) {
            return DiskTierVariants.open(folder, 20_000_000, true);
        }
    }

    /** Ehcache, its values on disk. */
    public abstract static class Peer {
        private Path folder;
        private PersistentCacheManager manager;
        private Cache<String, byte[]> cache;

        abstract ResourcePoolsBuilder pools();

        /** Fills it. */
        @Setup
        public void fill() throws IOException {
            folder = Files.createTempDirectory("disk-benchmark");
            manager = CacheManagerBuilder.newCacheManagerBuilder()
                    .with(CacheManagerBuilder.persistence(folder.toFile()))
                    .withCache(
                            "bench",
                            CacheConfigurationBuilder.newCacheConfigurationBuilder(
                                    String.class, byte[].class, pools().disk(1, MemoryUnit.GB, true)))
                    .build(true);
            cache = manager.getCache("bench", String.class, byte[].class);
            for (int i = 0; i < ENTRIES; i++) {
                cache.put("key:" + i, value());
            }
        }

        /** Removes it. */
        @TearDown
        public void close() throws IOException {
            manager.close();
            remove(folder);
        }
    }

    /** As its guide has it: a heap tier in front, here one that holds next to nothing. */
    @State(Scope.Benchmark)
    public static class Ehcache extends Peer {
        @Override
        ResourcePoolsBuilder pools() {
            return ResourcePoolsBuilder.newResourcePoolsBuilder().heap(10, EntryUnit.ENTRIES);
        }
    }

    /** Without the heap tier. */
    @State(Scope.Benchmark)
    public static class EhcacheDiskOnly extends Peer {
        @Override
        ResourcePoolsBuilder pools() {
            return ResourcePoolsBuilder.newResourcePoolsBuilder();
        }
    }

    /** A get through the service. */
    @Benchmark
    public byte[] get(Ours ours) {
        return ours.region.get(anyKey());
    }

    /** A get of Ehcache's disk store behind a heap tier. */
    @Benchmark
    public byte[] getEhcache(Ehcache peer) {
        return ((Peer) peer).cache.get(anyKey());
    }

    /** A get of Ehcache's disk store alone. */
    @Benchmark
    public byte[] getEhcacheDiskOnly(EhcacheDiskOnly peer) {
        return ((Peer) peer).cache.get(anyKey());
    }

    /** A get of the tier. */
    @Benchmark
    public Map<String, byte[]> getWithRecency(WithRecency ours) throws TierUnavailableException {
        return ((OurTier) ours).tier.getAll(REGION, List.of(anyKey()));
    }

    /** A get of the tier that notes nothing. */
    @Benchmark
    public Map<String, byte[]> getWithoutRecency(WithoutRecency ours) throws TierUnavailableException {
        return ((OurTier) ours).tier.getAll(REGION, List.of(anyKey()));
    }

    /** A put of a new entry while there is room. */
    @Benchmark
    public PutResult put(WithRecency ours) throws TierUnavailableException {
        return ours.putNew();
    }

    /** A put of a new entry that others must make room for. */
    @Benchmark
    public PutResult putEvicting(Full ours) throws TierUnavailableException {
        return ours.putNew();
    }

    /** A put of Ehcache's disk store alone, which loses it when the process is killed. */
    @Benchmark
    public void putEhcacheDiskOnly(EhcacheDiskOnly peer) {
        ((Peer) peer).cache.put(anyKey(), value());
    }
}
