package io.cachemigrator.migrator.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachemigrator.migrator.testkit.CliProcess;
import io.cachemigrator.migrator.testkit.ReadKeys;
import io.cachemigrator.migrator.testkit.TestProject;
import io.cachemigrator.migrator.testkit.TestRedis;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;

/** A killed copy has at most one slice for each worker to do again, as the server itself tells what is read. */
@Tag("CLI-7")
class RedoneSlicesTest {
    private static final int KEYS = 30_000;
    private static final int WORKERS = 3;
    private static final int KILLS = 4;
    /** What a scan gives for 500 keys asked for may be a few more. */
    private static final int LARGEST_SLICE = 540;

    @TempDir
    Path folder;

    @Test
    void resume_killedInTheMiddle_readsAtMostOneSliceForEachWorkerAgain() {
        Random random = new Random(20_261_128);
        try (TestRedis server = TestRedis.start();
                TestRedis other = TestRedis.start();
                Jedis legacy = server.connect();
                Jedis target = other.connect();
                ReadKeys log = new ReadKeys(server)) {
            Pipeline pipeline = legacy.pipelined();
            for (int i = 0; i < KEYS; i++) {
                pipeline.set("ngx:conv:" + i, "{\"n\": " + i + "}");
            }
            pipeline.sync();
            for (int kill = 0; kill < KILLS; kill++) {
                target.flushDB();
                TestProject project = TestProject.atRest(folder.resolve("project-" + kill));
                String[] stores = {"--legacy", server.uri(), "--target", other.uri()};
                long arrived = 1 + random.nextInt(KEYS - 10_000);
                try (CliProcess process = CliProcess.start(
                        project.root(),
                        "migrate",
                        "--yes",
                        "--threads",
                        String.valueOf(WORKERS),
                        stores[0],
                        stores[1],
                        stores[2],
                        stores[3])) {
                    process.await("[5/8] configuration");
                    assertThat(log.take()).isNotEmpty();
                    while (target.dbSize() < arrived
                            && ProcessHandle.of(process.pid()).isPresent()) {
                        Thread.onSpinWait();
                    }
                    process.kill();
                }
                List<String> before = ReadKeys.keysOf("GETRANGE", log.take());
                Cli.Outcome resumed =
                        Cli.in(project.root()).always(stores).run("migrate", "--resume", "--yes", "--threads", "1");
                assertThat(resumed.exitCode()).as(resumed.all()).isZero();
                List<String> commands = log.take();
                List<String> after = ReadKeys.keysOf("GETRANGE", commands.subList(0, firstNewScan(commands)));
                Set<String> read = new HashSet<>(before);
                long again = after.stream().filter(read::contains).count();
                assertThat(again)
                        .as("keys read again, killed when " + arrived + " had arrived")
                        .isLessThanOrEqualTo(WORKERS * LARGEST_SLICE);
                read.addAll(after);
                assertThat(read).as("and all of them were read").hasSize(KEYS);
            }
        }
    }

    /** Where the next part, or the comparison, begins to look through all keys. */
    private static int firstNewScan(List<String> commands) {
        for (int i = 0; i < commands.size(); i++) {
            if (commands.get(i).contains("\"SCAN\" \"0\"")) {
                return i;
            }
        }
        throw new AssertionError("nothing was compared");
    }
}
