package io.cachemigrator.migrator.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cachemigrator.cache.envelope.Envelope;
import io.cachemigrator.cache.envelope.EnvelopeFormat;
import io.cachemigrator.migrator.project.StoreUri;
import io.cachemigrator.migrator.testkit.TestRedis;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.params.SetParams;

/** A large copy obeys the rules that batches obey, and leaves nothing behind when it loses. */
@Tag("CLI-7")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RedisTargetLargeTest {
    private static final CopyTarget.Place PLACE = new CopyTarget.Place("things", "big");
    private static final byte[] KEY = "cs:things:big".getBytes(UTF_8);
    private static final byte[] VALUE = "0123456789abcdef".repeat(200_000).getBytes(UTF_8);
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
                RedisLink.open(StoreUri.parse("--target", server.uri(), Path.of("")), "target"), "cs:", "this-run");
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

    private static Envelope envelope(int flags, long createdMicros, String run, byte[] payload) {
        return new Envelope(
                Envelope.CODEC_TEXT,
                Envelope.UNCOMPRESSED,
                Envelope.UNENCRYPTED,
                flags,
                createdMicros,
                Envelope.NO_DEADLINE,
                List.of(),
                run.isEmpty() ? Map.of() : Map.of(RunMark.KEY, run),
                payload);
    }

    /** Writes the value as read at a time; {@code meanwhile} happens when all of it is at the target. */
    private WriteState write(long readAt, boolean legacyCounts, Runnable meanwhile) throws IOException {
        try (LargeValue value = new LargeValue()) {
            value.begin("string");
            value.piece(VALUE);
            value.end();
            Envelope envelope = envelope(Envelope.MIGRATED, readAt, "this-run", new byte[0]);
            LargeCopy copy = new LargeCopy(PLACE, envelope, value, envelope.createdMicros(), () -> {
                meanwhile.run();
                return new LargeCopy.Confirmed(envelope, new WriteTerms(readAt, legacyCounts));
            });
            return target.writeLarge(copy, replaced::add);
        }
    }

    private void assertNothingElseIsThere() {
        assertThat(redis.keys("cs:!*")).isEmpty();
    }

    @Test
    void nothingThere_isWritten_whole() throws Exception {
        assertThat(write(now, false, () -> {})).isEqualTo(WriteState.WRITTEN);

        assertThat(EnvelopeFormat.decode(redis.get(KEY)).payload()).isEqualTo(VALUE);
        assertThat(redis.pttl(KEY)).isEqualTo(-1);
        assertNothingElseIsThere();
    }

    @Test
    void applicationWroteMeanwhile_itStays() throws Exception {
        byte[] newer = EnvelopeFormat.encode(envelope(0, now + SECOND, "", "newer".getBytes(UTF_8)));

        assertThat(write(now, true, () -> redis.set(KEY, newer))).isEqualTo(WriteState.NEWER);

        assertThat(redis.get(KEY)).isEqualTo(newer);
        assertNothingElseIsThere();
    }

    @Test
    void applicationDeletedSinceTheReading_isReadAgain() throws Exception {
        String part = RedisScript.sha1("big".getBytes(UTF_8)).substring(0, 3);
        redis.hset("cs:{!}deleted:things", part, String.valueOf(now + SECOND));

        assertThat(write(now, true, () -> {})).isEqualTo(WriteState.READ_AGAIN);

        assertThat(redis.exists(KEY)).isFalse();
        assertNothingElseIsThere();
    }

    @Test
    void readLongAgo_isReadAgain() throws Exception {
        assertThat(write(now - 60 * SECOND, true, () -> {})).isEqualTo(WriteState.READ_AGAIN);

        assertThat(redis.exists(KEY)).isFalse();
        assertNothingElseIsThere();
    }

    @Test
    void olderCopyOfAnEarlierRun_isKeptAndReplaced() throws Exception {
        Envelope older = envelope(Envelope.MIGRATED, now - SECOND, "earlier-run", "older".getBytes(UTF_8));
        redis.set(KEY, EnvelopeFormat.encode(older), SetParams.setParams().ex(100));

        assertThat(write(now, false, () -> {})).isEqualTo(WriteState.WRITTEN);

        assertThat(replaced).extracting(CopyTarget.Replaced::envelope).containsExactly(older);
        assertThat(redis.pttl(KEY)).isEqualTo(-1);
        assertNothingElseIsThere();
    }

    @Test
    void somethingForeign_stays() throws Exception {
        redis.lpush(KEY, "foreign".getBytes(UTF_8));

        assertThat(write(now, true, () -> {})).isEqualTo(WriteState.NEWER);

        assertThat(redis.type(KEY)).isEqualTo("list");
        assertNothingElseIsThere();
    }

    @Test
    void copyThatIsGoneBeforeItIsInItsPlace_isReadAgain() throws Exception {
        assertThat(write(now, true, () -> redis.keys("cs:!*").forEach(redis::del)))
                .isEqualTo(WriteState.READ_AGAIN);

        assertThat(redis.exists(KEY)).isFalse();
    }

    @Test
    void copyOnItsWay_goesByItself() throws Exception {
        List<Long> left = new ArrayList<>();

        write(now, true, () -> redis.keys("cs:!*").forEach(key -> left.add(redis.pttl(key))));

        assertThat(left).hasSize(1);
        assertThat(left.get(0)).isBetween(1L, 60_000L);
    }
}
