package io.cachemigrator.migrator.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cachemigrator.cache.config.DiskConfig;
import io.cachemigrator.cache.config.RegionConfig;
import io.cachemigrator.cache.envelope.Envelope;
import io.cachemigrator.cache.envelope.EnvelopeFormat;
import io.cachemigrator.cache.tier.TierPage;
import io.cachemigrator.cache.tier.disk.DiskTier;
import io.cachemigrator.migrator.testkit.DiskcacheFolder;
import io.cachemigrator.migrator.testkit.StoreSample;
import io.cachemigrator.migrator.testkit.TargetEntries;
import io.cachemigrator.migrator.testkit.TestCluster;
import io.cachemigrator.migrator.testkit.TestProject;
import io.cachemigrator.migrator.testkit.TestRedis;
import io.cachemigrator.migrator.testkit.TestSentinel;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.params.SetParams;

/** Every kind of source and of target once through all commands, on real servers and files. */
@Tag("CLI-7")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StoresEndToEndTest {
    private static final long TOLERANCE_MS = 1_000;

    private TestRedis single;
    private TestSentinel sentinel;
    private TestCluster cluster;

    @TempDir
    Path folder;

    @BeforeAll
    void start() {
        single = TestRedis.start();
        sentinel = TestSentinel.start();
        cluster = TestCluster.start();
    }

    @AfterAll
    void stop() {
        single.close();
        sentinel.close();
        cluster.close();
    }

    @ParameterizedTest
    @CsvSource({
        "sentinel,  cluster",
        "cluster,   disk",
        "cluster,   cluster",
        "redis,     sentinel",
        "redis,     disk",
        "dump,      disk",
        "dump,      cluster",
        "diskcache, redis",
        "diskcache, disk"
    })
    void everyCommand_betweenTwoKindsOfStores_doesWhatItDoesBetweenServers(String source, String target)
            throws Exception {
        clear();
        Path place = Files.createTempDirectory(folder, source + "-" + target);
        String legacy = fill(source, place);
        String to = targetUri(target, place);
        Cli cli = Cli.in(TestProject.atRest(place.resolve("project")).root())
                .always("--legacy", legacy, "--target", to, "--family", "services");
        Map<String, String> before =
                Files.isDirectory(place.resolve("cache")) ? hashes(place.resolve("cache")) : Map.of();

        JsonNode check = cli.json("check").document();
        assertThat(check.get("blockers")).isEmpty();
        assertThat(check.at("/unclaimedKeys/count").asInt()).isEqualTo(1);
        JsonNode dryRun = cli.json("dry-run").document();
        assertThat(dryRun.at("/estimate/keys").asInt()).isEqualTo(2 * StoreSample.PAIRS + 2);
        assertThat(stored(target, place)).isEmpty();

        Cli.Outcome migrate = cli.json("migrate", "--yes");
        assertThat(migrate.exitCode()).as(migrate.all()).isEqualTo(1);
        assertThat(migrate.document().get("outcome").asText()).isEqualTo("COMPLETED_WITH_ERRORS");
        assertThat(migrate.document().get("quarantined")).hasSize(1);
        assertThat(migrate.document().at("/quarantined/0/key").asText()).isEqualTo("ngx:conv:hostile");
        assertAllThere(stored(target, place));

        Cli.Outcome validate = cli.json("validate");
        assertThat(validate.exitCode()).as(validate.all()).isEqualTo(0);
        assertThat(validate.document().get("equal").asInt()).isEqualTo(2 * StoreSample.PAIRS + 1);
        Cli.Outcome sample = cli.json("validate", "--sample", "50");
        assertThat(sample.exitCode()).as(sample.all()).isEqualTo(0);
        assertThat(cli.json("status").exitCode()).isEqualTo(0);

        Cli.Outcome rollback = cli.json("rollback", "--yes");
        assertThat(rollback.exitCode()).as(rollback.all()).isEqualTo(0);
        assertThat(rollback.document().at("/keys/removed").asInt()).isEqualTo(2 * StoreSample.PAIRS);
        assertThat(stored(target, place)).isEmpty();
        if (!before.isEmpty()) {
            assertThat(hashes(place.resolve("cache"))).isEqualTo(before);
        }
    }

    private static void assertAllThere(Map<String, Envelope> stored) {
        long now = System.currentTimeMillis();
        assertThat(stored).hasSize(2 * StoreSample.PAIRS);
        for (int i = 0; i < StoreSample.PAIRS; i++) {
            Envelope conversation = stored.get("conversations:conv:c" + i);
            assertThat(json(conversation)).isEqualTo("{\"id\":\"c" + i + "\",\"note\":\"grüße " + i + "\"}");
            assertThat(conversation.deadlineMillis())
                    .isBetween(now + (3_540L + i) * 1_000, now + (3_600L + i) * 1_000 + TOLERANCE_MS);
            Envelope counter = stored.get("metrics:metr:m" + i);
            assertThat(json(counter)).isEqualTo(String.valueOf(i == 1 ? 6 : i));
            assertThat(counter.deadlineMillis()).isEqualTo(Envelope.NO_DEADLINE);
        }
    }

    private static String json(Envelope envelope) {
        assertThat(envelope.codec()).isEqualTo(Envelope.CODEC_JSON);
        return new String(envelope.payload(), StandardCharsets.UTF_8);
    }

    private void clear() {
        try (Jedis one = single.connect();
                Jedis master = sentinel.connect()) {
            one.flushAll();
            master.flushAll();
        }
        cluster.masters().forEach(master -> {
            master.flushAll();
            master.close();
        });
    }

    private String targetUri(String kind, Path place) {
        return switch (kind) {
            case "redis" -> single.uri();
            case "sentinel" -> sentinel.uri();
            case "cluster" -> cluster.uri();
            default -> "disk:" + place.resolve("tier");
        };
    }

    private Map<String, Envelope> stored(String kind, Path place) throws Exception {
        Map<String, Envelope> stored = new TreeMap<>();
        if (kind.equals("disk")) {
            if (Files.isDirectory(place.resolve("tier"))) {
                readTier(place.resolve("tier"), stored);
            }
            return stored;
        }
        List<Jedis> servers = kind.equals("cluster")
                ? cluster.masters()
                : List.of(kind.equals("redis") ? single.connect() : sentinel.connect());
        for (Jedis server : servers) {
            TargetEntries.of(server)
                    .forEach((key, entry) -> stored.put(key.substring("cs:".length()), entry.envelope()));
            server.close();
        }
        return stored;
    }

    private static void readTier(Path tierFolder, Map<String, Envelope> stored) throws Exception {
        try (DiskTier tier = new DiskTier(DiskConfig.of(tierFolder), Clock.systemUTC())) {
            for (String region : tier.regions()) {
                String from = null;
                do {
                    TierPage page = tier.scan(RegionConfig.builder(region).build(), from, 200);
                    for (Map.Entry<String, byte[]> entry : page.entries().entrySet()) {
                        stored.put(region + ":" + entry.getKey(), EnvelopeFormat.decode(entry.getValue()));
                    }
                    from = page.next();
                } while (from != null);
            }
        }
    }

    private String fill(String kind, Path place) throws Exception {
        return switch (kind) {
            case "redis" -> {
                try (Jedis redis = single.connect()) {
                    StoreSample.all().forEach(entry -> set(redis, entry));
                }
                yield single.uri();
            }
            case "sentinel" -> {
                try (Jedis redis = sentinel.connect()) {
                    StoreSample.all().forEach(entry -> set(redis, entry));
                }
                yield sentinel.uri();
            }
            case "cluster" -> {
                try (RedisClusterClient client = cluster.client()) {
                    for (StoreSample.Entry entry : StoreSample.all()) {
                        client.set(entry.key().getBytes(StandardCharsets.UTF_8), entry.value(), ttl(entry));
                    }
                }
                yield cluster.uri();
            }
            case "dump" -> "dump:" + backup(place.resolve("backup.json.gz"));
            default -> "diskcache:" + diskcache(place.resolve("cache"));
        };
    }

    private static void set(Jedis redis, StoreSample.Entry entry) {
        redis.set(entry.key().getBytes(StandardCharsets.UTF_8), entry.value(), ttl(entry));
    }

    private static SetParams ttl(StoreSample.Entry entry) {
        return entry.ttl() < 0 ? SetParams.setParams() : SetParams.setParams().ex(entry.ttl());
    }

    /** As the legacy backup tool writes it, with a compressed pickle as the cache dump has them. */
    private static Path backup(Path file) throws Exception {
        ObjectMapper json = new ObjectMapper();
        ObjectNode root = json.createObjectNode();
        String now =
                LocalDateTime.ofInstant(Instant.now(), ZoneId.systemDefault()).toString();
        root.putObject("metadata").put("created_at", now).put("pattern", "*");
        ObjectNode keys = root.putObject("keys");
        for (StoreSample.Entry entry : StoreSample.texts()) {
            ObjectNode one = keys.putObject(entry.key());
            one.set(
                    "value",
                    entry.text().matches("[{\\d].*") ? json.readTree(entry.text()) : json.valueToTree(entry.text()));
            one.put("ttl", entry.ttl() < 0 ? null : entry.ttl());
            one.put("backed_up_at", now);
        }
        ObjectNode hostile = root.putArray("entries").addObject();
        hostile.put("key", "ngx:conv:hostile").put("timestamp", System.currentTimeMillis() / 1000.0);
        hostile.putObject("metadata").put("compressed_value", hexOfGzip(StoreSample.hostilePickle()));
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            json.writerWithDefaultPrettyPrinter().writeValue(out, root);
        }
        return file;
    }

    private static String hexOfGzip(byte[] bytes) throws Exception {
        var out = new java.io.ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return java.util.HexFormat.of().formatHex(out.toByteArray());
    }

    private static Path diskcache(Path cache) {
        try (DiskcacheFolder written = DiskcacheFolder.create(cache)) {
            double now = System.currentTimeMillis() / 1000.0;
            for (StoreSample.Entry entry : StoreSample.texts()) {
                Double expires = entry.ttl() < 0 ? null : Double.valueOf(now + entry.ttl());
                Object value = entry.key().startsWith("ngx:metr:") ? (Object) Long.valueOf(entry.text()) : entry.text();
                written.put(entry.key(), value, expires);
            }
            written.file(
                    "ngx:conv:c7",
                    DiskcacheFolder.TEXT,
                    "aa/bb/cc.val",
                    "{\"id\":\"c7\",\"note\":\"grüße 7\"}".getBytes(StandardCharsets.UTF_8));
            written.row("ngx:conv:c7", 1, DiskcacheFolder.TEXT, "aa/bb/cc.val", null, now + 3_607);
            written.put("ngx:conv:old", "{}", now - 10);
            written.pickle("ngx:conv:hostile", StoreSample.hostilePickle());
        }
        return cache;
    }

    private static Map<String, String> hashes(Path of) throws Exception {
        Map<String, String> hashes = new TreeMap<>();
        try (Stream<Path> files = Files.walk(of)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                hashes.put(
                        of.relativize(file).toString(),
                        java.util.HexFormat.of()
                                .formatHex(java.security.MessageDigest.getInstance("SHA-256")
                                        .digest(Files.readAllBytes(file))));
            }
        }
        return hashes;
    }
}
