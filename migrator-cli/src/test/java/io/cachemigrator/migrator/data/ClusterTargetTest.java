package io.cachemigrator.migrator.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachemigrator.cache.CacheService;
import io.cachemigrator.cache.Region;
import io.cachemigrator.cache.config.CacheConfig;
import io.cachemigrator.cache.envelope.Envelope;
import io.cachemigrator.cache.envelope.EnvelopeFormat;
import io.cachemigrator.map.translate.Fidelity;
import io.cachemigrator.map.translate.PayloadCodec;
import io.cachemigrator.map.translate.Translation;
import io.cachemigrator.migrator.project.StoreUri;
import io.cachemigrator.migrator.testkit.TestCluster;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import redis.clients.jedis.RedisClusterClient;

/** Copies into a real cluster beside a service that deletes: nothing that was deleted comes back. */
@Tag("CLI-7")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClusterTargetTest {
    private static final String REGION = "texts";
    private static final int ENTRIES = 60;
    private static final byte[] LARGE = "0123456789abcdef".repeat(200_000).getBytes(StandardCharsets.UTF_8);

    private TestCluster cluster;
    private RedisClusterClient client;
    private CacheService service;
    private Region<String> texts;
    private ClusterTarget target;

    @BeforeAll
    void start() {
        cluster = TestCluster.start();
        client = cluster.client();
        service =
                CacheService.open(CacheConfig.builder().redisUri(cluster.uri()).build());
        texts = service.region(REGION, String.class);
        target = new ClusterTarget(StoreUri.parse("--target", cluster.uri(), Path.of("")), "cs:", "run-1");
    }

    @AfterAll
    void stop() {
        target.close();
        service.close();
        client.close();
        cluster.close();
    }

    private static CopyEntry entry(String id, long readAt) {
        byte[] value = "copied".getBytes(StandardCharsets.UTF_8);
        Translation.Entry translation = new Translation.Entry(
                REGION,
                REGION,
                id,
                PayloadCodec.STRING,
                value,
                OptionalLong.empty(),
                List.of(),
                Map.of(),
                Fidelity.IDENTICAL,
                Set.of());
        Envelope envelope = Envelope.of(Envelope.CODEC_TEXT, value)
                .withFlags(Envelope.MIGRATED)
                .withCreated(readAt)
                .withMetadata(Map.of(RunMark.KEY, "run-1"));
        return new CopyEntry(id.getBytes(StandardCharsets.UTF_8), translation, envelope);
    }

    private long now() {
        return target.nowMillis() * 1_000;
    }

    @Test
    void write_deletedSinceItWasRead_isReadAgainAndNothingIsStored() {
        long readAt = now();
        List<CopyEntry> entries = IntStream.range(0, ENTRIES)
                .mapToObj(i -> entry("a" + i, readAt))
                .toList();
        entries.forEach(entry -> texts.put(entry.id(), "mine"));
        entries.stream().limit(ENTRIES / 2).forEach(entry -> texts.delete(entry.id()));
        List<WriteState> states = target.write(entries, new WriteTerms(readAt, false), replaced -> {});
        for (int i = 0; i < ENTRIES; i++) {
            boolean deleted = i < ENTRIES / 2;
            // another id's deletion may be remembered under the same part
            assertThat(states.get(i)).isIn(WriteState.READ_AGAIN, deleted ? WriteState.READ_AGAIN : WriteState.NEWER);
            assertThat(texts.exists(entries.get(i).id())).isEqualTo(!deleted);
        }
        assertThat(states).contains(WriteState.NEWER);
    }

    @Test
    void write_deletionRememberedBetweenWritingAndLookingAgain_isTakenBack() {
        long readAt = now();
        List<CopyEntry> entries = IntStream.range(0, ENTRIES)
                .mapToObj(i -> entry("b" + i, readAt))
                .toList();
        // an older entry of the application makes the copy ask before it is replaced: by then the others are written
        client.set(
                "cs:texts:b0".getBytes(StandardCharsets.UTF_8),
                EnvelopeFormat.encode(
                        Envelope.of(Envelope.CODEC_TEXT, new byte[] {'o'}).withCreated(readAt - 1_000_000)));
        List<WriteState> states = target.write(entries, new WriteTerms(readAt, true), replaced -> {
            String part =
                    RedisScript.sha1("b1".getBytes(StandardCharsets.UTF_8)).substring(0, 3);
            // as the service does first, before it deletes
            client.hset("cs:{!}deleted:texts", part, String.valueOf(now()));
        });
        assertThat(states.get(0)).isEqualTo(WriteState.WRITTEN);
        assertThat(states.get(1)).isEqualTo(WriteState.READ_AGAIN);
        assertThat(client.exists("cs:texts:b1")).isFalse();
        assertThat(client.exists("cs:texts:b2")).isTrue();
    }

    @Test
    void write_nothingDeleted_isWrittenOnEveryMaster() {
        long readAt = now();
        List<CopyEntry> entries = IntStream.range(0, ENTRIES)
                .mapToObj(i -> entry("c" + i, readAt))
                .toList();
        assertThat(target.write(entries, new WriteTerms(readAt, true), replaced -> {}))
                .allMatch(state -> state == WriteState.WRITTEN || state == WriteState.READ_AGAIN)
                .contains(WriteState.WRITTEN);
        assertThat(texts.get("c1")).isEqualTo("copied");
    }

    /** Writes a large text as read at a time; {@code meanwhile} happens when all of it is at the target. */
    private WriteState writeLarge(String id, long readAt, Runnable meanwhile) throws IOException {
        try (LargeValue value = new LargeValue()) {
            value.begin("string");
            value.piece(LARGE);
            value.end();
            Envelope envelope = Envelope.of(Envelope.CODEC_TEXT, new byte[0])
                    .withFlags(Envelope.MIGRATED)
                    .withCreated(readAt)
                    .withMetadata(Map.of(RunMark.KEY, "run-1"));
            LargeCopy copy = new LargeCopy(new CopyTarget.Place(REGION, id), envelope, value, readAt, () -> {
                meanwhile.run();
                return new LargeCopy.Confirmed(envelope, new WriteTerms(readAt, true));
            });
            return target.writeLarge(copy, replaced -> {});
        }
    }

    /** As the service does first, before it deletes. */
    private void rememberDeletion(String id) {
        String part = RedisScript.sha1(id.getBytes(StandardCharsets.UTF_8)).substring(0, 3);
        client.hset("cs:{!}deleted:texts", part, String.valueOf(now()));
    }

    @Test
    void writeLarge_nothingDeleted_isWrittenWhole() throws IOException {
        assertThat(writeLarge("large-1", now(), () -> {})).isEqualTo(WriteState.WRITTEN);
        assertThat(texts.get("large-1")).isEqualTo(new String(LARGE, StandardCharsets.UTF_8));
    }

    @Test
    void writeLarge_deletedSinceItWasRead_isReadAgainAndNothingIsBrought() throws IOException {
        long readAt = now();
        rememberDeletion("large-2");
        assertThat(writeLarge("large-2", readAt, () -> {
                    throw new AssertionError("it was brought to the target");
                }))
                .isEqualTo(WriteState.READ_AGAIN);
        assertThat(client.exists("cs:texts:large-2")).isFalse();
    }

    @Test
    void writeLarge_deletedWhileItIsBrought_isTakenBack() throws IOException {
        assertThat(writeLarge("large-3", now(), () -> rememberDeletion("large-3")))
                .isEqualTo(WriteState.READ_AGAIN);
        assertThat(client.exists("cs:texts:large-3")).isFalse();
    }
}
