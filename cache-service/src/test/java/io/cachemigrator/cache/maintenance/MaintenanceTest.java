package io.cachemigrator.cache.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachemigrator.cache.CacheService;
import io.cachemigrator.cache.ClearOutcome;
import io.cachemigrator.cache.EntryDetails;
import io.cachemigrator.cache.Region;
import io.cachemigrator.cache.WriteOptions;
import io.cachemigrator.cache.codec.Codecs;
import io.cachemigrator.cache.config.CacheConfig;
import io.cachemigrator.cache.config.CacheConfigBuilder;
import io.cachemigrator.cache.config.EncryptionConfig;
import io.cachemigrator.cache.config.RegionConfig;
import io.cachemigrator.cache.contract.EmbeddedRedis;
import io.cachemigrator.cache.contract.MovableClock;
import io.cachemigrator.cache.error.ConfigurationException;
import io.cachemigrator.cache.error.InfrastructureException;
import io.cachemigrator.cache.maintenance.ConsistencyReport.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.RedisClient;

@Tag("SVC-13")
class MaintenanceTest {
    @TempDir
    Path folder;

    private final MovableClock clock = new MovableClock(Instant.parse("2026-01-01T00:00:00Z"));
    private CacheService service;

    @BeforeEach
    void open() {
        service = CacheService.open(CacheConfig.builder()
                .clock(clock)
                .diskFolder(folder.resolve("cache"))
                .build());
    }

    @AfterEach
    void close() {
        service.close();
    }

    private static void fill(CacheService cache, int entries) {
        Region<String> texts = cache.region("texts", String.class);
        for (int i = 0; i < entries; i++) {
            texts.put(
                    "t" + i,
                    "value " + i,
                    WriteOptions.ttl(Duration.ofMinutes(10 + i)).withTags("all", "g" + i % 3));
        }
        cache.region("maps", Map.class).put("m", Map.of("a", 1), WriteOptions.DEFAULTS.withMetadata(Map.of("k", "v")));
        cache.region("maps", Map.class).put("null", null);
    }

    private static Map<String, String> contents(CacheService cache, String name) {
        Map<String, String> all = new TreeMap<>();
        String from = null;
        do {
            var page = cache.region(name, byte[].class).scan(from, 7);
            for (EntryDetails each : page.entries()) {
                all.put(
                        each.id(),
                        each.codec() + " " + Arrays.hashCode(each.payload()) + " " + each.deadline() + " " + each.tags()
                                + each.metadata() + each.nullValue());
            }
            from = page.next();
        } while (from != null);
        return all;
    }

    @Test
    void progress_thatThrows_endsEveryOperationWhereItIs() throws Exception {
        Region<String> region = service.region("many", String.class);
        Path files = Files.createDirectories(folder.resolve("many"));
        for (int i = 0; i < 1_200; i++) {
            region.put("k" + i, "v");
            Files.writeString(files.resolve("f" + i), "v");
        }
        AtomicLong told = new AtomicLong();
        Progress stop = (name, done) -> {
            if (done > 600) {
                told.set(done);
                throw new CancellationException("stop");
            }
        };
        Path dump = folder.resolve("many.dump");
        assertThatThrownBy(() -> new CacheDump(service).write(dump, Set.of("many"), false, stop))
                .isInstanceOf(CancellationException.class);
        assertThat(dump).doesNotExist();
        assertThat(folder.resolve("many.dump.part")).exists();
        DumpReport resumed = new CacheDump(service).write(dump, Set.of("many"), false, Progress.NONE);
        assertThat(resumed.resumed()).isTrue();
        assertThat(resumed.entries()).isEqualTo(1_200);

        ClearSelection all = ClearSelection.ALL.withPattern("k*");
        assertThatThrownBy(() -> new SelectiveClear(service).run(List.of("many"), all, false, stop))
                .isInstanceOf(CancellationException.class);
        assertThat(region.statistics().tiers().get("disk").entries()).isEqualTo(1_200 - told.get());
        assertThat(new SelectiveClear(service)
                        .run(List.of("many"), all, false, Progress.NONE)
                        .removed())
                .isEqualTo(1_200 - told.get());

        assertThatThrownBy(() -> new CacheDump(service).restore(dump, false, stop))
                .isInstanceOf(CancellationException.class);
        assertThat(told).hasValue(601);
        assertThat(region.statistics().tiers().get("disk").entries()).isEqualTo(601);
        assertThat(new CacheDump(service).restore(dump, false, Progress.NONE).restored())
                .isEqualTo(599);

        assertThatThrownBy(() -> new WarmUp(service, 4).fromFolder("warmed", files, stop))
                .isInstanceOf(CancellationException.class);
        long warmed = service.region("warmed", String.class)
                .statistics()
                .tiers()
                .get("disk")
                .entries();
        assertThat(warmed).isBetween(600L, 604L);
        assertThat(new WarmUp(service, 4)
                        .fromFolder("warmed", files, Progress.NONE)
                        .loaded())
                .isEqualTo(1_200 - warmed);
    }

