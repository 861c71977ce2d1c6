package io.cachemigrator.migrator.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cachemigrator.map.translate.LegacyEntry;
import io.cachemigrator.migrator.legacy.LegacyReader;
import io.cachemigrator.migrator.project.StoreUri;
import io.cachemigrator.migrator.testkit.TestRedis;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Jedis;

/** A key that changes while it is read in pieces is noticed, and what is much together is not read at once. */
@Tag("CLI-7")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RedisLargeReadingTest {
    private static final String KEY = "shop:hash";
    private static final int FIELDS = 100_000;

    private TestRedis server;
    private Jedis redis;
    private RedisReader reader;

    @BeforeAll
    void start() {
        server = TestRedis.start();
        redis = server.connect();
        reader = new RedisReader(RedisLink.open(StoreUri.parse("--legacy", server.uri(), Path.of("")), "legacy"));
    }

    @AfterAll
    void stop() {
        reader.close();
        redis.close();
        server.close();
    }

    @BeforeEach
    void load() {
        redis.flushAll();
        Map<String, String> fields = new HashMap<>();
        for (int i = 0; i < FIELDS; i++) {
            fields.put("field-" + i, "value-" + i);
        }
        redis.hset(KEY, fields);
        redis.expire(KEY, 3_600);
    }

    private LegacyEntry entry() {
        LegacyEntry entry = reader.read(List.of(KEY.getBytes(UTF_8))).get(0);
        assertThat(entry).isNotNull();
        assertThat(entry.large()).isTrue();
        return entry;
    }

    /** Counts pieces, and does something after so many. */
    private static final class Counting implements LegacyReader.Pieces {
        private final int at;
        private final Runnable change;
        private int pieces;

        Counting(int at, Runnable change) {
            this.at = at;
            this.change = change;
        }

        @Override
        public void begin(String redisType) {
            pieces = 0;
        }

        @Override
        public void piece(byte[] bytes) {
            throw new AssertionError("a hash has fields");
        }

        @Override
        public void pair(byte[] name, byte[] value) {
            if (++pieces == at) {
                change.run();
            }
        }
    }

    private LegacyEntry changed(Consumer<Jedis> change) throws IOException {
        LegacyEntry entry = entry();
        Counting counting = new Counting(50_000, () -> change.accept(redis));
        reader.readLarge(entry, counting);
        return reader.ifUnchanged(entry);
    }

    @Test
    void unchanged_isToldWithWhatIsLeftOfItsLife() throws IOException {
        LegacyEntry now = changed(unused -> {});

        assertThat(now).isNotNull();
        assertThat(now.remainingTtlMillis()).isBetween(3_500_000L, 3_600_000L);
    }

    @Test
    void changedWhileItIsRead_isNoticed() throws IOException {
        assertThat(changed(other -> other.hset(KEY, "field-1", "changed"))).isNull();
        assertThat(changed(other -> other.expire(KEY, 7_200))).isNull();
        assertThat(changed(other -> other.persist(KEY))).isNull();
        assertThat(changed(other -> other.del(KEY))).isNull();
    }

    @Test
    void askedTwice_orNeverRead_isNotTakenForUnchanged() throws IOException {
        LegacyEntry entry = entry();
        assertThat(reader.ifUnchanged(entry)).isNull();
        assertThat(reader.readLarge(entry, new Counting(-1, () -> {}))).isTrue();
        assertThat(reader.ifUnchanged(entry)).isNotNull();
        assertThat(reader.ifUnchanged(entry)).isNull();
    }

    @Test
    void anotherTypeByNow_isNotRead() throws IOException {
        LegacyEntry entry = entry();
        redis.del(KEY);
        redis.set(KEY, "text");

        assertThat(reader.readLarge(entry, new Counting(-1, () -> {}))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"set", "hash"})
    void muchTogether_isPartlyTakenForLarge(String type) {
        redis.flushAll();
        for (int i = 0; i < 12; i++) {
            if (type.equals("hash")) {
                redis.hset("k" + i, "field", "x".repeat(1 << 20));
            } else {
                redis.set("k" + i, "x".repeat(1 << 20));
            }
        }
        List<byte[]> keys =
                redis.keys("k*").stream().map(key -> key.getBytes(UTF_8)).toList();

        List<LegacyEntry> entries = reader.read(keys);

        assertThat(entries).hasSize(12).doesNotContainNull();
        long inMemory =
                entries.stream().mapToLong(entry -> entry.value().length).sum();
        assertThat(inMemory).isBetween(1L << 20, 5L << 20);
        assertThat(entries.stream().filter(LegacyEntry::large).count()).isBetween(8L, 11L);
    }
}
