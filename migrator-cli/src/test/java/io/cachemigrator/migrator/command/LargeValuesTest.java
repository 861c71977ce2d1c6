package io.cachemigrator.migrator.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cachemigrator.cache.envelope.Envelope;
import io.cachemigrator.cache.envelope.EnvelopeFormat;
import io.cachemigrator.migrator.testkit.CliProcess;
import io.cachemigrator.migrator.testkit.CollectionMap;
import io.cachemigrator.migrator.testkit.StoredValue;
import io.cachemigrator.migrator.testkit.TargetEntries;
import io.cachemigrator.migrator.testkit.TestProject;
import io.cachemigrator.migrator.testkit.TestRedis;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;

/** Values that are too large for memory are copied, compared and taken back in pieces. */
@Tag("CLI-6")
@Tag("CLI-9")
@Tag("CLI-10")
class LargeValuesTest {
    private static final boolean SOAK = Boolean.getBoolean("soak");
    private static final int FIELDS = Integer.getInteger("large.fields", SOAK ? 3_000_000 : 200_000);
    private static final int STRING_BYTES = SOAK ? 300 << 20 : 24 << 20;
    private static final long MOST_RESIDENT = 256L << 20;
    private static final int BATCH = 10_000;

    @TempDir
    Path folder;

    private TestProject project;
    private TestRedis server;
    private Jedis legacy;
    private Jedis target;
    private String[] stores;

    @BeforeEach
    void start() {
        project = CollectionMap.in(TestProject.atRest(folder.resolve("project")));
        server = TestRedis.start();
        legacy = new Jedis("127.0.0.1", server.port(), 60_000);
        target = new Jedis("127.0.0.1", server.port(), 60_000);
        target.select(1);
        stores = new String[] {"--legacy", server.uri() + "/0", "--target", server.uri() + "/1"};
    }

    @AfterEach
    void stop() {
        legacy.close();
        target.close();
        server.close();
    }

    private void loadHash(String key, int fields) {
        for (int from = 0; from < fields; from += BATCH) {
            Map<String, String> some = new HashMap<>();
            for (int i = from; i < Math.min(fields, from + BATCH); i++) {
                some.put("field-" + i, "value-" + i * 7L);
            }
            legacy.hset(key, some);
        }
    }

    private void loadOthers(int elements) {
        Pipeline pipeline = legacy.pipelined();
        for (int i = 0; i < elements; i++) {
            pipeline.rpush("shop:list", "element " + i);
            pipeline.sadd("shop:set", "member " + i);
            pipeline.zadd("shop:zset", i / 8.0, "member " + i);
            if (i % BATCH == 0) {
                pipeline.sync();
            }
        }
        pipeline.sync();
    }

    private Cli cli() {
        return Cli.in(project.root()).always(stores);
    }

    private Envelope stored(String id) throws Exception {
        return EnvelopeFormat.decode(target.get(("cs:things:" + id).getBytes(UTF_8)));
    }

    @Test
    void process_thatCopiesLargeValues_staysWithin256MB() throws Exception {
        loadHash("shop:hash", FIELDS);
        legacy.expire("shop:hash", 7_200);
        for (int part = 0; part < STRING_BYTES >> 20; part++) {
            legacy.append("shop:text", "a text, no JSON ".repeat(1 << 16));
        }
        legacy.expire("shop:text", 3_600);

        String[] line = {
            "migrate", "--yes", "--only", "data", "--threads", "2", stores[0], stores[1], stores[2], stores[3]
        };
        try (CliProcess process = CliProcess.startWith(CliProcess.LAUNCHER_HEAP, project.root(), line)) {
            long peak = process.peakResidentBytes();
            assertThat(process.exitCode()).as(process.err()).isZero();
            System.out.printf(
                    "%,d fields, a string of %,d bytes: at most %,d KB resident%n", FIELDS, STRING_BYTES, peak >> 10);
            assertThat(peak).isBetween(20L << 20, MOST_RESIDENT);
        }
        assertThat(TargetEntries.keys(target, "*")).containsExactlyInAnyOrder("cs:things:hash", "cs:things:text");
        assertThat(ascendingFields(FIELDS)).isEqualTo(FIELDS);
        assertThat(target.pttl("cs:things:hash")).isCloseTo(legacy.pttl("shop:hash"), within(1_000L));
        byte[] text = "cs:things:text".getBytes(UTF_8);
        byte[] legacyText = "shop:text".getBytes(UTF_8);
        assertThat(target.getrange(text, 5, 5)).as("codec").containsExactly(Envelope.CODEC_TEXT);
        long head = target.strlen(text) - legacy.strlen(legacyText);
        assertThat(head).isBetween(40L, 200L);
        try (InputStream copied = new StoredValue(target, text, head);
                InputStream original = new StoredValue(legacy, legacyText, 0)) {
            assertThat(sha256(copied)).isEqualTo(sha256(original));
        }
    }