    @Test
    void dumpAndRestore_onAnotherTier_bringsEveryEntryBackAsItWas() throws Exception {
        fill(service, 1_200);
        service.region("maps", byte[].class)
                .put("big", new byte[9 << 20], WriteOptions.DEFAULTS.withTtl(WriteOptions.NO_EXPIRY));
        assertThat(service.storedRegions()).containsExactly("maps", "texts");
        Path file = folder.resolve("all.dump");
        DumpReport report = new CacheDump(service).write(file, Set.of("texts", "maps", "empty"), false, Progress.NONE);
        assertThat(report.entries()).isEqualTo(1_203);
        assertThat(report.damaged()).isZero();
        assertThat(report.resumed()).isFalse();
        assertThat(CacheDump.verify(file)).isEqualTo(report);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");

        clock.advance(Duration.ofMinutes(15));
        try (CacheService other =
                CacheService.open(CacheConfig.builder().clock(clock).build())) {
            CacheDump dump = new CacheDump(other);
            other.region("texts", String.class).put("t9", "newer");
            RestoreReport restored = dump.restore(file, false, Progress.NONE);
            assertThat(restored).isEqualTo(new RestoreReport(1_196, 7, 0));
            assertThat(restored.isComplete()).isTrue();
            assertThat(other.region("texts", String.class).get("t9")).isEqualTo("newer");
            Map<String, String> expected = contents(service, "texts");
            Map<String, String> actual = contents(other, "texts");
            expected.remove("t9");
            actual.remove("t9");
            assertThat(actual).isEqualTo(expected).hasSize(1_193);
            assertThat(contents(other, "maps")).isEqualTo(contents(service, "maps"));
            other.region("texts", String.class).invalidateTags(List.of("g1"));
            assertThat(other.region("texts", String.class).get("t10")).isNull();
            assertThat(dump.restore(file, true, Progress.NONE).restored()).isEqualTo(1_197);
        }
    }

    @Test
    void dump_cutOffAnywhere_goesOnAndIsWhole() throws Exception {
        fill(service, 1_700);
        Path whole = folder.resolve("whole.dump");
        new CacheDump(service).write(whole, Set.of("texts", "maps"), false, Progress.NONE);
        byte[] bytes = Files.readAllBytes(whole);
        Path file = folder.resolve("cut.dump");
        for (int length : IntStream.rangeClosed(0, 12)
                .map(i -> i * (bytes.length - 1) / 12)
                .toArray()) {
            Files.write(DumpFile.partOf(file), Arrays.copyOf(bytes, length));
            DumpReport report = new CacheDump(service).write(file, Set.of("texts", "maps"), false, Progress.NONE);
            assertThat(report.resumed()).isTrue();
            assertThat(CacheDump.verify(file).entries())
                    .isEqualTo(report.entries())
                    .isEqualTo(1_702);
            Files.delete(file);
        }
    }

