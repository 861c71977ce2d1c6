package io.cachemigrator.migrator.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cachemigrator.cache.envelope.Envelope;
import io.cachemigrator.cache.envelope.EnvelopeException;
import io.cachemigrator.cache.envelope.EnvelopeFormat;
import io.cachemigrator.map.MigrationMaps;
import io.cachemigrator.migrator.command.Cli;
import io.cachemigrator.migrator.project.StoreUri;
import io.cachemigrator.migrator.testkit.LegacySample;
import io.cachemigrator.migrator.testkit.TargetEntries;
import io.cachemigrator.migrator.testkit.TestProject;
import io.cachemigrator.migrator.testkit.TestRedis;
import io.cachemigrator.migrator.verify.ComparisonResult;
import io.cachemigrator.validation.consistency.Difference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.params.SetParams;

/** The comparison itself: after a real copy, each kind of damage is done by hand, alone, and must be told as what it is. */
@Tag("CLI-9")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VerifierTest {
    private static final String CONVERSATION = "cs:conversations:conv:one";
    private static final String OTHER = "cs:conversations:conv:two";
    private static final String NULL = "cs:conversations:conv:null";
    private static final String NUMBER = "cs:conversations:conv:number";
    private static final String BINARY = "cs:conversations:conv:binary";
    private static final String COUNTER = "cs:metrics:metr:visits";
    private static final String SUM = "cs:metrics:metr:sum";
    private static final byte[] NO_TEXT = {(byte) 0xff, 0, 1, (byte) 0xfe, 'x'};

    private final Map<String, Kept> kept = new TreeMap<>();
    private TestRedis server;
    private Jedis redis;
    private Stores stores;
    private MapSet maps;

    @SuppressWarnings("ArrayRecordComponent") // kept to be put back, never compared
    private record Kept(byte[] value, String type, long deadline) {}

    /** Damage, and the differences that it must show as {@code KIND region:id}. */
    private record Damage(String name, Runnable done, List<String> differences) {}

    /** Nobody writes meanwhile, so that nothing has to be waited for. */
    private ComparisonResult compare(int sample, boolean digest) {
        DataComparison comparison = new DataComparison(
                new DataComparison.Request(maps, stores, 2, digest, false, 1_000, Settling.BRIEF, new Cancellation()),
                DataComparison.Keeper.NONE);
        return sample > 0 ? comparison.sample(sample, new Random(1)) : comparison.full();
    }

    @BeforeAll
    void copyOnce(@TempDir Path folder) {
        server = TestRedis.start();
        redis = server.connect();
        LegacySample.load(redis);
        redis.set(
                "ngx:conv:one",
                "{\"a\": 1, \"b\": \"grüße\"}",
                SetParams.setParams().ex(4_000));
        redis.set("ngx:conv:two", "{\"a\": 2}", SetParams.setParams().ex(5_000));
        redis.set("ngx:conv:null", "null", SetParams.setParams().ex(5_000));
        redis.set("ngx:conv:number", "42", SetParams.setParams().ex(5_000));
        redis.set(
                "ngx:conv:binary".getBytes(UTF_8),
                NO_TEXT,
                SetParams.setParams().ex(5_000));
        redis.set("ngx:metr:visits", "17");
        redis.set("ngx:metr:sum", "100");
        redis.set("ngx:metrics:sum", "23");
        Cli.Outcome copied = Cli.in(TestProject.in(folder.resolve("project")).root())
                .run("migrate", "--yes", "--legacy", server.uri());
        assertThat(copied.exitCode()).as(copied.all()).isEqualTo(1);
        for (String key : TargetEntries.keys(redis, "*")) {
            byte[] name = key.getBytes(UTF_8);
            String type = redis.type(key);
            kept.put(
                    key,
                    new Kept(
                            type.equals("string") ? redis.get(name) : new byte[0],
                            type,
                            TargetEntries.deadline(redis, name)));
        }
        StoreUri uri = StoreUri.parse("--legacy", server.uri(), folder);
        maps = new MapSet(List.of(MigrationMaps.builtIn("services").orElseThrow()), Map.of());
        stores = new Stores(uri, uri, DataMover.KEY_PREFIX, "");
    }

    @AfterAll
    void stop() {
        redis.close();
        server.close();
    }

    @BeforeEach
    void putBack() {
        redis.flushAll();
        kept.forEach((key, entry) -> {
            byte[] name = key.getBytes(UTF_8);
            if (entry.type().equals("string")) {
                redis.set(name, entry.value());
                if (entry.deadline() >= 0) {
                    redis.pexpireAt(name, entry.deadline());
                }
            } else {
                redis.hset(key, "field", "of another type");
            }
        });
    }

    @Test
    void compare_nothingDamaged_findsNothing() {
        ComparisonResult result = compare(0, false);
        assertThat(result.differenceCount()).isZero();
        assertThat(result.equal()).isGreaterThan(40);
        assertThat(compare(10, false).differenceCount()).isZero();
    }

    @TestFactory
    Stream<DynamicTest> compare_oneDamage_isToldAsWhatItIs() {
        List<Damage> damages = damages();
        assertThat(damages).hasSizeGreaterThan(40);
        return damages.stream()
                .map(damage -> DynamicTest.dynamicTest(damage.name(), () -> {
                    putBack();
                    damage.done().run();
                    assertThat(told(compare(0, false))).containsExactlyInAnyOrderElementsOf(damage.differences());
                    assertThat(told(compare(0, true))).containsExactlyInAnyOrderElementsOf(damage.differences());
                }));
    }

    @Test
    void sampleOfAll_damagedValue_isFoundAndNoConfidenceIsLost() {
        patch(CONVERSATION, envelope -> envelope.withPayload("{}".getBytes(UTF_8)));
        ComparisonResult result = compare(100_000, false);
        assertThat(told(result)).containsExactly("VALUE conversations:conv:one");
        assertThat(result.confidence()).isEqualTo(1.0);
    }

    private static List<String> told(ComparisonResult result) {
        List<String> told = new ArrayList<>();
        for (Difference one : result.differences()) {
            told.add(one.kind() + " " + one.region() + ":" + one.id());
        }
        assertThat(result.differenceCount()).isEqualTo(told.size());
        return told;
    }

    private List<Damage> damages() {
        List<Damage> all = new ArrayList<>();
        missing(all);
        bytes(all);
        types(all);
        values(all);
        numbers(all);
        expiry(all);
        places(all);
        legacy(all);
        tags(all);
        return all;
    }

    private static final String MISSING = "MISSING conversations:conv:one";
    private static final String VALUE = "VALUE conversations:conv:one";
    private static final String TYPE = "TYPE conversations:conv:one";
    private static final String TTL = "TTL conversations:conv:one";

    private void missing(List<Damage> all) {
        all.add(new Damage("entry deleted", () -> redis.del(CONVERSATION), List.of(MISSING)));
        all.add(new Damage(
                "tombstone over a live entry",
                () -> put(
                        CONVERSATION,
                        Envelope.tombstone(read(CONVERSATION).createdMicros(), System.currentTimeMillis() + 3_600_000)),
                List.of(MISSING)));
        all.add(new Damage(
                "two entries deleted",
                () -> redis.del(CONVERSATION, OTHER),
                List.of(MISSING, "MISSING conversations:conv:two")));
        all.add(new Damage("null absent", () -> redis.del(NULL), List.of("MISSING conversations:conv:null")));
        all.add(new Damage("counter deleted", () -> redis.del(COUNTER), List.of("MISSING metrics:metr:visits")));
        all.add(new Damage("sum deleted", () -> redis.del(SUM), List.of("MISSING metrics:metr:sum")));
        all.add(new Damage(
                "list in the place of an entry",
                () -> {
                    redis.del(CONVERSATION);
                    redis.rpush(CONVERSATION, "x");
                },
                List.of(MISSING)));
    }

    private void bytes(List<Damage> all) {
        all.add(raw("envelope cut in the header", bytes -> Arrays.copyOf(bytes, 20)));
        all.add(raw("envelope cut in the payload", bytes -> Arrays.copyOf(bytes, bytes.length - 1)));
        all.add(raw("envelope empty", bytes -> new byte[0]));
        all.add(raw("byte behind the envelope", bytes -> Arrays.copyOf(bytes, bytes.length + 1)));
        all.add(raw("payload bit flipped, checksum left", bytes -> flipped(bytes, bytes.length - 1)));
        all.add(raw(
                "checksum bit flipped",
                bytes -> flipped(bytes, bytes.length - read(CONVERSATION).payload().length - 1)));
        all.add(raw("magic gone", bytes -> flipped(bytes, 0)));
        all.add(raw("version unknown", bytes -> flipped(bytes, 4)));
        all.add(raw("reserved bytes used", bytes -> flipped(bytes, 9)));
        all.add(raw("legacy bytes instead of an envelope", bytes -> redis.get("ngx:conv:one".getBytes(UTF_8))));
    }

    private void types(List<Damage> all) {
        all.add(patched("codec text instead of JSON", envelope -> codec(envelope, Envelope.CODEC_TEXT), TYPE));
        all.add(patched("codec bytes instead of JSON", envelope -> codec(envelope, Envelope.CODEC_BYTES), TYPE));
        all.add(patched("codec of a user's", envelope -> codec(envelope, 200), TYPE));
        all.add(new Damage(
                "codec text instead of bytes",
                () -> patch(BINARY, envelope -> codec(envelope, Envelope.CODEC_TEXT)),
                List.of("TYPE conversations:conv:binary")));
    }

    private void values(List<Damage> all) {
        all.add(payload("byte flipped, checksum right", "{\"a\": 3, \"b\": \"grüße\"}"));
        all.add(payload("value cut, checksum right", "{\"a\": 1, \"b\": \"gr"));
        all.add(payload("value twice", "{\"a\": 1, \"b\": \"grüße\"}{\"a\": 1, \"b\": \"grüße\"}"));
        all.add(payload("white space gone", "{\"a\":1,\"b\":\"grüße\"}"));
        all.add(payload("fields in another order", "{\"b\": \"grüße\", \"a\": 1}"));
        all.add(payload("field gone", "{\"a\": 1}"));
        all.add(payload("field added", "{\"a\": 1, \"b\": \"grüße\", \"c\": null}"));
        all.add(payload("letters escaped", "{\"a\": 1, \"b\": \"gr\\u00fc\\u00dfe\"}"));
        all.add(payload("letters decoded wrongly", "{\"a\": 1, \"b\": \"grÃ¼ÃŸe\"}"));
        all.add(payload("letters composed", "{\"a\": 1, \"b\": \"gru\u0308ße\"}"));
        all.add(payload("value empty", ""));
        all.add(payload("JSON in a JSON text", "\"{\\\"a\\\": 1, \\\"b\\\": \\\"grüße\\\"}\""));
        all.add(payload("case changed", "{\"A\": 1, \"b\": \"grüße\"}"));
        all.add(patched(
                "null instead of a value",
                envelope -> envelope.withPayload(new byte[0]).withFlags(envelope.flags() | Envelope.NULL),
                VALUE));
        all.add(new Damage(
                "value of another entry",
                () -> {
                    byte[] one = read(CONVERSATION).payload();
                    byte[] two = read(OTHER).payload();
                    patch(CONVERSATION, envelope -> envelope.withPayload(two));
                    patch(OTHER, envelope -> envelope.withPayload(one));
                },
                List.of(VALUE, "VALUE conversations:conv:two")));
        all.add(patched(
                "marked as compressed", envelope -> form(envelope, Envelope.ZSTD, Envelope.UNENCRYPTED), VALUE));
        all.add(patched(
                "marked as encrypted", envelope -> form(envelope, Envelope.UNCOMPRESSED, Envelope.AES_GCM), VALUE));
        all.add(new Damage(
                "bytes read as text and written again",
                () -> patch(BINARY, envelope -> envelope.withPayload(new String(NO_TEXT, UTF_8).getBytes(UTF_8))),
                List.of("VALUE conversations:conv:binary")));
        all.add(other("null as text", NULL, "\"null\""));
        all.add(other("null as nothing", NULL, ""));
    }

    private void numbers(List<Damage> all) {
        all.add(other("number as text", NUMBER, "\"42\""));
        all.add(other("number with a fraction", NUMBER, "42.0"));
        all.add(other("number with an exponent", NUMBER, "4.2e1"));
        all.add(other("number negated", NUMBER, "-42"));
        all.add(other("counter one too low", COUNTER, "16"));
        all.add(other("counter started anew", COUNTER, "0"));
        all.add(new Damage(
                "sum without its second part",
                () -> patch(SUM, envelope -> envelope.withMetadata(Map.of()).withPayload("100".getBytes(UTF_8))),
                List.of("VALUE metrics:metr:sum")));
        all.add(new Damage(
                "sum added twice",
                () -> patch(SUM, envelope -> envelope.withPayload("146".getBytes(UTF_8))),
                List.of("VALUE metrics:metr:sum")));
    }

    private void expiry(List<Damage> all) {
        all.add(deadline("expiry lost", envelope -> Envelope.NO_DEADLINE));
        all.add(deadline("expiry 5 s later", envelope -> envelope.deadlineMillis() + 5_000));
        all.add(deadline("expiry 5 s earlier", envelope -> envelope.deadlineMillis() - 5_000));
        all.add(deadline("expiry in seconds instead of milliseconds", envelope -> envelope.deadlineMillis() * 1_000));
        all.add(deadline("expiry of a whole day more", envelope -> envelope.deadlineMillis() + 86_400_000));
        all.add(new Damage(
                "expiry where there was none",
                () -> patch(COUNTER, envelope -> envelope.withDeadline(System.currentTimeMillis() + 7_200_000)),
                List.of("TTL metrics:metr:visits")));
        all.add(new Damage(
                "removed by the server before its time",
                () -> redis.pexpireAt(CONVERSATION, System.currentTimeMillis() - 1),
                List.of(MISSING)));
    }

    private void places(List<Damage> all) {
        all.add(new Damage(
                "wrong region", () -> redis.rename(CONVERSATION, "cs:customers:conv:one"), List.of(MISSING)));
        all.add(new Damage(
                "id in capitals",
                () -> redis.rename(CONVERSATION, "cs:conversations:conv:ONE"),
                List.of(MISSING, "EXTRA conversations:conv:ONE")));
        all.add(new Damage(
                "id with a space",
                () -> redis.rename(CONVERSATION, CONVERSATION + " "),
                List.of(MISSING, "EXTRA conversations:conv:one ")));
        all.add(new Damage(
                "id cut",
                () -> redis.rename(CONVERSATION, "cs:conversations:conv:on"),
                List.of(MISSING, "EXTRA conversations:conv:on")));
        all.add(new Damage(
                "entry under a second id",
                () -> redis.copy(CONVERSATION, "cs:conversations:conv:copy", false),
                List.of("EXTRA conversations:conv:copy")));
        all.add(new Damage(
                "other prefix", () -> redis.rename(CONVERSATION, "sc:conversations:conv:one"), List.of(MISSING)));
    }

    private void legacy(List<Damage> all) {
        all.add(new Damage(
                "legacy entry added and not copied",
                () -> redis.set("ngx:conv:new", "{}", SetParams.setParams().ex(3_600)),
                List.of("MISSING conversations:conv:new")));
        all.add(new Damage(
                "legacy entry deleted, copy left",
                () -> redis.del("ngx:conv:one"),
                List.of("EXTRA conversations:conv:one")));
        all.add(new Damage(
                "legacy entry changed, copy old",
                () -> redis.set(
                        "ngx:conv:one", "{\"a\": 9}", SetParams.setParams().keepTtl()),
                List.of(VALUE)));
        all.add(new Damage("legacy expiry renewed", () -> redis.expire("ngx:conv:one", 9_000), List.of(TTL)));
        all.add(new Damage("legacy expiry removed", () -> redis.persist("ngx:conv:one"), List.of(TTL)));
        all.add(new Damage(
                "legacy value became text",
                () -> redis.set("ngx:conv:one", "no JSON", SetParams.setParams().keepTtl()),
                List.of(TYPE)));
        all.add(new Damage(
                "legacy counter raised",
                () -> redis.incrBy("ngx:metr:visits", 5),
                List.of("VALUE metrics:metr:visits")));
    }

    private void tags(List<Damage> all) {
        String tagged = kept.keySet().stream()
                .filter(key -> key.startsWith("cs:http-responses:"))
                .filter(key -> !decoded(kept.get(key).value()).tags().isEmpty())
                .findFirst()
                .orElseThrow();
        String place = tagged.substring("cs:".length());
        all.add(new Damage(
                "tags lost", () -> patch(tagged, envelope -> envelope.withTags(List.of())), List.of("VALUE " + place)));
        all.add(new Damage(
                "another tag",
                () -> patch(tagged, envelope -> envelope.withTags(List.of("another"))),
                List.of("VALUE " + place)));
    }

    private Damage raw(String name, UnaryOperator<byte[]> change) {
        return new Damage(
                name,
                () -> {
                    byte[] key = CONVERSATION.getBytes(UTF_8);
                    redis.set(
                            key,
                            change.apply(redis.get(key)),
                            SetParams.setParams().keepTtl());
                },
                List.of(MISSING));
    }

    private Damage patched(String name, UnaryOperator<Envelope> change, String difference) {
        return new Damage(name, () -> patch(CONVERSATION, change), List.of(difference));
    }

    private Damage payload(String name, String value) {
        return patched(name, envelope -> envelope.withPayload(value.getBytes(UTF_8)), VALUE);
    }

    private Damage other(String name, String key, String value) {
        return new Damage(
                name,
                () -> patch(key, envelope -> envelope.withPayload(value.getBytes(UTF_8))),
                List.of("VALUE " + key.substring("cs:".length())));
    }

    private Damage deadline(String name, java.util.function.ToLongFunction<Envelope> deadline) {
        return patched(name, envelope -> envelope.withDeadline(deadline.applyAsLong(envelope)), TTL);
    }

    private void patch(String key, UnaryOperator<Envelope> change) {
        put(key, change.apply(read(key)));
    }

    private void put(String key, Envelope envelope) {
        redis.set(
                key.getBytes(UTF_8),
                EnvelopeFormat.encode(envelope),
                SetParams.setParams().keepTtl());
    }

    private Envelope read(String key) {
        return decoded(redis.get(key.getBytes(UTF_8)));
    }

    private static Envelope decoded(byte[] bytes) {
        try {
            return EnvelopeFormat.decode(bytes);
        } catch (EnvelopeException e) {
            throw new AssertionError("no envelope", e);
        }
    }

    private static Envelope codec(Envelope envelope, int codec) {
        return new Envelope(
                codec,
                envelope.compression(),
                envelope.encryption(),
                envelope.flags(),
                envelope.createdMicros(),
                envelope.deadlineMillis(),
                envelope.tags(),
                envelope.metadata(),
                envelope.payload());
    }

    private static Envelope form(Envelope envelope, int compression, int encryption) {
        return new Envelope(
                envelope.codec(),
                compression,
                encryption,
                envelope.flags(),
                envelope.createdMicros(),
                envelope.deadlineMillis(),
                envelope.tags(),
                envelope.metadata(),
                envelope.payload());
    }

    private static byte[] flipped(byte[] bytes, int place) {
        byte[] damaged = bytes.clone();
        damaged[place] ^= 1;
        return damaged;
    }
}
