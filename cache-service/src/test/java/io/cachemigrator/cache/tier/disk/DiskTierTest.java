package io.cachemigrator.cache.tier.disk;

import static io.cachemigrator.cache.tier.disk.DiskTiers.await;
import static io.cachemigrator.cache.tier.disk.DiskTiers.entry;
import static io.cachemigrator.cache.tier.disk.DiskTiers.get;
import static io.cachemigrator.cache.tier.disk.DiskTiers.payload;
import static io.cachemigrator.cache.tier.disk.DiskTiers.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachemigrator.cache.config.DiskConfig;
import io.cachemigrator.cache.config.RegionConfig;
import io.cachemigrator.cache.contract.MovableClock;
import io.cachemigrator.cache.tier.EntryWrite;
import io.cachemigrator.cache.tier.Occupancy;
import io.cachemigrator.cache.tier.PutCondition;
import io.cachemigrator.cache.tier.TierReport;
import io.cachemigrator.cache.tier.TierUnavailableException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bounds of regions, folders that are refused, files of other formats. */
@Tag("SVC-3")
class DiskTierTest {
    private static final byte[] VALUE = payload(1_000, 1);

    @TempDir
    private Path folder;

    private DiskTier open(long maxBytes) {
        return new DiskTier(new DiskConfig(folder, maxBytes), Clock.systemUTC());
    }