    @Test
    void dump_besideAnotherToTheSameFile_isRefusedAndTheFirstIsWhole() throws Exception {
        fill(service, 1_200);
        Path file = folder.resolve("a.dump");
        CacheDump dump = new CacheDump(service);
        int[] refused = {0};
        DumpReport report = dump.write(file, Set.of("texts", "maps"), false, (region, done) -> {
            assertThatThrownBy(() -> dump.write(file, Set.of("texts"), false, Progress.NONE))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("is under way");
            refused[0]++;
        });
        assertThat(refused[0]).isPositive();
        assertThat(CacheDump.verify(file).entries()).isEqualTo(report.entries()).isEqualTo(1_202);
    }

    @Test
    void dump_storeLost_keepsWhatIsWrittenAndGoesOn() throws Exception {
        try (EmbeddedRedis server =
                        new EmbeddedRedis("appendonly yes", "dir " + Files.createDirectory(folder.resolve("r")));
                CacheService remote = CacheService.open(
                        CacheConfig.builder().redisUri(server.uri()).build())) {
            fill(remote, 3_000);
            Path file = folder.resolve("redis.dump");
            CacheDump dump = new CacheDump(remote);
            assertThatThrownBy(() -> dump.write(file, Set.of("texts"), false, (region, done) -> {
                        if (done > 1_000) {
                            server.stop();
                        }
                    }))
                    .isInstanceOf(InfrastructureException.class)
                    .hasMessageContaining("cannot be listed");
            assertThat(file).doesNotExist();
            server.start();
            DumpReport report = dump.write(file, Set.of("texts"), false, Progress.NONE);
            assertThat(report.resumed()).isTrue();
            Set<String> ids = new HashSet<>();
            DumpFile.read(file, (chunk, end) -> chunk.entries().forEach(entry -> ids.add(entry.id())));
            assertThat(ids).hasSize(3_000);
        }
    }

    @Test
    void verify_anyByteChangedOrCutOff_isDamaged() throws Exception {
        fill(service, 300);
        Path file = folder.resolve("a.dump");
        new CacheDump(service).write(file, Set.of("texts"), false, Progress.NONE);
        byte[] bytes = Files.readAllBytes(file);
        Path changed = folder.resolve("b.dump");
        for (int at = 0; at < bytes.length; at += 37) {
            byte[] copy = bytes.clone();
            copy[at] ^= 0x10;
            Files.write(changed, copy);
            if (!isHarmless(copy, bytes, at)) {
                assertThatThrownBy(() -> CacheDump.verify(changed))
                        .as("byte " + at)
                        .isInstanceOf(DumpDamagedException.class);
            }
        }
        for (int length : new int[] {0, 1, 20, bytes.length / 2, bytes.length - 1}) {
            Files.write(changed, Arrays.copyOf(bytes, length));
            assertThatThrownBy(() -> CacheDump.verify(changed)).isInstanceOf(DumpDamagedException.class);
            assertThatThrownBy(() -> new CacheDump(service).restore(changed, true, Progress.NONE))
                    .isInstanceOf(DumpDamagedException.class);
        }
        Files.writeString(changed, "{\"not\": \"a dump\"}");
        assertThatThrownBy(() -> CacheDump.verify(changed)).isInstanceOf(DumpDamagedException.class);
    }

    /** The header of gzip has bytes that say nothing of the content: time, system, and the end of the empty member. */
    private static boolean isHarmless(byte[] copy, byte[] bytes, int at) {
        for (int start = 0; start + 30 < bytes.length; ) {
            int size = ByteBuffer.wrap(bytes).getInt(start + 16);
            boolean emptyMember = at >= start + 20 && at < start + 30;
            boolean innerHeader = at >= start + 33 && at < start + 40;
            if (emptyMember || innerHeader) {
                return copy.length == bytes.length;
            }
            start += 30 + size;
        }
        return false;
    }

