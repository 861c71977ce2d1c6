package io.cachemigrator.cache.tier.disk;

import static io.cachemigrator.cache.tier.disk.DiskTiers.await;
import static io.cachemigrator.cache.tier.disk.DiskTiers.entry;
import static io.cachemigrator.cache.tier.disk.DiskTiers.get;
import static io.cachemigrator.cache.tier.disk.DiskTiers.payload;
import static io.cachemigrator.cache.tier.disk.DiskTiers.put;
import static org.assertj.core.api.Assertions.assertThat;

import io.cachemigrator.cache.config.DiskConfig;
import io.cachemigrator.cache.config.RegionConfig;
import io.cachemigrator.cache.tier.EntryWrite;
import io.cachemigrator.cache.tier.Incremented;
import io.cachemigrator.cache.tier.PutCondition;
import io.cachemigrator.cache.tier.PutResult;
import io.cachemigrator.cache.tier.TierPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values over 256 KiB, which are in files beside the database. */
@Tag("SVC-3")
class DiskValuesTest {
    private static final RegionConfig REGION =
            RegionConfig.builder("r").tagIndex(true).build();
    private static final int LARGE = 300_000;

    @TempDir
    private Path folder;

    private DiskTier tier;

    @BeforeEach
    void open() {
        tier = new DiskTier(new DiskConfig(folder, 10_000_000), Clock.systemUTC());
    }

    @AfterEach
    void close() {
        tier.close();
    }

    private List<Path> files() throws IOException {
        Path values = folder.resolve("values");
        if (!Files.isDirectory(values)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(values)) {
            return files.toList();
        }
    }

    @Test
    void largeValue_isKeptInAFile() throws Exception {
        byte[] value = payload(LARGE, 1);
        put(tier, REGION, "k", value);
        put(tier, REGION, "small", payload(1_000, 2));

        assertThat(files()).hasSize(1);
        assertThat(get(tier, REGION, "k")).isEqualTo(value);
        assertThat(tier.exists(REGION, "k")).isTrue();
        assertThat(tier.occupancy(REGION).bytes()).isGreaterThan(LARGE);
        try (DiskTier other = new DiskTier(DiskConfig.of(folder), Clock.systemUTC())) {
            assertThat(get(other, REGION, "k")).isEqualTo(value);
        }
    }

    @Test
    void replacedDeletedAndEvictedValues_leaveNoFile() throws Exception {
        put(tier, REGION, "k", payload(LARGE, 1));
        put(tier, REGION, "k", payload(LARGE, 2));
        assertThat(files()).hasSize(1);
        put(tier, REGION, "k", payload(10, 3));
        assertThat(files()).isEmpty();
        put(tier, REGION, "k", payload(LARGE, 4));
        assertThat(tier.delete(REGION, List.of("k"))).isEqualTo(1);
        assertThat(files()).isEmpty();
        for (int i = 0; i < 40; i++) {
            put(tier, REGION, "k" + i, payload(LARGE, i));
        }
        assertThat(files()).hasSize(33);
        assertThat(get(tier, REGION, "k39")).isEqualTo(payload(LARGE, 39));
        assertThat(tier.exists(REGION, "k0")).isFalse();
        tier.clear(REGION, "");
        assertThat(files()).isEmpty();
    }

    @Test
    void deadlineTagsAndCounters_ofALargeValue_areAsOfAnyOther() throws Exception {
        byte[] value = payload(LARGE, 1);
        tier.put(REGION, List.of(entry("k", value, "t")), PutCondition.ALWAYS);
        assertThat(tier.expire(REGION, "k", 60_000)).isTrue();
        assertThat(get(tier, REGION, "k")).isEqualTo(value);
        assertThat(tier.increment(REGION, "k", 1)).isEqualTo(Incremented.NOT_AN_INTEGER);
        assertThat(tier.put(REGION, List.of(entry("k", value)), PutCondition.IF_ABSENT))
                .isInstanceOf(PutResult.ConditionNotMet.class);
        assertThat(files()).as("the refused one's file is gone").hasSize(1);
        assertThat(tier.invalidateTags(REGION, List.of("t")).entries()).hasValue(1);
        assertThat(get(tier, REGION, "k")).isNull();
        assertThat(files()).isEmpty();
    }

