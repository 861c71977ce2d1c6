package io.cachemigrator.migrator.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachemigrator.cache.envelope.Envelope;
import io.cachemigrator.cache.envelope.EnvelopeFormat;
import io.cachemigrator.map.translate.Fidelity;
import io.cachemigrator.map.translate.PayloadCodec;
import io.cachemigrator.map.translate.Translation;
import io.cachemigrator.migrator.project.StoreUri;
import io.cachemigrator.migrator.testkit.TestRedis;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Jedis;

/** What a copy may replace in a Redis target, and what it must leave: each rule of the copy protocol on a real server. */
@Tag("CLI-7")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RedisTargetTest {
    private static final String RUN = "this-run";
    private static final String ID = "conv:1";
    private static final byte[] KEY = utf8("cs:conversations:" + ID);
    private static final long SECOND = 1_000_000;

    private TestRedis server;
    private Jedis redis;
    private RedisTarget target;
    private long now;
    private final List<CopyTarget.Replaced> replaced = new ArrayList<>();

    @BeforeAll
    void start() {
        server = TestRedis.start();
        redis = server.connect();
        target = new RedisTarget(
                RedisLink.open(StoreUri.parse("--target", server.uri(), Path.of("")), "target"), "cs:", RUN);
    }

    @AfterAll
    void stop() {
        target.close();
        redis.close();
        server.close();
    }

    @BeforeEach
    void clear() {
        redis.flushAll();
        replaced.clear();
        List<String> time = redis.time();
        now = Long.parseLong(time.get(0)) * SECOND + Long.parseLong(time.get(1));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Envelope envelope(String value, int flags, long createdMicros, String run) {
        return new Envelope(
                Envelope.CODEC_TEXT,
                Envelope.UNCOMPRESSED,
                Envelope.UNENCRYPTED,
                flags,
                createdMicros,
                Envelope.NO_DEADLINE,
                List.of(),
                run.isEmpty() ? Map.of() : Map.of(RunMark.KEY, run),
                utf8(value));
    }

    private static Envelope ofTheApplication(String value, long createdMicros) {
        return envelope(value, 0, createdMicros, "");
    }

    private static CopyEntry entry(String id, String value, long readAt) {
        Translation.Entry translation = new Translation.Entry(
                "conversations",
                "conversations",
                id,
                PayloadCodec.STRING,
                utf8(value),
                OptionalLong.empty(),
                List.of(),
                Map.of(),
                Fidelity.IDENTICAL,
                Set.of());
        return new CopyEntry(utf8("ngx:" + id), translation, envelope(value, Envelope.MIGRATED, readAt, RUN));
    }

    private WriteState write(String value, long readAt, boolean legacyCounts) {
        return target.write(List.of(entry(ID, value, readAt)), new WriteTerms(readAt, legacyCounts), replaced::add)
                .get(0);
    }

    private void store(Envelope envelope) {
        redis.set(KEY, EnvelopeFormat.encode(envelope));
    }

    private Envelope stored() throws Exception {
        return EnvelopeFormat.decode(redis.get(KEY));
    }

    private String value() throws Exception {
        return new String(stored().payload(), StandardCharsets.UTF_8);
    }

    @Test
    void write_nothingThere_isWrittenAndVerified() throws Exception {
        assertThat(write("copied", now, true)).isEqualTo(WriteState.WRITTEN);
        assertThat(value()).isEqualTo("copied");
        assertThat(write("copied", now, true)).as("again").isEqualTo(WriteState.WRITTEN);
        assertThat(replaced).isEmpty();
    }

    @Test
    void write_serverForgotItsScripts_isWritten() throws Exception {
        redis.scriptFlush();
        assertThat(write("copied", now, true)).isEqualTo(WriteState.WRITTEN);
        assertThat(value()).isEqualTo("copied");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void write_readMoreThanTenSecondsAgo_isReadAgainAndNothingIsWritten(boolean legacyCounts) {
        assertThat(write("late", now - 11 * SECOND, legacyCounts)).isEqualTo(WriteState.READ_AGAIN);
        assertThat(redis.dbSize()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1})
    void write_asNewFromTheApplication_losesAlsoInTheSameMicrosecond(long later) throws Exception {
        store(ofTheApplication("newer", now + later));
        assertThat(write("copied", now, true)).isEqualTo(WriteState.NEWER);
        assertThat(value()).isEqualTo("newer");
    }

    @Test
    void write_tombstoneAsNew_staysDeleted() throws Exception {
        store(Envelope.tombstone(now, now / 1_000 + 60_000));
        assertThat(write("copied", now, true)).isEqualTo(WriteState.NEWER);
        assertThat(stored().isTombstone()).isTrue();
    }

    @Test
    void write_tombstoneOlder_isReplacedOnlyWhereTheLegacyLayoutCounts() throws Exception {
        store(Envelope.tombstone(now - SECOND, now / 1_000 + 60_000));
        assertThat(write("copied", now, false)).isEqualTo(WriteState.NEWER);
        assertThat(stored().isTombstone()).isTrue();
        assertThat(write("copied", now, true)).isEqualTo(WriteState.WRITTEN);
        assertThat(value()).isEqualTo("copied");
    }

    @Test
    void write_olderFromTheApplication_isKeptAndReplacedOnlyWhereTheLegacyLayoutCounts() throws Exception {
        store(ofTheApplication("missed by the mirror", now - SECOND));
        assertThat(write("copied", now, false)).isEqualTo(WriteState.NEWER);
        assertThat(value()).isEqualTo("missed by the mirror");
        assertThat(write("copied", now, true)).isEqualTo(WriteState.WRITTEN);
        assertThat(value()).isEqualTo("copied");
        assertThat(replaced)
                .singleElement()
                .satisfies(kept -> assertThat(kept.envelope().payload()).isEqualTo(utf8("missed by the mirror")));
    }

    @Test
    void write_olderAndAlikeFromTheApplication_stays() throws Exception {
        store(ofTheApplication("alike", now - SECOND));
        assertThat(write("alike", now, true)).isEqualTo(WriteState.NEWER);
        assertThat(stored().isMigrated()).isFalse();
    }

    @Test
    void write_earlierRunsCopy_isKeptAndReplaced_butNeverALaterOne() throws Exception {
        store(envelope("of an earlier run", Envelope.MIGRATED, now - SECOND, "earlier"));
        assertThat(write("copied", now, false)).isEqualTo(WriteState.WRITTEN);
        assertThat(value()).isEqualTo("copied");
        assertThat(replaced).hasSize(1);
        assertThat(write("in hand for longer", now - 2 * SECOND, true)).isEqualTo(WriteState.SAME);
        assertThat(value()).isEqualTo("copied");
        assertThat(replaced).hasSize(1);
    }

    @Test
    void write_bytesThatAreNoEnvelope_areNeverTouched() {
        redis.set(KEY, utf8("somebody else's, and longer than the forty bytes of an envelope"));
        assertThat(write("copied", now, true)).isEqualTo(WriteState.NEWER);
        assertThat(redis.get(KEY)).startsWith(utf8("somebody else's"));
        redis.del(KEY);
        redis.sadd(KEY, utf8("a set"));
        assertThat(write("copied", now, true)).isEqualTo(WriteState.NEWER);
        assertThat(redis.type(KEY)).isEqualTo("set");
    }

    @Test
    void write_deletedSinceItWasRead_isReadAgain() {
        String part = RedisScript.sha1(utf8(ID)).substring(0, 3);
        redis.hset("cs:{!}deleted:conversations", part, String.valueOf(now));
        assertThat(write("copied", now, true)).isEqualTo(WriteState.READ_AGAIN);
        assertThat(redis.exists(KEY)).isFalse();
        assertThat(write("copied", now + 1, true)).as("read later").isEqualTo(WriteState.WRITTEN);
    }

    @Test
    void write_everythingDeletedSinceItWasRead_isReadAgain() {
        redis.hset("cs:{!}deleted:conversations", "*", String.valueOf(now));
        assertThat(write("copied", now, true)).isEqualTo(WriteState.READ_AGAIN);
        assertThat(redis.exists(KEY)).isFalse();
    }

    @Test
    void write_aBatch_judgesEachEntryOfItsOwn() {
        List<CopyEntry> batch = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            batch.add(entry("conv:" + i, "value " + i, now));
        }
        redis.set(utf8("cs:conversations:conv:7"), EnvelopeFormat.encode(ofTheApplication("newer", now)));
        redis.set(utf8("cs:conversations:conv:8"), EnvelopeFormat.encode(ofTheApplication("older", now - 1)));
        redis.hset(
                "cs:{!}deleted:conversations",
                RedisScript.sha1(utf8("conv:9")).substring(0, 3),
                String.valueOf(now + 1));
        List<WriteState> states = target.write(batch, new WriteTerms(now, true), replaced::add);
        assertThat(states.get(7)).isEqualTo(WriteState.NEWER);
        assertThat(states.get(8)).isEqualTo(WriteState.WRITTEN);
        assertThat(states.get(9)).isEqualTo(WriteState.READ_AGAIN);
        assertThat(states).filteredOn(state -> state == WriteState.WRITTEN).hasSizeGreaterThan(990);
        assertThat(redis.get("cs:conversations:conv:9")).isNull();
    }
}
