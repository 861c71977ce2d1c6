package io.cachemigrator.cache.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachemigrator.cache.CacheHealth;
import io.cachemigrator.cache.CacheService;
import io.cachemigrator.cache.CounterResult;
import io.cachemigrator.cache.Lookup;
import io.cachemigrator.cache.Region;
import io.cachemigrator.cache.WriteOptions;
import io.cachemigrator.cache.WriteOutcome;
import io.cachemigrator.cache.config.CacheConfig;
import io.cachemigrator.cache.config.DiskConfig;
import io.cachemigrator.cache.config.RegionConfig;
import io.cachemigrator.cache.config.TierPolicy;
import io.cachemigrator.cache.error.InfrastructureException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What only a service over a file does. */
@Tag("SVC-3")
class DiskServiceTest {
    @TempDir
    private Path temp;

    private CacheService open(Path folder, long maxBytes) {
        return CacheService.open(CacheConfig.builder()
                .disk(new DiskConfig(folder, maxBytes))
                .defaults(RegionConfig.builder("default").tiers(TierPolicy.DISK).build())
                .build());
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static String integrityOf(Path folder) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("cache.db"));
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("PRAGMA integrity_check")) {
            rows.next();
            return rows.getString(1);
        }
    }

    @Test
    @Timeout(value = 120, unit = TimeUnit.SECONDS)
    void increment_fromTwoProcesses_isExact() throws Exception {
        Process process = DiskProcess.start(temp, "count", "500");
        try (CacheService service = DiskProcess.open(temp);
                BufferedReader output = DiskProcess.output(process)) {
            Region<String> region = service.region("shared", String.class);
            assertThat(output.readLine()).isEqualTo("ready");
            for (int i = 0; i < 500; i++) {
                assertThat(region.increment("counter", 1)).isInstanceOf(CounterResult.Counted.class);
            }
            assertThat(output.readLine()).isEqualTo("done");
            assertThat(process.waitFor()).isZero();
            assertThat(region.find("counter")).contains("1000");
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    @Timeout(value = 120, unit = TimeUnit.SECONDS)
    void writer_killedInTheMiddle_losesNothingAcknowledged() throws Exception {
        int acknowledged = -1;
        for (int round = 0; round < 3; round++) {
            Process process = DiskProcess.start(temp, "write");
            try (BufferedReader output = DiskProcess.output(process)) {
                assertThat(output.readLine()).isEqualTo("ready");
                for (int i = 0; i < 200; i++) {
                    acknowledged = Math.max(acknowledged, Integer.parseInt(output.readLine()));
                }
            } finally {
                process.destroyForcibly().waitFor();
            }
            assertThat(integrityOf(temp)).isEqualTo("ok");
            try (CacheService service = DiskProcess.open(temp)) {
                Region<String> region = service.region("shared", String.class);
                for (int i = 0; i <= acknowledged; i++) {
                    assertThat(region.find("k" + i)).contains("v" + i);
                }
                assertThat(service.health().tiers().get("disk").details()).containsEntry("damagedFilesPutAside", "0");
            }
        }
        assertThat(acknowledged).isGreaterThanOrEqualTo(199);
    }

    @Test
    void entriesAndInvalidations_surviveReopening() {
        try (CacheService service = open(temp, 1_000_000)) {
            Region<String> region = service.region("r", String.class);
            region.put("kept", "v");
            region.put("tagged", "v", WriteOptions.DEFAULTS.withTags("t"));
            region.put("user:1", "v");
            region.invalidateTags(List.of("t"));
            region.invalidatePrefix("user:");
        }
        try (CacheService service = open(temp, 1_000_000)) {
            Region<String> region = service.region("r", String.class);
            assertThat(region.find("kept")).contains("v");
            assertThat(region.exists("tagged")).isFalse();
            assertThat(region.lookup("user:1")).isInstanceOf(Lookup.Absent.class);
        }
    }

    @Test
    void operations_afterFolderWasDeleted_workOnANewOne() throws Exception {
        Path folder = temp.resolve("cache");
        try (CacheService service = open(folder, 1_000_000)) {
            Region<String> region = service.region("r", String.class);
            region.put("k", "old");
            assertThat(region.find("k")).contains("old");
            delete(folder);

            assertThat(region.lookup("k")).isInstanceOf(Lookup.Absent.class);
            assertThat(region.put("k", "new")).isEqualTo(WriteOutcome.STORED);
            assertThat(region.find("k")).contains("new");
            try (CacheService other = open(folder, 1_000_000)) {
                assertThat(other.region("r", String.class).find("k")).contains("new");
            }
            delete(folder);
            assertThat(region.increment("n", 1)).isEqualTo(new CounterResult.Counted(1));
        }
        assertThat(folder.resolve("cache.db")).exists();
    }

    @Test
    void damagedFile_isPutAsideAndReplaced() throws Exception {
        try (CacheService service = open(temp, 1_000_000)) {
            service.region("r", String.class).put("k", "v");
        }
        byte[] garbage = new byte[20_000];
        Arrays.fill(garbage, (byte) 0x5A);
        Files.write(temp.resolve("cache.db"), garbage);

        try (CacheService service = open(temp, 1_000_000)) {
            Region<String> region = service.region("r", String.class);
            assertThat(region.lookup("k")).isInstanceOf(Lookup.Absent.class);
            assertThat(region.put("k", "v2")).isEqualTo(WriteOutcome.STORED);
            assertThat(region.find("k")).contains("v2");
            assertThat(service.health().tiers().get("disk").details()).containsEntry("damagedFilesPutAside", "1");
        }
        try (Stream<Path> files = Files.list(temp)) {
            Path aside = files.filter(file -> file.getFileName().toString().startsWith("cache.db.damaged-"))
                    .findFirst()
                    .orElseThrow();
            assertThat(aside).hasBinaryContent(garbage);
        }
    }

    @Test
    void fileDamagedWhileOpen_isPutAsideAndReplaced() throws Exception {
        try (CacheService service = open(temp, 10_000_000)) {
            Region<String> region = service.region("r", String.class);
            for (int i = 0; i < 200; i++) {
                region.put("k" + i, "x".repeat(3_000));
            }
        }
        byte[] bytes = Files.readAllBytes(temp.resolve("cache.db"));
        Arrays.fill(bytes, 4_096, bytes.length, (byte) 0x5A);
        Files.write(temp.resolve("cache.db"), bytes);

        try (CacheService service = open(temp, 10_000_000)) {
            Region<String> region = service.region("r", String.class);
            assertThat(region.lookup("k7")).isInstanceOf(Lookup.Absent.class);
            assertThat(region.put("k7", "v")).isEqualTo(WriteOutcome.STORED);
            assertThat(region.find("k7")).contains("v");
        }
        assertThat(integrityOf(temp)).isEqualTo("ok");
    }

    @Test
    void put_beyondTheLimit_dropsWhatWasUsedLeastRecently() {
        try (CacheService service = open(temp, 100_000)) {
            Region<String> region = service.region("r", String.class);
            for (int i = 0; i < 80; i++) {
                region.put("k" + i, "x".repeat(1_000));
            }
            assertThat(region.find("k0")).isPresent();
            assertThat(region.find("k1")).isPresent();
            for (int i = 80; i < 100; i++) {
                region.put("k" + i, "x".repeat(1_000));
            }

            assertThat(region.exists("k0")).isTrue();
            assertThat(region.exists("k1")).isTrue();
            assertThat(region.exists("k99")).isTrue();
            assertThat(region.exists("k2")).isFalse();
            assertThat(region.exists("k3")).isFalse();
            long evictions = region.statistics().tiers().get("disk").evictions();
            assertThat(evictions).isBetween(10L, 30L);
            long bytes = Long.parseLong(
                    service.health().tiers().get("disk").details().get("bytes"));
            assertThat(bytes).isBetween(80_000L, 100_000L);
        }
    }

    @Test
    void put_ofAValueLargerThanTheLimit_isRefusedAndDropsNothing() {
        try (CacheService service = open(temp, 100_000)) {
            Region<String> region = service.region("r", String.class);
            region.put("small", "v");

            assertThat(region.put("big", "x".repeat(100_001))).isEqualTo(WriteOutcome.TOO_LARGE);
            assertThat(region.find("small")).contains("v");
        }
    }

    @Test
    void put_ofABigValue_dropsOnlyWhatItNeeds() {
        try (CacheService service = open(temp, 100_000)) {
            Region<String> region = service.region("r", String.class);
            for (int i = 0; i < 80; i++) {
                region.put("k" + i, "x".repeat(1_000));
            }
            assertThat(region.put("big", "x".repeat(60_000))).isEqualTo(WriteOutcome.STORED);

            assertThat(region.exists("big")).isTrue();
            long kept =
                    IntStream.range(0, 80).filter(i -> region.exists("k" + i)).count();
            // an entry takes its 1,000 bytes and about 150 more
            assertThat(kept).isBetween(33L, 39L);
            assertThat(region.exists("k79")).isTrue();
        }
    }

    @Test
    void folderThatIsAFile_isUnavailableAndSaysSo() throws Exception {
        Path file = Files.writeString(temp.resolve("file"), "not a folder");
        try (CacheService service = open(file, 1_000)) {
            Region<String> region = service.region("r", String.class);
            assertThat(region.lookup("k")).isInstanceOf(Lookup.Unavailable.class);
            assertThat(region.put("k", "v")).isEqualTo(WriteOutcome.UNAVAILABLE);
            assertThat(region.clear().complete()).isFalse();
            CacheHealth.TierHealth health = service.health().tiers().get("disk");
            assertThat(health.status()).isEqualTo(CacheHealth.Status.DOWN);
            assertThat(health.reason()).contains("folder cannot be used");
            Files.delete(file);
            assertThat(region.put("k", "v")).isEqualTo(WriteOutcome.STORED);
            assertThat(service.health().isHealthy()).isTrue();
        }
    }

    @Test
    void fileOfANewerRelease_isLeftAlone() throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + temp.resolve("cache.db"));
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA user_version = 99");
        }
        byte[] before = Files.readAllBytes(temp.resolve("cache.db"));
        CacheConfig config = CacheConfig.builder()
                .diskFolder(temp)
                .failOnConnectionError(true)
                .build();
        try (CacheService service = CacheService.open(config)) {
            assertThatThrownBy(() -> service.region("r", String.class).put("k", "v"))
                    .isInstanceOf(InfrastructureException.class)
                    .hasMessageContaining("format 99");
        }
        assertThat(Files.size(temp.resolve("cache.db"))).isEqualTo(before.length);
    }
}
