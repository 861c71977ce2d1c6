package io.cachemigrator.cache.tier.disk;

import static io.cachemigrator.cache.tier.disk.DiskTiers.await;
import static io.cachemigrator.cache.tier.disk.DiskTiers.entry;
import static io.cachemigrator.cache.tier.disk.DiskTiers.payload;
import static io.cachemigrator.cache.tier.disk.DiskTiers.put;
import static org.assertj.core.api.Assertions.assertThat;

import io.cachemigrator.cache.config.DiskConfig;
import io.cachemigrator.cache.config.RegionConfig;
import io.cachemigrator.cache.contract.MovableClock;
import io.cachemigrator.cache.tier.ChangeListener;
import io.cachemigrator.cache.tier.EntryWrite;
import io.cachemigrator.cache.tier.PutCondition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes hear of each other's changes. */
@Tag("SVC-4")
class DiskChangesTest {
    private static final RegionConfig REGION = RegionConfig.builder("r").build();
    private static final byte[] VALUE = payload(10, 1);

    private final MovableClock clock = new MovableClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final Heard heard = new Heard();

    @TempDir
    private Path temp;

    private Path folder;
    private DiskTier listening;
    private DiskTier other;

    @BeforeEach
    void open() {
        folder = temp.resolve("cache");
        listening = new DiskTier(DiskConfig.of(folder), clock);
        other = new DiskTier(DiskConfig.of(folder), clock);
        listening.listen(heard);
    }

    @AfterEach
    void close() {
        listening.close();
        other.close();
    }

    /** Writes down what it is told. */
    private static final class Heard implements ChangeListener {
        private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

        @Override
        public void changed(String region, Collection<String> ids) {
            ids.forEach(id -> told.add("changed " + region + " " + id));
        }

        @Override
        public void tagsInvalidated(String region, Collection<String> tags, long atMicros) {
            told.add("tags " + region + " " + tags + " " + atMicros);
        }

        @Override
        public void prefixInvalidated(String region, String prefix, long atMicros) {
            told.add("prefix " + region + " " + prefix + " " + atMicros);
        }

        @Override
        public void cleared(String region) {
            told.add("cleared " + region);
        }

        @Override
        public void missed() {
            told.add("missed");
        }

        String next() throws InterruptedException {
            return told.poll(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void everyKindOfChange_isHeardInOrder() throws Exception {
        other.put(REGION, List.of(entry("a", VALUE), entry("b", VALUE)), PutCondition.ALWAYS);
        other.increment(REGION, "n", 1);
        other.expire(REGION, "a", 1_000);
        other.delete(REGION, List.of("b"));
        long tagsAt = other.invalidateTags(REGION, List.of("t", "u")).atMicros();
        long allAt = other.invalidateTags(null, List.of("t")).atMicros();
        long prefixAt = other.invalidatePrefix(REGION, "p:").atMicros();
        other.clear(REGION, "");

        List<String> told = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            told.add(heard.next());
        }
        assertThat(told)
                .containsExactly(
                        "changed r a",
                        "changed r b",
                        "changed r n",
                        "changed r a",
                        "changed r b",
                        "tags r [t, u] " + tagsAt,
                        "tags  [t] " + allAt,
                        "prefix r p: " + prefixAt,
                        "cleared r");
    }

    @Test
    void loadsAndOwnChanges_areNotHeard() throws Exception {
        other.put(REGION, List.of(entry("loaded", VALUE)), PutCondition.LOADED);
        put(listening, REGION, "own", VALUE);
        put(other, REGION, "last", VALUE);
        assertThat(heard.next()).isEqualTo("changed r last");
        assertThat(heard.told).isEmpty();
    }

    @Test
    void changes_whileNobodyListens_areNotLogged() throws Exception {
        put(other, REGION, "heard", VALUE);
        assertThat(heard.next()).isEqualTo("changed r heard");
        listening.close();
        put(other, REGION, "k", VALUE);
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("cache.db"));
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM change")) {
            assertThat(rows.getLong(1)).isEqualTo(1);
        }
    }

    @Test
    void heardUntil_advancesWhileTheFileCanBeRead() throws Exception {
        long first = listening.heardUntilNanos();
        await(() -> listening.heardUntilNanos() - first > 0);
        assertThat(other.heardUntilNanos()).isNull();
        assertThat(heard.told).isEmpty();
    }

    @Test
    void listener_afterItsRegistrationRanOut_hasMissedChanges() throws Exception {
        clock.advance(Duration.ofMinutes(2));
        put(other, REGION, "k", VALUE);
        assertThat(heard.next()).isEqualTo("missed");
        await(() -> heard.told.isEmpty());
        put(other, REGION, "next", VALUE);
        assertThat(heard.next()).isIn("changed r next", "changed r k");
    }

    @Test
    void listener_behindMoreThanTheLogKeeps_hasMissedChanges() throws Exception {
        List<EntryWrite> many = new ArrayList<>();
        for (int i = 0; i < 22_000; i++) {
            many.add(entry("k" + i, VALUE));
        }
        other.put(REGION, many, PutCondition.ALWAYS);
        assertThat(heard.next()).isEqualTo("missed");
        put(other, REGION, "next", VALUE);
        assertThat(heard.next()).isEqualTo("changed r next");
    }

    @Test
    void listener_whoseFolderWasDeleted_hasMissedChanges() throws Exception {
        put(other, REGION, "k", VALUE);
        assertThat(heard.next()).isEqualTo("changed r k");
        delete(folder);
        put(other, REGION, "k", VALUE);
        assertThat(heard.next()).isEqualTo("missed");
        put(other, REGION, "next", VALUE);
        await(() -> "changed r next".equals(heard.next()));
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
