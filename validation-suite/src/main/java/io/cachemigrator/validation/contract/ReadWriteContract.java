package io.cachemigrator.validation.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachemigrator.cache.BulkDeletion;
import io.cachemigrator.cache.EntryDetails;
import io.cachemigrator.cache.Lookup;
import io.cachemigrator.cache.Region;
import io.cachemigrator.cache.WriteOptions;
import io.cachemigrator.cache.WriteOutcome;
import io.cachemigrator.cache.codec.Codecs;
import io.cachemigrator.cache.error.ValidationException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Reading, writing and deleting one entry or many. */
interface ReadWriteContract extends ContractPart {
    @Test
    @Tag("SVC-1")
    default void lookup_ofStoredValue_isPresentWithDeadline() {
        assertThat(profiles().put("ana", ANA, TEN_SECONDS)).isEqualTo(WriteOutcome.STORED);

        Lookup<Profile> lookup = profiles().lookup("ana");

        assertThat(lookup.valueOrNull()).isEqualTo(ANA);
        assertThat(((Lookup.Present<Profile>) lookup).deadline()).isNotNull();
        assertThat(profiles().find("ana")).contains(ANA);
    }

    @Test
    @Tag("SVC-1")
    default void lookup_ofUnknownId_isAbsent() {
        assertThat(profiles().lookup("nobody")).isInstanceOf(Lookup.Absent.class);
        assertThat(profiles().find("nobody")).isEmpty();
        assertThat(profiles().exists("nobody")).isFalse();
    }

    @Test
    @Tag("SVC-1")
    default void put_overOlderValue_replacesValueTagsAndDeadline() {
        texts().put("k", "old", WriteOptions.DEFAULTS.withTags("t"));
        texts().put("k", "new", WriteOptions.ttl(WriteOptions.NO_EXPIRY));

        EntryDetails details = ContractPart.details(texts(), "k");
        assertThat(details.payload()).asString().isEqualTo("new");
        assertThat(details.deadline()).isNull();
        assertThat(details.tags()).isEmpty();
    }

    @Test
    @Tag("SVC-1")
    default void lookup_ofAwkwardIds_keepsThemApart() {
        List<String> ids = List.of(
                "a:b", "a", "a*", "a?", "[a]", " ", "日本語", "a\nb", "a\u0000b", "a\\b", "🌍".repeat(50), "!tag:x");
        ids.forEach(id -> texts().put(id, "value of " + id));

        assertThat(ids).allSatisfy(id -> assertThat(texts().find(id)).contains("value of " + id));
        assertThat(texts().clear().removed()).isEqualTo(ids.size());
    }

    @Test
    @Tag("SVC-1")
    default void put_ofBadId_isRefused() {
        for (String id : List.of("", "x".repeat(4_097), "half \uD83C")) {
            assertThatThrownBy(() -> texts().put(id, "v"))
                    .isInstanceOf(ValidationException.class)
                    .hasMessageStartingWith("CM-602");
        }
        assertThat(texts().put("x".repeat(4_096), "v")).isEqualTo(WriteOutcome.STORED);
    }

    @Test
    @Tag("SVC-1")
    @DisplayName("conditional put honours both conditions (defect A-2)")
    default void put_withCondition_dependsOnLiveEntry() {
        assertThat(texts().put("k", "v", WriteOptions.ifPresent())).isEqualTo(WriteOutcome.CONDITION_NOT_MET);
        assertThat(texts().exists("k")).isFalse();
        assertThat(texts().put("k", "first", WriteOptions.ifAbsent())).isEqualTo(WriteOutcome.STORED);
        assertThat(texts().put("k", "second", WriteOptions.ifAbsent())).isEqualTo(WriteOutcome.CONDITION_NOT_MET);
        assertThat(texts().find("k")).contains("first");
        assertThat(texts().put("k", "third", WriteOptions.ifPresent())).isEqualTo(WriteOutcome.STORED);
        assertThat(texts().find("k")).contains("third");
    }

