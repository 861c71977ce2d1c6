package io.cachemigrator.migrator.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachemigrator.migrator.testkit.TargetEntries;
import io.cachemigrator.migrator.testkit.TestCluster;
import io.cachemigrator.migrator.testkit.TestProject;
import io.cachemigrator.migrator.testkit.TestRedis;
import io.cachemigrator.migrator.testkit.TestSentinel;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.util.JedisClusterCRC16;

/** Clusters whose slots move, that are not whole, and masters that nobody knows. */
@Tag("CLI-7")
class ClusterStoresTest {
    private static final int KEYS = 6_000;
    private static TestCluster cluster;
    private static TestRedis single;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        cluster = TestCluster.start();
        single = TestRedis.start();
    }

    @AfterAll
    static void stop() {
        cluster.close();
        single.close();
    }

    private Cli cli() {
        return Cli.in(TestProject.atRest(folder.resolve("project")).root());
    }

    private static Set<String> fill() {
        Set<String> keys = new TreeSet<>();
        try (RedisClusterClient client = cluster.client()) {
            for (int i = 0; i < KEYS; i++) {
                client.set("ngx:conv:c" + i, "{\"n\":" + i + "}");
                keys.add("cs:conversations:conv:c" + i);
            }
        }
        return keys;
    }

    @Test
    void slotsMoveDuringTheCopy_fromAndToTheCluster_nothingIsMissing() {
        Set<String> expected = fill();
        // slots of keys that are copied, and of their copies
        CompletableFuture<Void> moves = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < 8; i++) {
                cluster.move(JedisClusterCRC16.getSlot("ngx:conv:c" + i));
                cluster.move(JedisClusterCRC16.getSlot("cs:conversations:conv:c" + i));
            }
        });
        Cli.Outcome migrate =
                cli().run("migrate", "--yes", "--rate", "2000", "--legacy", cluster.uri(), "--target", cluster.uri());
        moves.join();
        assertThat(migrate.exitCode()).as(migrate.all()).isZero();
        Set<String> copied = new TreeSet<>();
        for (Jedis master : cluster.masters()) {
            copied.addAll(TargetEntries.of(master).keySet());
            master.close();
        }
        assertThat(copied).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void slotWithoutMaster_isNeverTakenForAWholeCluster() {
        try (TestRedis alone = TestRedis.start("cluster-enabled yes")) {
            String uri = alone.uri().replace("redis:", "redis-cluster:");
            Cli.Outcome outcome = cli().run("dry-run", "--legacy", uri, "--target", single.uri());
            assertThat(outcome.exitCode()).isEqualTo(3);
            assertThat(outcome.error().get(1)).contains("16384 of 16384 slots have no master");
        }
    }

    @Test
    void serverThatIsNoCluster_isSaidToBeNone() {
        String uri = single.uri().replace("redis:", "redis-cluster:");
        Cli.Outcome outcome = cli().run("dry-run", "--legacy", uri);
        assertThat(outcome.exitCode()).isEqualTo(3);
        assertThat(outcome.error().get(1)).contains("cluster support disabled");
    }

    @Test
    void masterThatTheSentinelDoesNotKnow_isSaid() {
        try (TestSentinel sentinel = TestSentinel.start()) {
            Cli.Outcome outcome = cli().run("dry-run", "--legacy", sentinel.uriOf("other"));
            assertThat(outcome.exitCode()).isEqualTo(3);
            assertThat(outcome.all()).contains("other");
        }
    }
}
