package io.cachemigrator.cache.tier.memory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cachemigrator.cache.config.RegionConfig;
import io.cachemigrator.cache.contract.MovableClock;
import io.cachemigrator.cache.envelope.Envelope;
import io.cachemigrator.cache.envelope.EnvelopeFormat;
import io.cachemigrator.cache.tier.EntryWrite;
import io.cachemigrator.cache.tier.Occupancy;
import io.cachemigrator.cache.tier.PutCondition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("SVC-3")
class MemoryTierTest {
    private final MovableClock clock = new MovableClock(Instant.parse("2026-01-02T03:04:05Z"));
    private final MemoryTier tier = new MemoryTier(clock);
    private final RegionConfig region =
            RegionConfig.builder("r").memoryMaxEntries(100).build();
    private final NearCopies copies = tier.copiesOf(region, clock::millis);

    private static byte[] envelope(String value, long created, String... tags) {
        return EnvelopeFormat.encode(Envelope.of(Envelope.CODEC_TEXT, value.getBytes(UTF_8))
                .withCreated(created)
                .withTags(List.of(tags)));
    }

    private void put(String id, String... tags) {
        tier.put(region, List.of(new EntryWrite(id, envelope("v", 0, tags), 1_000)), PutCondition.ALWAYS);
    }

    @Test
    @Tag("SVC-4")
    void keep_afterAChangeInBetween_keepsNothing() {
        long before = copies.ticket("k");
        copies.change("k", envelope("new", 2), copies.ticket("k"));

        copies.keep("k", envelope("old", 1), before);

        assertThat(copies.find("k").envelope()).isEqualTo(envelope("new", 2));
    }

    @Test
    @Tag("SVC-4")
    void change_besideAnotherChange_dropsTheCopy() {
        long first = copies.ticket("k");
        long second = copies.ticket("k");
        copies.change("k", envelope("one", 1), first);
        copies.change("k", envelope("two", 2), second);

        assertThat(copies.find("k")).isNull();
        copies.keep("k", envelope("two", 2), copies.ticket("k"));
        assertThat(copies.find("k").envelope()).isEqualTo(envelope("two", 2));
    }

    @Test
    @Tag("SVC-4")
    void keep_afterDropAll_keepsNothing() {
        long before = copies.ticket("k");
        copies.dropAll();
        copies.keep("k", envelope("old", 1), before);

        assertThat(copies.find("k")).isNull();
    }

    @Test
    @Tag("SVC-7")
    void keep_ofACopyThatWasInvalidatedMeanwhile_hidesIt() {
        long before = copies.ticket("k");
        copies.invalidateTags(List.of("t"), 10);
        copies.keep("k", envelope("old", 10, "t"), before);
        assertThat(copies.find("k")).isNull();
        copies.keep("k", envelope("new", 11, "t"), before);
        assertThat(copies.find("k")).isNotNull();
        copies.invalidatePrefix("k", 11);
        assertThat(copies.find("k")).isNull();
    }

    @Test
    void find_tellsTheAgeOfTheCopy() {
        copies.keep("k", envelope("v", 1), copies.ticket("k"));
        clock.advance(Duration.ofSeconds(3));
        assertThat(copies.ageNanos(copies.find("k")))
                .isEqualTo(Duration.ofSeconds(3).toNanos());
    }

    @Test
    @Tag("SVC-7")
    void invalidateTags_veryOften_staysExactWithBoundedRecords() {
        put("tagged", "t0");
        put("user:1");
        put("plain", "other");
        tier.invalidatePrefix(region, "user:");
        for (int i = 0; i < 25_000; i++) {
            tier.invalidateTags(i % 2 == 0 ? region : null, List.of("t" + i));
        }

        assertThat(tier.getAll(region, List.of("tagged", "user:1", "plain"))).containsOnlyKeys("plain");
        assertThat(tier.records()).isLessThanOrEqualTo(10_001);
        put("tagged", "t0");
        assertThat(tier.exists(region, "tagged")).isTrue();
    }

    @Test
    @Tag("SVC-2")
    void put_beyondTheLimit_evicts() {
        for (int i = 0; i < 300; i++) {
            put("k" + i);
        }
        Occupancy held = tier.occupancy(region);
        assertThat(held.entries()).isLessThanOrEqualTo(100);
        assertThat(held.evictions()).isGreaterThanOrEqualTo(200);
        assertThat(held.bytes()).isEqualTo(held.entries() * 41);
    }

    @Test
    @Tag("SVC-2")
    void entries_pastTheirAllowance_areNotHeld() {
        put("k");
        clock.advance(Duration.ofSeconds(2));
        assertThat(tier.getAll(region, List.of("k"))).isEqualTo(Map.of());
        put("other");
        assertThat(tier.occupancy(region).entries()).isEqualTo(1);
    }

    @Test
    @Tag("SVC-2")
    void use_ofAnEntry_savesItFromEviction() {
        List<String> used = IntStream.range(0, 50).mapToObj(i -> "used:" + i).toList();
        used.forEach(this::put);
        for (int i = 0; i < 500; i++) {
            used.forEach(copies::use);
            put("new:" + i);
            copies.find("new:" + i);
            copies.find("new:" + i);
        }

        assertThat(used.stream().filter(id -> copies.find(id) != null)).hasSizeGreaterThanOrEqualTo(45);
    }
}