    @Test
    @Tag("SVC-1")
    default void put_ifAbsentFromManyThreads_storesOne() throws Exception {
        AtomicInteger stored = new AtomicInteger();
        ContractThreads.run(16, thread -> {
            if (texts().put("once", "by " + thread, WriteOptions.ifAbsent()).isStored()) {
                stored.incrementAndGet();
            }
        });
        assertThat(stored).hasValue(1);
    }

    @Test
    @Tag("SVC-1")
    @DisplayName("a stored null is present, exists, and leaves the statistics of exists alone (defects A-7, A-14)")
    default void put_ofNull_isPresentAsNull() {
        profiles().put("none", null);

        assertThat(profiles().lookup("none")).isInstanceOf(Lookup.Present.class);
        assertThat(profiles().lookup("none").valueOrNull()).isNull();
        assertThat(profiles().find("none")).isEmpty();
        long hits = profiles().statistics().hits();
        assertThat(profiles().exists("none")).isTrue();
        assertThat(profiles().statistics().hits()).isEqualTo(hits);
        assertThat(ContractPart.details(profiles(), "none").nullValue()).isTrue();
        assertThat(profiles().lookupAll(List.of("none")).get("none")).isInstanceOf(Lookup.Present.class);
    }

    @Test
    @Tag("SVC-1")
    default void delete_tellsWhetherThereWasOne() {
        texts().put("k", "v");

        assertThat(texts().delete("k")).isEqualTo(WriteOutcome.STORED);
        assertThat(texts().delete("k")).isEqualTo(WriteOutcome.CONDITION_NOT_MET);
        assertThat(texts().lookup("k")).isInstanceOf(Lookup.Absent.class);
    }

    @Test
    @Tag("SVC-1")
    default void deleteAll_countsLiveEntries() {
        texts().putAll(Map.of("a", "1", "b", "2", "c", "3"), WriteOptions.DEFAULTS);

        assertThat(texts().deleteAll(List.of("a", "b", "b", "missing"))).isEqualTo(new BulkDeletion(2, true));
        assertThat(texts().exists("c")).isTrue();
        assertThat(texts().deleteAll(List.of())).isEqualTo(new BulkDeletion(0, true));
    }

    @Test
    @Tag("SVC-1")
    @DisplayName("one undecodable value leaves the others readable and is no hit (defects E-12, E-17)")
    default void lookupAll_withUndecodable_givesTheOthers() {
        numbers().putAll(Map.of("a", 1L, "b", 2L, "c", 3L), WriteOptions.DEFAULTS);
        cache().region("numbers", String.class).put("bad", "not a number");
        cache().region("numbers", byte[].class).put("raw", new byte[] {(byte) 0x80, 1, 2});

        Map<String, Lookup<Long>> found = numbers().lookupAll(List.of("b", "bad", "missing", "a", "raw", "c"));

        assertThat(found).containsOnlyKeys("b", "bad", "missing", "a", "raw", "c");
        assertThat(List.copyOf(found.keySet())).containsExactly("b", "bad", "missing", "a", "raw", "c");
        assertThat(found.get("bad")).isInstanceOf(Lookup.Undecodable.class);
        assertThat(String.valueOf(found.get("bad"))).doesNotContain("not a number");
        assertThat(found.get("raw")).isInstanceOf(Lookup.Undecodable.class);
        assertThat(numbers().findAll(List.of("a", "b", "c", "bad")))
                .containsOnly(Map.entry("a", 1L), Map.entry("b", 2L), Map.entry("c", 3L));
        assertThat(numbers().statistics().hits()).isEqualTo(6);
        assertThat(numbers().statistics().undecodable()).isEqualTo(3);
        assertThat(numbers().statistics().misses()).isEqualTo(1);
        assertThat(numbers().exists("bad")).isTrue();
    }