    @Test
    void dump_encryptedRegion_needsConsent() throws Exception {
        CacheConfigBuilder config = CacheConfig.builder()
                .encryption(EncryptionConfig.of(1, Map.of(1, new byte[32])))
                .region(RegionConfig.builder("secret").encrypted(true).build());
        try (CacheService encrypted = CacheService.open(config.build())) {
            CacheDump dump = new CacheDump(encrypted);
            Path file = folder.resolve("s.dump");
            assertThatThrownBy(() -> dump.write(file, Set.of("secret"), false, Progress.NONE))
                    .isInstanceOf(ConfigurationException.class);
            assertThat(dump.write(file, Set.of("secret"), true, Progress.NONE).entries())
                    .isZero();
            assertThatThrownBy(() -> dump.write(file, Set.of(), true, Progress.NONE))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void clear_selected_removesExactlyThose() {
        Region<Map<String, Object>> region = service.region("answers", Codecs.<Map<String, Object>>json(Map.class));
        region.put("old:sure", Map.of("confidence", 0.9), WriteOptions.DEFAULTS.withTags("a"));
        region.put("old:unsure", Map.of("x", List.of(1), "confidence", 0.3), WriteOptions.DEFAULTS.withTags("b"));
        region.put("old:none", Map.of("nested", Map.of("confidence", 0.1)));
        clock.advance(Duration.ofMinutes(31));
        region.put("new:unsure", Map.of("confidence", 0.2), WriteOptions.DEFAULTS.withTags("a"));
        service.region("answers", String.class).put("old:text", "confidence");

        assertThat(count(ClearSelection.ALL)).isEqualTo(5);
        assertThat(count(ClearSelection.ALL.withOlderThan(Duration.ofMinutes(30))))
                .isEqualTo(3);
        assertThat(count(ClearSelection.ALL.withConfidenceBelow(0.5))).isEqualTo(2);
        assertThat(count(ClearSelection.ALL.withTag("a"))).isEqualTo(2);
        assertThat(count(ClearSelection.ALL.withPattern("old:*"))).isEqualTo(4);
        ClearSelection one =
                ClearSelection.ALL.withConfidenceBelow(0.5).withTag("a").withPattern("*:unsure");
        ClearOutcome cleared = new SelectiveClear(service).run(List.of("answers"), one, false, Progress.NONE);
        assertThat(cleared).isEqualTo(new ClearOutcome(1, true));
        assertThat(region.exists("new:unsure")).isFalse();
        assertThat(new SelectiveClear(service)
                        .run(List.of("answers", "others"), ClearSelection.ALL, false, Progress.NONE)
                        .removed())
                .isEqualTo(4);
    }

    private long count(ClearSelection selection) {
        return new SelectiveClear(service)
                .run(List.of("answers"), selection, true, Progress.NONE)
                .removed();
    }

    @ParameterizedTest
    @CsvSource({
        "a*c, abbc, true",
        "a*c, ac, true",
        "a*c, acd, false",
        "a?c, abc, true",
        "a?c, ac, false",
        "a.c, abc, false",
        "a\\*c, a*c, true",
        "a\\*c, abc, false",
        "[a], a, false",
        "****************a, aaaaaaaaaaaaaaaaab, false"
    })
    void pattern_matches(String glob, String id, boolean expected) {
        assertThat(ClearSelection.compiled(glob).matcher(id).matches()).isEqualTo(expected);
    }

    @Test
    void selection_outOfRange_isRefused() {
        assertThatThrownBy(() -> ClearSelection.ALL.withConfidenceBelow(2))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ClearSelection.ALL.withOlderThan(Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8})
    void warmUp_fromALoader_loadsWhatIsMissingOnce(int threads) {
        Region<String> region = service.region("warm", String.class);
        region.put("7", "there");
        List<String> ids = IntStream.range(0, 500).mapToObj(Integer::toString).toList();
        WarmUpReport report = new WarmUp(service, threads)
                .fromLoader(
                        region,
                        ids,
                        id -> {
                            if (id.equals("13")) {
                                throw new IllegalStateException("unlucky");
                            }
                            return id.equals("14") ? null : "loaded " + id;
                        },
                        Progress.NONE);
        assertThat(report.loaded()).isEqualTo(497);
        assertThat(report.present()).isEqualTo(1);
        assertThat(report.failed()).isEqualTo(2);
        assertThat(report.failures())
                .containsEntry("13", "IllegalStateException: unlucky")
                .containsKey("14");
        assertThat(report.isComplete()).isFalse();
        assertThat(region.get("7")).isEqualTo("there");
        assertThat(region.get("499")).isEqualTo("loaded 499");
        assertThatThrownBy(() -> new WarmUp(service, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void warmUp_fromAFolder_storesEachFileAsWhatItIs() throws IOException {
        Path files = Files.createDirectories(folder.resolve("files/sub"));
        Files.writeString(files.resolve("a.json"), "{\"a\": 1}");
        Files.writeString(files.resolve("broken.json"), "{");
        Files.writeString(files.resolve("b.txt"), "text \u00e9");
        Files.write(files.resolve("c.bin"), new byte[] {(byte) 0xff, 0});
        Files.writeString(files.resolve(".hidden"), "h");
        Files.createSymbolicLink(files.resolve("link.txt"), Path.of("/etc/hostname"));
        WarmUpReport report = new WarmUp(service, 2).fromFolder("warm", folder.resolve("files"), Progress.NONE);
        assertThat(report.loaded()).isEqualTo(4);
        assertThat(report.failed()).isEqualTo(1);
        assertThat(report.failures().toString()).contains("broken.json");
        assertThat(service.region("warm", Map.class).get("sub/a")).isEqualTo(Map.of("a", 1));
        assertThat(service.region("warm", String.class).get("sub/b")).isEqualTo("text \u00e9");
        assertThat(service.region("warm", byte[].class).get("sub/c")).isEqualTo(new byte[] {(byte) 0xff, 0});
        assertThat(service.region("warm", String.class).get("sub/.hidden")).isEqualTo("h");
        assertThat(new WarmUp(service, 2)
                        .fromFolder("warm", folder.resolve("files"), Progress.NONE)
                        .present())
                .isEqualTo(4);
    }

    @Test
    void consistency_damagedEntries_areFoundAndRemoved() {
        try (EmbeddedRedis server = new EmbeddedRedis();
                CacheService remote = CacheService.open(
                        CacheConfig.builder().redisUri(server.uri()).build());
                RedisClient redis = RedisClient.create(server.uri())) {
            Region<byte[]> bytes = remote.region("r", byte[].class);
            Region<String> texts = remote.region("r", String.class);
            texts.put("good", "text");
            texts.put("json", "text");
            remote.region("r", Map.class).put("map", Map.of("a", 1));
            byte[] stored = redis.get("cs:r:good".getBytes(StandardCharsets.UTF_8));
            byte[] flipped = stored.clone();
            flipped[flipped.length - 1] ^= 1;
            redis.set("cs:r:flipped".getBytes(StandardCharsets.UTF_8), flipped);
            redis.set("cs:r:foreign", "not an envelope");
            byte[] wrong = redis.get("cs:r:json".getBytes(StandardCharsets.UTF_8));
            wrong[5] = 2;
            redis.set("cs:r:json".getBytes(StandardCharsets.UTF_8), wrong);

            ConsistencyCheck check = new ConsistencyCheck(remote);
            ConsistencyReport report = check.run("r", false, Progress.NONE);
            assertThat(report.found()).isEqualTo(3);
            assertThat(report.isClean()).isFalse();
            assertThat(report.findings())
                    .extracting(finding -> finding.id() + " " + finding.kind())
                    .containsExactlyInAnyOrder(
                            "flipped " + Kind.DAMAGED, "foreign " + Kind.DAMAGED, "json " + Kind.WRONG_CODEC);
            assertThat(remote.storedRegions()).containsExactly("r");
            assertThat(check.run("r", true, Progress.NONE).isClean()).isTrue();
            ConsistencyReport after = check.run("r", false, Progress.NONE);
            assertThat(after.found()).isZero();
            assertThat(after.entries()).isEqualTo(2);
            assertThat(texts.get("good")).isEqualTo("text");
            assertThat(bytes.exists("flipped")).isFalse();
        }
    }
}