    @Test
    void busyTimeout_isEachTiersOwn() throws Exception {
        RegionConfig region = RegionConfig.builder("r").build();
        DiskConfig config = new DiskConfig(folder, 1_000_000);
        try (DiskTier impatient = new DiskTier(config.withBusyTimeout(Duration.ofMillis(20)), Clock.systemUTC());
                DiskTier patient = new DiskTier(config.withBusyTimeout(Duration.ofMinutes(10)), Clock.systemUTC())) {
            put(impatient, region, "before", VALUE);
            put(patient, region, "too", VALUE);
            try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("cache.db"));
                    Statement statement = other.createStatement()) {
                statement.execute("BEGIN IMMEDIATE");
                CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> {
                    try {
                        put(patient, region, "patient", VALUE);
                    } catch (Exception failure) {
                        throw new CompletionException(failure);
                    }
                });
                // nobody else can end the waiting of this one: the file is busy until after it
                assertThatThrownBy(() -> put(impatient, region, "k", VALUE))
                        .isInstanceOf(TierUnavailableException.class);
                assertThat(get(impatient, region, "before"))
                        .as("reads go on meanwhile")
                        .isNotNull();
                assertThat(waiting).isNotCompletedExceptionally();
                statement.execute("ROLLBACK");
                waiting.get(60, TimeUnit.SECONDS);
            }
            put(impatient, region, "k", VALUE);
            assertThat(impatient.getAll(region, List.of("k", "patient"))).hasSize(2);
        }
    }

    @Test
    @Tag("SVC-2")
    void region_boundedByEntries_keepsThoseUsedLast() throws Exception {
        RegionConfig bounded =
                RegionConfig.builder("bounded").diskMaxEntries(10).build();
        RegionConfig free = RegionConfig.builder("free").build();
        try (DiskTier tier = open(1_000_000)) {
            for (int i = 0; i < 50; i++) {
                put(tier, free, "k" + i, VALUE);
            }
            for (int i = 0; i < 10; i++) {
                put(tier, bounded, "k" + i, VALUE);
            }
            assertThat(get(tier, bounded, "k0")).isNotNull();
            put(tier, bounded, "k10", VALUE);

            assertThat(tier.exists(bounded, "k0")).isTrue();
            assertThat(tier.exists(bounded, "k1")).isFalse();
            assertThat(tier.exists(bounded, "k2")).isTrue();
            Occupancy held = tier.occupancy(bounded);
            assertThat(held.entries()).isEqualTo(10);
            assertThat(held.evictions()).isEqualTo(1);
            assertThat(tier.occupancy(free).entries()).isEqualTo(50);
            assertThat(tier.occupancy(free).evictions()).isZero();
        }
    }

    @Test
    @Tag("SVC-2")
    void region_boundedByBytes_staysWithinThem() throws Exception {
        RegionConfig bounded =
                RegionConfig.builder("bounded").diskMaxBytes(20_000).build();
        try (DiskTier tier = open(1_000_000)) {
            for (int i = 0; i < 50; i++) {
                put(tier, bounded, "k" + i, VALUE);
                assertThat(tier.occupancy(bounded).bytes()).isLessThanOrEqualTo(20_000);
            }
            assertThat(tier.occupancy(bounded).entries()).isBetween(15L, 18L);
            assertThat(tier.exists(bounded, "k49")).isTrue();
        }
    }

    @Test
    void eviction_amongRegions_takesTheOldest() throws Exception {
        RegionConfig old = RegionConfig.builder("old").build();
        RegionConfig young = RegionConfig.builder("young").build();
        try (DiskTier tier = open(100_000)) {
            for (int i = 0; i < 40; i++) {
                put(tier, old, "k" + i, VALUE);
            }
            for (int i = 0; i < 60; i++) {
                put(tier, young, "k" + i, VALUE);
            }
            assertThat(tier.occupancy(young).entries()).isEqualTo(60);
            assertThat(tier.occupancy(old).entries()).isBetween(20L, 30L);
            assertThat(tier.exists(old, "k39")).isTrue();
            assertThat(tier.exists(old, "k0")).isFalse();
        }
    }

    @Test
    void readsOfAnotherProcess_areKnownOnceItHasClosed() throws Exception {
        RegionConfig region = RegionConfig.builder("r").build();
        try (DiskTier writer = open(100_000)) {
            for (int i = 0; i < 80; i++) {
                put(writer, region, "k" + i, VALUE);
            }
            try (DiskTier reader = open(100_000)) {
                assertThat(get(reader, region, "k0")).isNotNull();
            }
            for (int i = 80; i < 100; i++) {
                put(writer, region, "k" + i, VALUE);
            }
            assertThat(writer.exists(region, "k0")).isTrue();
            assertThat(writer.exists(region, "k1")).isFalse();
        }
    }

    @Test
    void expiredEntries_areRemovedInTheBackground() throws Exception {
        RegionConfig region = RegionConfig.builder("r").build();
        MovableClock clock = new MovableClock(Instant.parse("2026-01-01T00:00:00Z"));
        try (DiskTier tier = new DiskTier(DiskConfig.of(folder), clock)) {
            List<EntryWrite> many = new ArrayList<>();
            for (int i = 0; i < 1_200; i++) {
                many.add(new EntryWrite("k" + i, entry("k", VALUE).envelope(), 1_000));
            }
            tier.put(region, many, PutCondition.ALWAYS);
            put(tier, region, "stays", VALUE);
            clock.advance(Duration.ofSeconds(2));
            await(() -> tier.occupancy(region).entries() == 1);
            assertThat(tier.exists(region, "stays")).isTrue();
            assertThat(tier.occupancy(region).evictions()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nfs", "nfs4", "cifs", "SMB3", "fuse.sshfs", "9p"})
    void folderOnANetworkFileSystem_isRefused(String type) {
        DiskFolder remote = new DiskFolder(folder, path -> type);
        try (DiskTier tier =
                new DiskTier(remote, new DiskConfig(folder, 1_000), new DiskRecency(true), Clock.systemUTC())) {
            RegionConfig region = RegionConfig.builder("r").build();
            assertThatThrownBy(() -> tier.getAll(region, List.of("k")))
                    .isInstanceOf(TierUnavailableException.class)
                    .hasMessageContaining("network file system")
                    .hasMessageContaining("local disk");
            assertThat(tier.health().status()).isEqualTo(TierReport.Status.DOWN);
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void folderOnALocalFileSystem_isUsed() throws Exception {
        RegionConfig region = RegionConfig.builder("r").build();
        for (String type : List.of("ext4", "xfs", "tmpfs", "overlay", "apfs", "NTFS", "fuse.ntfs-3g")) {
            DiskFolder local = new DiskFolder(folder, path -> type);
            try (DiskTier tier =
                    new DiskTier(local, new DiskConfig(folder, 100_000), new DiskRecency(true), Clock.systemUTC())) {
                put(tier, region, type, VALUE);
            }
        }
        assertThat(folder.resolve("cache.db")).exists();
    }

    @Test
    void fileOfAnEarlierFormat_isEmptied() throws Exception {
        RegionConfig region = RegionConfig.builder("r").build();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("cache.db"));
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE entry(row INTEGER PRIMARY KEY, other TEXT)");
            statement.execute("PRAGMA user_version = 1");
        }
        try (DiskTier tier = open(100_000)) {
            assertThat(get(tier, region, "k")).isNull();
            put(tier, region, "k", VALUE);
            assertThat(get(tier, region, "k")).isEqualTo(VALUE);
        }
    }

    @Test
    void fileCutShortWhileOpen_isPutAsideAndReplaced() throws Exception {
        RegionConfig region = RegionConfig.builder("r").build();
        try (DiskTier tier = open(10_000_000)) {
            for (int i = 0; i < 300; i++) {
                put(tier, region, "k" + i, VALUE);
            }
            tier.close();
        }
        try (DiskTier tier = open(10_000_000)) {
            assertThat(get(tier, region, "k0")).isEqualTo(VALUE);
            try (var channel = Files.newByteChannel(folder.resolve("cache.db"), StandardOpenOption.WRITE)) {
                channel.truncate(20_000);
            }
            for (int i = 0; i < 300; i++) {
                put(tier, region, "new" + i, VALUE);
                assertThat(get(tier, region, "new" + i)).isEqualTo(VALUE);
            }
        }
    }
}
