package io.cachemigrator.migrator.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cachemigrator.migrator.testkit.CliProcess;
import io.cachemigrator.migrator.testkit.TestCluster;
import io.cachemigrator.migrator.testkit.TestProject;
import io.cachemigrator.migrator.testkit.TestRedis;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.params.RestoreParams;

/** The entries that are used most are copied before all others, where the server tells which they are. */
@Tag("CLI-6")
class HotKeysTest {
    private static final int KEYS = 2_500;
    private static final int HOT_EVERY = 50;

    @TempDir
    Path folder;

    private TestProject project() {
        return TestProject.atRest(folder.resolve("project"));
    }

    private static void load(Jedis legacy) {
        Pipeline pipeline = legacy.pipelined();
        for (int i = 0; i < KEYS; i++) {
            pipeline.set("ngx:conv:" + i, "{\"n\": " + i + "}");
        }
        pipeline.sync();
    }

    private static List<String> hotCopies() {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < KEYS; i += HOT_EVERY) {
            keys.add("cs:conversations:conv:" + i);
        }
        return keys;
    }

    private void copiesTheHottestFirst(TestRedis server, String rate, String said, boolean counted) {
        TestProject project = project();
        String[] stores = {"--legacy", server.uri() + "/0", "--target", server.uri() + "/1"};
        try (Jedis legacy = server.connect();
                Jedis target = server.connect();
                CliProcess process = CliProcess.start(
                        project.root(),
                        "migrate",
                        "--yes",
                        "--rate",
                        rate,
                        stores[0],
                        stores[1],
                        stores[2],
                        stores[3])) {
            target.select(1);
            process.await(said);
            Cli status = Cli.in(project.root()).always(stores);
            assertThat(status.run("status").out()).contains("copying the hottest entries first");
            process.await("the hottest entries are copied, now all of them").kill();
            assertThat(target.mget(hotCopies().toArray(String[]::new))).doesNotContainNull();
            assertThat(target.dbSize()).isLessThan(KEYS / 2);
            if (counted) {
                for (int i = 1; i < KEYS; i++) {
                    if (!target.exists("cs:conversations:conv:" + i)) {
                        assertThat(legacy.objectFreq("ngx:conv:" + i))
                                .as("asking is no access")
                                .isLessThanOrEqualTo(5);
                    }
                }
            }
            Cli.Outcome resumed = status.json("migrate", "--resume", "--yes");
            assertThat(resumed.exitCode()).as(resumed.all()).isZero();
            assertThat(resumed.err()).as("only once").doesNotContain("hottest");
            JsonNode space = resumed.document().get("keySpaces").get(0);
            assertThat(space.get("scanned").asInt()).as("each is counted once").isEqualTo(KEYS);
            assertThat(space.get("written").asInt()).isEqualTo(KEYS);
        }
    }

    @Test
    void serverThatCountsAccesses_copiesTheMostUsedFirst() {
        // every access counts, so that the test need not make millions
        try (TestRedis server = TestRedis.start("maxmemory-policy allkeys-lfu", "lfu-log-factor 0");
                Jedis legacy = server.connect()) {
            load(legacy);
            Pipeline pipeline = legacy.pipelined();
            for (int round = 0; round < 40; round++) {
                for (int i = 0; i < KEYS; i += HOT_EVERY) {
                    pipeline.get("ngx:conv:" + i);
                }
            }
            pipeline.sync();
            copiesTheHottestFirst(server, "40", "the 50 hottest of 2,500 keys come first, by OBJECT FREQ", true);
        }
    }

    @Test
    void serverThatKnowsIdleTimes_copiesTheLastUsedFirst() {
        try (TestRedis server = TestRedis.start();
                Jedis legacy = server.connect()) {
            load(legacy);
            for (int i = 0; i < KEYS; i++) {
                String key = "ngx:conv:" + i;
                byte[] dump = legacy.dump(key);
                RestoreParams params = RestoreParams.restoreParams().replace();
                legacy.restore(key, 0, dump, params.idleTime(i % HOT_EVERY == 0 ? 10 : 50_000));
            }
            // with some that the estimate has read a moment ago
            copiesTheHottestFirst(server, "200", "hottest of 2,500 keys come first, by OBJECT IDLETIME", false);
        }
    }

    @Test
    void serverThatDoesNotTell_copiesInAnyOrder() {
        try (TestRedis server = TestRedis.start("maxmemory-policy allkeys-lfu");
                Jedis legacy = server.connect()) {
            load(legacy);
            legacy.aclSetUser("mover", "on", ">secret", "~*", "&*", "+@all", "-object");
            String uri = "redis://mover:secret@127.0.0.1:" + server.port();
            Cli.Outcome outcome =
                    Cli.in(project().root()).run("migrate", "--yes", "--legacy", uri + "/0", "--target", uri + "/1");
            assertThat(outcome.exitCode()).as(outcome.all()).isZero();
            assertThat(outcome.err()).doesNotContain("hottest");
        }
    }

    @Test
    void cluster_theHottestOfAllMastersComeFirst() {
        try (TestCluster cluster = TestCluster.start();
                TestRedis target = TestRedis.start();
                RedisClusterClient client = cluster.client()) {
            cluster.masters().forEach(master -> {
                try (master) {
                    master.configSet("maxmemory-policy", "allkeys-lfu");
                    master.configSet("lfu-log-factor", "0");
                }
            });
            for (int i = 0; i < KEYS; i++) {
                client.set("ngx:conv:" + i, "{\"n\": " + i + "}");
            }
            for (int i = 0; i < KEYS; i += HOT_EVERY) {
                for (int round = 0; round < 20; round++) {
                    client.get("ngx:conv:" + i);
                }
            }
            Cli.Outcome outcome = Cli.in(project().root())
                    .run("migrate", "--yes", "--legacy", cluster.uri(), "--target", target.uri());
            assertThat(outcome.exitCode()).as(outcome.all()).isZero();
            assertThat(outcome.err()).contains("the 50 hottest of 2,500 keys come first, by OBJECT FREQ");
        }
    }
}
