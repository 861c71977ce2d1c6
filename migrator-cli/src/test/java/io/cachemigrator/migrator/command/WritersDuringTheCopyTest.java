package io.cachemigrator.migrator.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.cachemigrator.migrator.testkit.CliProcess;
import io.cachemigrator.migrator.testkit.OneServer;
import io.cachemigrator.migrator.testkit.TargetEntries;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** An application that writes to the legacy store past the shim while its data are copied. */
@Tag("CLI-6")
class WritersDuringTheCopyTest {
    private static final int KEYS = 1_500;

    @TempDir
    Path folder;

    private OneServer one;
    private Jedis legacy;
    private Jedis target;

    @BeforeEach
    void start() {
        one = OneServer.start(folder, KEYS);
        legacy = one.legacy();
        target = one.target();
    }

    @AfterEach
    void stop() {
        one.close();
    }

    @Test
    void changesAndDeletionsDuringTheCopy_areFollowed() {
        try (CliProcess process = one.migrate("--rate", "300")) {
            process.await("  data: ");
            for (int i = 0; i < KEYS; i++) {
                String key = "ngx:conv:" + i;
                switch (i % 5) {
                    case 0 -> legacy.del(key);
                    case 1 -> legacy.setex(key, 3_600, "{\"changed\": " + i + "}");
                    case 2 -> legacy.expire(key, 86_400);
                    case 3 -> legacy.persist(key);
                    default -> assertThat(legacy.exists(key)).isTrue();
                }
            }
            assertThat(process.exitCode()).as(process.err()).isZero();
            assertThat(process.err()).contains("  verify: pass 1: ");
        }
        Map<String, TargetEntries.Stored> copies = TargetEntries.of(target);
        assertThat(copies).hasSize(KEYS * 4 / 5);
        for (int i = 0; i < KEYS; i++) {
            TargetEntries.Stored copy = copies.get("cs:conversations:conv:" + i);
            if (i % 5 == 0) {
                assertThat(copy).as("deleted").isNull();
                continue;
            }
            byte[] key = ("ngx:conv:" + i).getBytes(StandardCharsets.UTF_8);
            assertThat(copy.envelope().payload()).isEqualTo(legacy.get(key));
            assertThat(copy.serverDeadlineMillis()).isCloseTo(TargetEntries.deadline(legacy, key), within(1_000L));
        }
    }

    @Test
    void changesFasterThanTheyCanBeFollowed_endAsFailedAndSaySo() throws InterruptedException {
        AtomicBoolean enough = new AtomicBoolean();
        CountDownLatch running = new CountDownLatch(1);
        Thread writer = new Thread(() -> {
            try (Jedis own = one.server().connect()) {
                for (long n = 0; !enough.get(); n++) {
                    own.setex("ngx:conv:" + n % 20, 3_600, "{\"changed\": " + n + "}");
                    running.countDown();
                }
            }
        });
        writer.start();
        Cli.Outcome outcome;
        try {
            running.await();
            outcome = Cli.in(one.project().root()).always(one.stores()).json("migrate", "--yes");
        } finally {
            enough.set(true);
            writer.join();
        }
        assertThat(outcome.exitCode()).as(outcome.all()).isEqualTo(1);
        JsonNode document = outcome.document();
        assertThat(document.get("outcome").asText()).isEqualTo("FAILED");
        assertThat(outcome.err()).contains("differences are left after 5 passes", "pause its writes");
        assertThat(Cli.in(one.project().root())
                        .always(one.stores())
                        .json("status")
                        .document()
                        .at("/stage/name")
                        .asText())
                .isNotEqualTo("CONSOLIDATED");
        Cli.Outcome resumed = Cli.in(one.project().root()).always(one.stores()).run("migrate", "--resume", "--yes");
        assertThat(resumed.exitCode()).as(resumed.all()).isZero();
        assertThat(TargetEntries.of(target)).hasSize(KEYS);
    }
}
