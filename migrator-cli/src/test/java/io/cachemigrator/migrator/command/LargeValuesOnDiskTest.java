package io.cachemigrator.migrator.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cachemigrator.cache.config.DiskConfig;
import io.cachemigrator.cache.config.RegionConfig;
import io.cachemigrator.cache.envelope.Envelope;
import io.cachemigrator.cache.envelope.EnvelopeFormat;
import io.cachemigrator.cache.tier.disk.DiskTier;
import io.cachemigrator.migrator.testkit.CliProcess;
import io.cachemigrator.migrator.testkit.CollectionMap;
import io.cachemigrator.migrator.testkit.TestProject;
import io.cachemigrator.migrator.testkit.TestRedis;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** Values that are too large for memory are copied into a folder of the disk tier, compared there and taken back, in pieces. */
@Tag("CLI-6")
@Tag("CLI-9")
@Tag("CLI-10")
class LargeValuesOnDiskTest {
    private static final int FIELDS = 200_000;
    private static final RegionConfig THINGS = RegionConfig.builder("things").build();

    @TempDir
    Path folder;

    private static void load(Jedis legacy) {
        Map<String, String> fields = new HashMap<>();
        for (int i = 0; i < FIELDS; i++) {
            fields.put("field-" + i, "value-" + i);
        }
        legacy.hset("shop:hash", fields);
        legacy.set("shop:text", "a text, no JSON ".repeat(2 << 20));
        legacy.setex("shop:small", 3_600, "{\"small\": true}");
    }

    private Map<String, byte[]> stored() throws Exception {
        try (DiskTier tier = new DiskTier(new DiskConfig(folder.resolve("cache"), 1L << 40), Clock.systemUTC())) {
            return tier.getAll(THINGS, List.of("hash", "text", "small"));
        }
    }

    private long files() throws Exception {
        try (Stream<Path> files = Files.list(folder.resolve("cache/values"))) {
            return files.count();
        }
    }

    @Test
    void largeValues_areCopiedComparedAndTakenBack_within256MB() throws Exception {
        TestProject project = CollectionMap.in(TestProject.atRest(folder.resolve("project")));
        String disk = "disk:" + folder.resolve("cache");
        try (TestRedis server = TestRedis.start();
                Jedis legacy = server.connect()) {
            load(legacy);
            Cli cli = Cli.in(project.root()).always("--legacy", server.uri(), "--target", disk);
            try (CliProcess process = CliProcess.startWith(
                    CliProcess.LAUNCHER_HEAP,
                    project.root(),
                    "migrate",
                    "--yes",
                    "--only",
                    "data",
                    "--legacy",
                    server.uri(),
                    "--target",
                    disk)) {
                long peak = process.peakResidentBytes();
                assertThat(process.exitCode()).as(process.err()).isZero();
                assertThat(peak).isBetween(20L << 20, 256L << 20);
            }
            Map<String, byte[]> stored = stored();
            assertThat(stored).hasSize(3);
            Envelope text = EnvelopeFormat.decode(stored.get("text"));
            assertThat(text.payload()).isEqualTo(legacy.get("shop:text".getBytes(UTF_8)));
            JsonNode hash = new ObjectMapper()
                    .readTree(EnvelopeFormat.decode(stored.get("hash")).payload());
            assertThat(hash).hasSize(FIELDS);
            assertThat(files()).isEqualTo(2);
            assertThat(cli.json("validate").document().get("equal").asInt()).isEqualTo(3);

            legacy.hset("shop:hash", "field-1", "changed");
            Cli.Outcome second = cli.run("migrate", "--yes", "--only", "data");
            assertThat(second.exitCode()).as(second.all()).isZero();
            assertThat(EnvelopeFormat.decode(stored().get("hash")).payload())
                    .asString(UTF_8)
                    .contains("\"field-1\":\"changed\"");

            Cli.Outcome undone = cli.run("rollback", "--yes");
            assertThat(undone.exitCode()).as(undone.all()).isZero();
            assertThat(EnvelopeFormat.decode(stored().get("hash")).payload())
                    .asString(UTF_8)
                    .contains("\"field-1\":\"value-1\"");
        }
    }
}