    @Test
    void valueWhoseFileIsGoneOrTorn_countsAsAbsent() throws Exception {
        for (int i = 0; i < 3; i++) {
            put(tier, REGION, "k" + i, payload(LARGE, i));
            Path file = folder.resolve("values").resolve(newest());
            if (i == 0) {
                Files.delete(file);
            } else if (i == 1) {
                byte[] bytes = Files.readAllBytes(file);
                bytes[LARGE / 2] ^= 1;
                Files.write(file, bytes);
            } else {
                Files.write(file, new byte[100]);
            }
            assertThat(get(tier, REGION, "k" + i)).isNull();
        }
        // their entries go too, so that a condition sees what a reader sees
        await(() -> tier.occupancy(REGION).entries() == 0);
        assertThat(tier.put(REGION, List.of(entry("k0", payload(LARGE, 9))), PutCondition.IF_ABSENT))
                .isInstanceOf(PutResult.Stored.class);
    }

    private String newest() throws IOException {
        Set<String> known = new HashSet<>(seen);
        for (Path file : files()) {
            seen.add(String.valueOf(file.getFileName()));
        }
        return seen.stream().filter(name -> !known.contains(name)).findFirst().orElseThrow();
    }

    private final Set<String> seen = new HashSet<>();

    @Test
    void filesThatNoEntryNames_areRemovedOnceTheyAreOld() throws Exception {
        put(tier, REGION, "k", payload(LARGE, 1));
        Path named = files().get(0);
        Path orphan = Files.write(folder.resolve("values/00000000000000aa"), new byte[10]);
        Path partial = Files.write(folder.resolve("values/00000000000000ab.part"), new byte[10]);
        Path young = Files.write(folder.resolve("values/00000000000000ac"), new byte[10]);
        FileTime old = FileTime.from(Instant.now().minus(Duration.ofHours(1)));
        for (Path file : List.of(named, orphan, partial)) {
            Files.setLastModifiedTime(file, old);
        }
        tier.close();
        open();
        assertThat(get(tier, REGION, "k")).isNotNull();

        await(() -> !Files.exists(orphan) && !Files.exists(partial));
        assertThat(named).exists();
        assertThat(young).exists();
    }

    @Test
    void scan_inPages_findsLargeValuesToo() throws Exception {
        for (int i = 0; i < 25; i++) {
            put(tier, REGION, "k" + i, payload(i % 5 == 0 ? LARGE : 100, i));
        }
        Set<String> found = new HashSet<>();
        String from = null;
        int pages = 0;
        do {
            TierPage page = tier.scan(REGION, from, 4);
            for (String id : page.entries().keySet()) {
                int i = Integer.parseInt(id.substring(1));
                assertThat(page.entries().get(id)).endsWith(payload(i % 5 == 0 ? LARGE : 100, i));
                assertThat(found.add(id)).isTrue();
            }
            from = page.next();
            pages++;
        } while (from != null);
        assertThat(found).hasSize(25);
        assertThat(pages).isBetween(7, 8);
    }

    @Test
    void values_afterTheFolderWasDeleted_areWrittenToANewOne() throws Exception {
        put(tier, REGION, "k", payload(LARGE, 1));
        for (Path file : files()) {
            Files.delete(file);
        }
        Files.delete(folder.resolve("values"));
        assertThat(get(tier, REGION, "k")).isNull();
        put(tier, REGION, "k", payload(LARGE, 2));
        assertThat(get(tier, REGION, "k")).isEqualTo(payload(LARGE, 2));
    }

    @Test
    void entryLargerThanTheLimit_isRefusedAndLeavesNoFile() throws Exception {
        put(tier, REGION, "k", payload(100, 1));
        assertThat(tier.put(REGION, List.of(entry("big", payload(10_000_000, 1))), PutCondition.ALWAYS))
                .isInstanceOf(PutResult.TooLarge.class);
        List<EntryWrite> together = List.of(entry("a", payload(6_000_000, 1)), entry("b", payload(6_000_000, 1)));
        assertThat(tier.put(REGION, together, PutCondition.ALWAYS)).isInstanceOf(PutResult.TooLarge.class);
        assertThat(files()).isEmpty();
        assertThat(tier.exists(REGION, "k")).isTrue();
    }
}
