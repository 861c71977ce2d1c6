package io.cachemigrator.migrator.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachemigrator.migrator.journal.RunLock;
import io.cachemigrator.migrator.testkit.CliProcess;
import io.cachemigrator.migrator.testkit.TestProject;
import io.cachemigrator.migrator.testkit.TestRedis;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/**
 * What goes wrong while data are copied: the run never ends with 0 while anything is missing, and once the fault is mended a
 * resumed run completes. Both stores are read with nothing but the client.
 */
@Tag("CLI-7")
class StoreFaultsTest {
    private static final int KEYS = 1_500;

    @TempDir
    Path folder;

    private TestProject project;
    private TestRedis source;
    private TestRedis destination;
    private Jedis legacy;
    private Jedis target;

    @BeforeEach
    void start() {
        project = TestProject.atRest(folder.resolve("project"));
        source = TestRedis.start();
        destination = TestRedis.start();
        legacy = source.connect();
        target = destination.connect();
        load(legacy);
    }

    private static void load(Jedis redis) {
        for (int i = 0; i < KEYS; i++) {
            redis.setex("ngx:conv:" + i, 86_400, "{\"n\": " + i + "}");
        }
    }

    @AfterEach
    void stop() {
        legacy.close();
        target.close();
        source.close();
        destination.close();
    }

    private String[] stores() {
        return new String[] {"--legacy", source.uri(), "--target", destination.uri()};
    }

    private CliProcess copying() {
        String[] stores = stores();
        CliProcess process = CliProcess.start(
                project.root(), "migrate", "--yes", "--rate", "300", stores[0], stores[1], stores[2], stores[3]);
        return process.await("  data: ");
    }

    private Cli.Outcome resume() {
        return Cli.in(project.root()).always(stores()).run("migrate", "--resume", "--yes");
    }

    /** The payload is what an envelope ends with. */
    private Map<String, String> copies() {
        Map<String, String> copies = new HashMap<>();
        for (int i = 0; i < KEYS; i++) {
            byte[] bytes = target.get(("cs:conversations:conv:" + i).getBytes(StandardCharsets.UTF_8));
            if (bytes != null) {
                String text = new String(bytes, StandardCharsets.ISO_8859_1);
                copies.put("ngx:conv:" + i, text.substring(text.lastIndexOf('{')));
            }
        }
        return copies;
    }

    private void resumesToTheEnd() {
        Cli.Outcome resumed = resume();
        assertThat(resumed.exitCode()).as(resumed.all()).isZero();
        Map<String, String> copies = copies();
        for (int i = 0; i < KEYS; i++) {
            assertThat(copies).containsEntry("ngx:conv:" + i, "{\"n\": " + i + "}");
        }
    }

    @Test
    void sourceIsFlushed_itsCopiesStayAndTheRunFails() {
        try (CliProcess process = copying()) {
            process.await(" of about 1,500 keys, ");
            legacy.flushAll();
            assertThat(process.exitCode()).as(process.err()).isEqualTo(1);
            assertThat(process.err()).contains("CM-201 The legacy store has lost most of its entries");
        }
        assertThat(copies()).isNotEmpty();
        load(legacy);
        resumesToTheEnd();
    }

    @Test
    void sourceRestartsEmpty_itsCopiesStayAndTheRunFails() {
        try (CliProcess process = copying()) {
            source.close();
            assertThat(process.exitCode()).as(process.err()).isEqualTo(3);
            assertThat(process.err()).contains("CM-302 The legacy store");
        }
        int before = copies().size();
        assertThat(before).isGreaterThan(100);
        try (TestRedis again = TestRedis.startOn(source.port());
                Jedis redis = again.connect()) {
            Cli.Outcome empty = resume();
            assertThat(empty.exitCode()).as(empty.all()).isEqualTo(1);
            assertThat(empty.error().get(0)).startsWith("CM-201 The legacy store has lost");
            assertThat(copies()).hasSize(before);
            load(redis);
            resumesToTheEnd();
        }
    }

    @Test
    void targetBecomesAReplica_isAnEnvironmentErrorAndResumes() {
        try (CliProcess process = copying()) {
            target.replicaof("127.0.0.1", TestRedis.freePort());
            assertThat(process.exitCode()).as(process.err()).isEqualTo(3);
            assertThat(process.err()).contains("CM-302 The target store", "read only replica");
        }
        assertThat(resume().exitCode()).isEqualTo(3);
        target.replicaofNoOne();
        resumesToTheEnd();
    }

    @Test
    void connectionsAreCut_isAnEnvironmentErrorAndResumes() {
        try (CliProcess process = copying()) {
            for (Jedis side : new Jedis[] {legacy, target}) {
                side.sendCommand(
                        redis.clients.jedis.Protocol.Command.CLIENT, "KILL", "TYPE", "normal", "SKIPME", "yes");
            }
            assertThat(process.exitCode()).as(process.err()).isEqualTo(3);
            assertThat(process.err()).contains("CM-302");
        }
        resumesToTheEnd();
    }

    @Test
    void targetLosesWhatItConfirmed_isCopiedAgain() {
        try (CliProcess process = copying()) {
            process.await(" of about 1,500 keys, ");
            target.flushAll();
            assertThat(process.exitCode()).as(process.err()).isZero();
        }
        assertThat(copies()).hasSize(KEYS);
    }

    @Test
    @Tag("CLI-8")
    void processIsStoppedAndReplaced_writesNothingMoreWhenItGoesOn() {
        try (CliProcess process = copying()) {
            process.signal("STOP");
            // it is alive, so its lock is only free once the lease has ended
            Cli.Outcome resumed = resume();
            long patience = System.nanoTime() + RunLock.LEASE.multipliedBy(6).toNanos();
            while (resumed.exitCode() == 4 && System.nanoTime() < patience) {
                resumed = resume();
            }
            assertThat(resumed.exitCode()).as(resumed.all()).isZero();
            target.del("cs:conversations:conv:0");
            process.signal("CONT");
            assertThat(process.exitCode()).as(process.err()).isEqualTo(4);
            assertThat(process.err()).contains("CM-402 This run lost its lock");
        }
        assertThat(target.keys("cs:[a-z]*")).as("nothing was copied again").hasSize(KEYS - 1);
        assertThat(Cli.in(project.root())
                        .always(stores())
                        .json("status")
                        .document()
                        .at("/runs/0/state")
                        .asText())
                .isEqualTo("COMPLETED");
    }
}