    @Test
    @Tag("SVC-1")
    @DisplayName("nothing is stored when one value cannot be encoded (defect A-9, case 16)")
    default void putAll_withUnencodableValue_storesNothing() {
        Region<Object> anything = cache().region("anything", Object.class);
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("good", "text");
        values.put("bad", Instant.EPOCH);

        assertThatThrownBy(() -> anything.putAll(values, WriteOptions.DEFAULTS))
                .isInstanceOf(ValidationException.class)
                .hasMessageStartingWith("CM-603");
        assertThat(anything.exists("good")).isFalse();
        assertThat(anything.putAll(Map.of(), WriteOptions.DEFAULTS)).isEqualTo(WriteOutcome.STORED);
    }

    @Test
    @Tag("SVC-1")
    default void putAll_withCondition_isAllOrNone() {
        texts().put("b", "there");

        assertThat(texts().putAll(Map.of("a", "1", "b", "2"), WriteOptions.ifAbsent()))
                .isEqualTo(WriteOutcome.CONDITION_NOT_MET);
        assertThat(texts().exists("a")).isFalse();
        assertThat(texts().putAll(Map.of("c", "1", "d", "2"), WriteOptions.ifAbsent()))
                .isEqualTo(WriteOutcome.STORED);
        assertThat(texts().findAll(List.of("b", "c", "d"))).containsOnlyKeys("b", "c", "d");
    }

    @Test
    @Tag("SVC-2")
    default void put_ofTooLargeValue_changesNothing() {
        Region<String> small = cache().region(SMALL, String.class);
        small.put("k", "fits");

        assertThat(small.put("k", "x".repeat(1_001))).isEqualTo(WriteOutcome.TOO_LARGE);
        assertThat(small.putAll(Map.of("a", "1", "k", "x".repeat(1_001)), WriteOptions.DEFAULTS))
                .isEqualTo(WriteOutcome.TOO_LARGE);
        assertThat(small.find("k")).contains("fits");
        assertThat(small.exists("a")).isFalse();
        assertThat(small.put("edge", "x".repeat(1_000))).isEqualTo(WriteOutcome.STORED);
        assertThat(small.find("edge")).isPresent();
    }

    @Test
    @Tag("SVC-1")
    @DisplayName("clear removes this region's entries and nothing else (defects A-10, E-18; cases 17, 18)")
    default void clear_removesAllOfTheRegionOnly() {
        Region<String> region = cache().region("a-b", String.class);
        Region<String> neighbour = cache().region("a-bb", String.class);
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < 250; i++) {
            values.put("*" + i, "v");
        }
        region.putAll(values, WriteOptions.DEFAULTS);
        neighbour.put("*1", "stays");
        region.put("x", "v");

        assertThat(region.clear("*").removed()).isEqualTo(250);
        assertThat(region.find("x")).contains("v");
        region.putAll(values, WriteOptions.DEFAULTS);
        assertThat(region.clear().removed()).isEqualTo(251);
        assertThat(region.clear().complete()).isTrue();
        assertThat(region.findAll(values.keySet())).isEmpty();
        assertThat(neighbour.find("*1")).contains("stays");
    }

    @Test
    @Tag("SVC-1")
    default void put_thenMutation_leavesEntryAsItWas() {
        Region<List<String>> lists = cache().region("lists", Codecs.json(ContractPart.listOfStrings()));
        List<String> mine = new ArrayList<>(List.of("a"));
        lists.put("k", mine);
        mine.add("b");
        assertThat(lists.find("k")).contains(List.of("a"));
        ContractPart.value(lists, "k").clear();
        assertThat(lists.find("k")).contains(List.of("a"));

        Region<byte[]> bytes = cache().region("bytes", byte[].class);
        byte[] raw = {1, 2, 3};
        bytes.put("k", raw);
        raw[0] = 9;
        ContractPart.value(bytes, "k")[1] = 9;
        ContractPart.details(bytes, "k").payload()[2] = 9;
        assertThat(bytes.lookup("k").valueOrNull()).containsExactly(1, 2, 3);
    }
}
