package io.cachemigrator.cache.tier.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachemigrator.cache.config.DiskConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Four processes share a folder and are killed again and again. Twelve times, or a thousand with the Maven profile
 * {@code soak}; {@code -Dstorm.kills} names another number.
 */
@Tag("SVC-3")
class DiskStormTest {
    private static final int KILLS = Integer.getInteger("storm.kills", Boolean.getBoolean("soak") ? 1_000 : 12);
    private static final long NO_LIMIT = 1L << 40;
    private static final int MOST_WRITES_BETWEEN_KILLS = 150;

    private final Random random = new Random();
    private final List<Process> processes = new ArrayList<>();
    private final List<Path> ledgers = new ArrayList<>();

    @TempDir
    private Path temp;

    private Path folder;

    @Test
    @Timeout(value = 3, unit = TimeUnit.HOURS)
    void killedProcesses_loseNothingAcknowledgedAndTearNothing() throws Exception {
        folder = temp.resolve("cache");
        try {
            for (int i = 0; i < StormProcess.PROCESSES; i++) {
                ledgers.add(temp.resolve("ledger-" + i));
                processes.add(start(i));
            }
            for (int i = 0; i < StormProcess.PROCESSES; i++) {
                awaitWrites(i, 20);
            }
            double before = hitRatio();
            for (int kill = 0; kill < KILLS; kill++) {
                int victim = random.nextInt(StormProcess.PROCESSES);
                awaitWrites(victim, 1 + random.nextInt(MOST_WRITES_BETWEEN_KILLS));
                processes.get(victim).destroyForcibly().waitFor();
                if (kill % 50 == 0) {
                    verify();
                }
                processes.set(victim, start(victim));
            }
            for (Process process : processes) {
                process.destroyForcibly().waitFor();
            }
            verify();
            assertThat(before).isPositive();
            assertThat(hitRatio()).isGreaterThanOrEqualTo(0.95 * before);
            assertThat(integrity()).isEqualTo("ok");
        } finally {
            processes.forEach(Process::destroyForcibly);
        }
    }

    private Process start(int number) throws Exception {
        return StormProcess.start(folder, NO_LIMIT, ledgers.get(number), number, Integer.MAX_VALUE);
    }

    /** Waits until a process has acknowledged some more writes. */
    private void awaitWrites(int number, int writes) throws Exception {
        long bytes = writes * 10L;
        long start = size(number);
        while (size(number) < start + bytes) {
            assertThat(processes.get(number).waitFor(1, TimeUnit.MILLISECONDS))
                    .as("process %d has ended by itself, its output says why", number)
                    .isFalse();
        }
    }

    private long size(int number) throws Exception {
        Path ledger = ledgers.get(number);
        return Files.exists(ledger) ? Files.size(ledger) : 0;
    }

    private Map<String, Integer> acknowledged() throws Exception {
        Map<String, Integer> all = new HashMap<>();
        for (Path ledger : ledgers) {
            all.putAll(StormProcess.read(ledger));
        }
        return all;
    }

    /** Every acknowledged write is there, or a later one of the same key. */
    private void verify() throws Exception {
        Map<String, Integer> acknowledged = acknowledged();
        assertThat(acknowledged).isNotEmpty();
        try (DiskTier tier = new DiskTier(new DiskConfig(folder, NO_LIMIT), Clock.systemUTC())) {
            for (Map.Entry<String, Integer> write : acknowledged.entrySet()) {
                String id = write.getKey();
                byte[] stored = tier.getAll(StormProcess.REGION, List.of(id)).get(id);
                assertThat(stored).as("acknowledged %s", write).isNotNull();
                assertThat(StormValue.read(id, stored).version())
                        .as("version of %s", id)
                        .isGreaterThanOrEqualTo(write.getValue());
            }
            assertThat(tier.health().details()).containsEntry("damagedFilesPutAside", "0");
        }
    }

    private double hitRatio() throws Exception {
        Map<String, Integer> acknowledged = acknowledged();
        long hits = 0;
        try (DiskTier tier = new DiskTier(new DiskConfig(folder, NO_LIMIT), Clock.systemUTC())) {
            for (String id : acknowledged.keySet()) {
                hits += tier.getAll(StormProcess.REGION, List.of(id)).size();
            }
        }
        return (double) hits / acknowledged.size();
    }

    private String integrity() throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("cache.db"));
                Statement statement = connection.createStatement()) {
            try (ResultSet rows = statement.executeQuery("SELECT bytes - (SELECT sum(bytes) FROM entry), entries -"
                    + " (SELECT count(*) FROM entry) FROM region WHERE number = 0")) {
                assertThat(rows.getLong(1)).as("bytes counted wrongly").isZero();
                assertThat(rows.getLong(2)).as("entries counted wrongly").isZero();
            }
            try (ResultSet rows = statement.executeQuery("PRAGMA integrity_check")) {
                return rows.getString(1);
            }
        }
    }

    /** While four processes write as fast as they can, the tier is never more than 1 % over its limit. */
    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void fourWriters_keepTheByteBound() throws Exception {
        folder = temp.resolve("bounded");
        long limit = 2_000_000;
        long most = 0;
        long looks = 0;
        try {
            for (int i = 0; i < StormProcess.PROCESSES; i++) {
                Path ledger = temp.resolve("ledger-" + i);
                processes.add(StormProcess.start(folder, limit, ledger, i, 400));
            }
            try (DiskTier tier = new DiskTier(new DiskConfig(folder, limit), Clock.systemUTC())) {
                while (processes.stream().anyMatch(Process::isAlive)) {
                    processes.get(0).waitFor(1, TimeUnit.MILLISECONDS);
                    most = Math.max(most, tier.occupancy(StormProcess.REGION).bytes());
                    looks++;
                }
                // large values that go, or are replaced by small ones, free a seventh of it each
                assertThat(tier.occupancy(StormProcess.REGION).bytes()).isGreaterThan(limit / 4);
            }
        } finally {
            processes.forEach(Process::destroyForcibly);
        }
        for (Process process : processes) {
            assertThat(process.exitValue()).isZero();
        }
        assertThat(looks).isGreaterThan(10);
        assertThat(most).isBetween(limit * 3 / 4, limit * 101 / 100);
        assertThat(filesAndRows()).isLessThanOrEqualTo(limit * 101 / 100);
    }

    /** What is really stored: values in rows and in files. */
    private long filesAndRows() throws Exception {
        long bytes = 0;
        try (var files = Files.list(folder.resolve("values"))) {
            for (Path file : files.toList()) {
                bytes += Files.size(file);
            }
        }
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("cache.db"));
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT sum(length(id) + length(envelope)) FROM entry")) {
            return bytes + rows.getLong(1);
        }
    }
}