    private static String sha256(InputStream in) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        byte[] buffer = new byte[1 << 16];
        for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
            digest.update(buffer, 0, read);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** How many fields the copied hash has, each once, in order and with its value. */
    private int ascendingFields(int fields) throws Exception {
        byte[] key = "cs:things:hash".getBytes(UTF_8);
        long head = 0;
        for (byte[] start = target.getrange(key, 0, 400); start[(int) head] != '{' || start[(int) head + 1] != '"'; ) {
            head++;
        }
        int count = 0;
        String last = "";
        try (JsonParser json = new ObjectMapper().createParser(new StoredValue(target, key, head))) {
            assertThat(json.nextToken()).isEqualTo(JsonToken.START_OBJECT);
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                int number = Integer.parseInt(name.substring("field-".length()));
                String value = json.nextTextValue();
                if (name.compareTo(last) <= 0 || number >= fields || !value.equals("value-" + number * 7L)) {
                    throw new AssertionError(name + " with " + value + " after " + last);
                }
                last = name;
                count++;
            }
        }
        return count;
    }

    @Test
    void largeValuesOfEveryType_areCopiedComparedAndTakenBack() throws Exception {
        int elements = 150_000;
        loadHash("shop:hash", elements);
        loadOthers(elements);
        legacy.set("shop:json", "{\"texts\": [" + "\"some text\", ".repeat(300_000) + "null]}");
        legacy.set("shop:small", "1");

        assertThat(cli().run("migrate", "--yes", "--only", "data").exitCode()).isZero();

        ObjectMapper json = new ObjectMapper();
        assertThat(stored("json").codec()).isEqualTo(Envelope.CODEC_JSON);
        assertThat(stored("json").payload()).isEqualTo(legacy.get("shop:json".getBytes(UTF_8)));
        assertThat(json.readTree(stored("list").payload())).hasSize(elements);
        assertThat(json.readTree(stored("list").payload()).get(77_777).asText()).isEqualTo("element 77777");
        assertThat(json.readTree(stored("set").payload())).hasSize(elements);
        assertThat(json.readTree(stored("zset").payload()).get(7).toString()).isEqualTo("[\"member 7\",0.875]");
        JsonNode same = cli().json("validate").document();
        assertThat(same.get("differences")).isEmpty();
        assertThat(same.get("equal").asInt()).isEqualTo(6);

        legacy.hset("shop:hash", "field-7", "changed");
        legacy.lset("shop:list", 70_000, "Element 70000");
        target.setrange("cs:things:set", 1_000_000, "x");
        JsonNode different = cli().json("validate").document();
        assertThat(different.get("differences"))
                .extracting(difference -> difference.get("id").asText() + " "
                        + difference.get("kind").asText())
                .containsExactlyInAnyOrder("hash VALUE", "list VALUE", "set VALUE");

        target.setrange("cs:things:set", 1_000_000, "m");
        Cli.Outcome undone = cli().run("rollback", "--yes");
        assertThat(undone.exitCode()).as(undone.all()).isZero();
        assertThat(TargetEntries.keys(target, "cs:things:*")).hasSize(0);
    }

    @Test
    void largeEntryOfAnEarlierRun_isReplacedAndPutBack() throws Exception {
        loadHash("shop:hash", 150_000);
        assertThat(cli().run("migrate", "--yes", "--only", "data").exitCode()).isZero();
        byte[] before = target.get("cs:things:hash".getBytes(UTF_8));
        legacy.hset("shop:hash", "field-7", "changed");

        assertThat(cli().run("migrate", "--yes", "--only", "data").exitCode()).isZero();
        assertThat(new ObjectMapper()
                        .readTree(stored("hash").payload())
                        .get("field-7")
                        .asText())
                .isEqualTo("changed");
        assertThat(cli().run("rollback", "--yes").exitCode()).isZero();

        assertThat(target.get("cs:things:hash".getBytes(UTF_8))).isEqualTo(before);
    }

    @Test
    void heapOfTheMeasurement_isThatOfTheLauncher() throws IOException {
        String heap = String.join(" ", CliProcess.LAUNCHER_HEAP);
        for (String launcher : List.of("migrator", "migrator.cmd")) {
            assertThat(Files.readString(Path.of("..").resolve(launcher))).contains(heap);
        }
    }
}
