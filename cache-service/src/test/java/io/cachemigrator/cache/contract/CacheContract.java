package io.cachemigrator.cache.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachemigrator.cache.BulkDeletion;
import io.cachemigrator.cache.CacheService;
import io.cachemigrator.cache.CounterResult;
import io.cachemigrator.cache.EntryDetails;
import io.cachemigrator.cache.InvalidationOutcome;
import io.cachemigrator.cache.LoadOptions;
import io.cachemigrator.cache.Lookup;
import io.cachemigrator.cache.Region;
import io.cachemigrator.cache.WriteOptions;
import io.cachemigrator.cache.WriteOutcome;
import io.cachemigrator.cache.codec.Codecs;
import io.cachemigrator.cache.config.CacheConfig;
import io.cachemigrator.cache.config.RegionConfig;
import io.cachemigrator.cache.error.ValidationException;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What every cache service keeps to, whatever its tiers. A subclass says how a service with those tiers is configured and
 * how time passes for it; each test gets an empty store.
 */
public abstract class CacheContract {
    /** A value with a date, a number and a list. */
    public record Profile(String name, int age, Instant seen, List<String> roles) {}

    /** A region that keeps a tag index. */
    protected static final String INDEXED = "indexed";
    /** A region whose reads renew the deadline. */
    protected static final String SLIDING = "sliding";
    /** A region that keeps expired entries for an hour. */
    protected static final String STALE = "stale";
    /** A region that takes values up to 1,000 bytes. */
    protected static final String SMALL = "small";

    private static final Profile ANA =
            new Profile("Ana Pérez 🌍", 41, Instant.parse("2025-08-03T10:15:30.123456Z"), List.of("admin", "ops"));
    private static final WriteOptions TEN_SECONDS = WriteOptions.ttl(Duration.ofSeconds(10));

    private CacheService cache;
    private Region<Profile> profiles;
    private Region<Long> numbers;
    private Region<String> texts;

    /** A configuration with the stores and the default tiers under test. */
    protected abstract CacheConfig.Builder configuration();

    /** Lets time pass for the service and its store; at least three seconds. */
    protected abstract void pass(Duration span);

    /** Name of the tier that holds the truth. */
    protected abstract String authority();

    /** The service under test. */
    protected final CacheService cache() {
        return cache;
    }

    /** A second service on the same store, or the same service where the store is this process's. */
    protected CacheService another() {
        return cache;
    }

    /** Configures the regions that the contract uses; a service that a test opens itself needs them too. */
    protected final CacheConfig.Builder withRegions(CacheConfig.Builder builder) {
        RegionConfig defaults = builder.build().defaults();
        return builder.region(defaults.toBuilder(INDEXED).tagIndex(true).build())
                .region(defaults.toBuilder(SLIDING)
                        .sliding(true)
                        .defaultTtl(Duration.ofSeconds(100))
                        .build())
                .region(defaults.toBuilder(STALE)
                        .staleAllowance(Duration.ofHours(1))
                        .build())
                .region(defaults.toBuilder(SMALL).maxValueBytes(1_000).build());
    }

    @BeforeEach
    final void openService() {
        cache = CacheService.open(withRegions(configuration()).build());
        profiles = cache.region("profiles", Profile.class);
        numbers = cache.region("numbers", Long.class);
        texts = cache.region("texts", String.class);
    }

    @AfterEach
    final void closeService() {
        cache.close();
    }

    @Test
    @Tag("SVC-1")
    void lookup_ofStoredValue_isPresentWithDeadline() {
        assertThat(profiles.put("ana", ANA, TEN_SECONDS)).isEqualTo(WriteOutcome.STORED);

        Lookup<Profile> lookup = profiles.lookup("ana");

        assertThat(lookup.valueOrNull()).isEqualTo(ANA);
        assertThat(((Lookup.Present<Profile>) lookup).deadline()).isNotNull();
        assertThat(profiles.find("ana")).contains(ANA);
    }

    @Test
    @Tag("SVC-1")
    void lookup_ofUnknownId_isAbsent() {
        assertThat(profiles.lookup("nobody")).isInstanceOf(Lookup.Absent.class);
        assertThat(profiles.find("nobody")).isEmpty();
        assertThat(profiles.exists("nobody")).isFalse();
    }

    @Test
    @Tag("SVC-1")
    void put_overOlderValue_replacesValueTagsAndDeadline() {
        texts.put("k", "old", WriteOptions.DEFAULTS.withTags("t"));
        texts.put("k", "new", WriteOptions.ttl(WriteOptions.NO_EXPIRY));

        EntryDetails details = texts.describe("k");
        assertThat(details.payload()).asString().isEqualTo("new");
        assertThat(details.deadline()).isNull();
        assertThat(details.tags()).isEmpty();
    }

    @Test
    @Tag("SVC-1")
    void lookup_ofAwkwardIds_keepsThemApart() {
        List<String> ids = List.of(
                "a:b", "a", "a*", "a?", "[a]", " ", "日本語", "a\nb", "a\u0000b", "a\\b", "🌍".repeat(50), "!tag:x");
        ids.forEach(id -> texts.put(id, "value of " + id));

        assertThat(ids).allSatisfy(id -> assertThat(texts.find(id)).contains("value of " + id));
        assertThat(texts.clear().removed()).isEqualTo(ids.size());
    }

    @Test
    @Tag("SVC-1")
    void put_ofBadId_isRefused() {
        for (String id : List.of("", "x".repeat(4_097), "half \uD83C")) {
            assertThatThrownBy(() -> texts.put(id, "v"))
                    .isInstanceOf(ValidationException.class)
                    .hasMessageStartingWith("CM-602");
        }
        assertThat(texts.put("x".repeat(4_096), "v")).isEqualTo(WriteOutcome.STORED);
    }

    @Test
    @Tag("SVC-1")
    @DisplayName("conditional put honours both conditions (defect A-2)")
    void put_withCondition_dependsOnLiveEntry() {
        assertThat(texts.put("k", "v", WriteOptions.ifPresent())).isEqualTo(WriteOutcome.CONDITION_NOT_MET);
        assertThat(texts.exists("k")).isFalse();
        assertThat(texts.put("k", "first", WriteOptions.ifAbsent())).isEqualTo(WriteOutcome.STORED);
        assertThat(texts.put("k", "second", WriteOptions.ifAbsent())).isEqualTo(WriteOutcome.CONDITION_NOT_MET);
        assertThat(texts.find("k")).contains("first");
        assertThat(texts.put("k", "third", WriteOptions.ifPresent())).isEqualTo(WriteOutcome.STORED);
        assertThat(texts.find("k")).contains("third");
    }

    @Test
    @Tag("SVC-1")
    void put_ifAbsentOverExpiredOrInvalidated_stores() {
        Region<String> stale = cache.region(STALE, String.class);
        stale.put("expired", "old", TEN_SECONDS);
        stale.put("tagged", "old", WriteOptions.DEFAULTS.withTags("t"));
        pass(Duration.ofSeconds(11));
        stale.invalidateTags(List.of("t"));

        assertThat(stale.put("expired", "v", WriteOptions.ifPresent())).isEqualTo(WriteOutcome.CONDITION_NOT_MET);
        assertThat(stale.put("expired", "new", WriteOptions.ifAbsent())).isEqualTo(WriteOutcome.STORED);
        assertThat(stale.put("tagged", "v", WriteOptions.ifPresent())).isEqualTo(WriteOutcome.CONDITION_NOT_MET);
        assertThat(stale.put("tagged", "new", WriteOptions.ifAbsent())).isEqualTo(WriteOutcome.STORED);
        assertThat(stale.findAll(List.of("expired", "tagged"))).containsValues("new", "new");
    }

    @Test
    @Tag("SVC-1")
    void put_ifAbsentFromManyThreads_storesOne() throws Exception {
        AtomicInteger stored = new AtomicInteger();
        inThreads(16, thread -> {
            if (texts.put("once", "by " + thread, WriteOptions.ifAbsent()).isStored()) {
                stored.incrementAndGet();
            }
        });
        assertThat(stored).hasValue(1);
    }

    @Test
    @Tag("SVC-1")
    @DisplayName("a stored null is present, exists, and leaves the statistics of exists alone (defects A-7, A-14)")
    void put_ofNull_isPresentAsNull() {
        profiles.put("none", null);

        assertThat(profiles.lookup("none")).isInstanceOf(Lookup.Present.class);
        assertThat(profiles.lookup("none").valueOrNull()).isNull();
        assertThat(profiles.find("none")).isEmpty();
        long hits = profiles.statistics().hits();
        assertThat(profiles.exists("none")).isTrue();
        assertThat(profiles.statistics().hits()).isEqualTo(hits);
        assertThat(profiles.describe("none").nullValue()).isTrue();
        assertThat(profiles.lookupAll(List.of("none")).get("none").isPresent()).isTrue();
    }

    @Test
    @Tag("SVC-1")
    void delete_tellsWhetherThereWasOne() {
        texts.put("k", "v");

        assertThat(texts.delete("k")).isEqualTo(WriteOutcome.STORED);
        assertThat(texts.delete("k")).isEqualTo(WriteOutcome.CONDITION_NOT_MET);
        assertThat(texts.lookup("k")).isInstanceOf(Lookup.Absent.class);
    }

    @Test
    @Tag("SVC-1")
    void delete_ofExpiredOrInvalidated_findsNone() {
        Region<String> stale = cache.region(STALE, String.class);
        stale.put("expired", "old", TEN_SECONDS);
        stale.put("tagged", "old", WriteOptions.DEFAULTS.withTags("t"));
        pass(Duration.ofSeconds(11));
        stale.invalidateTags(List.of("t"));

        assertThat(stale.delete("expired")).isEqualTo(WriteOutcome.CONDITION_NOT_MET);
        assertThat(stale.deleteAll(List.of("tagged", "never"))).isEqualTo(new BulkDeletion(0, true));
        assertThat(stale.exists("tagged")).isFalse();
    }

    @Test
    @Tag("SVC-1")
    void deleteAll_countsLiveEntries() {
        texts.putAll(Map.of("a", "1", "b", "2", "c", "3"), WriteOptions.DEFAULTS);

        assertThat(texts.deleteAll(List.of("a", "b", "b", "missing"))).isEqualTo(new BulkDeletion(2, true));
        assertThat(texts.exists("c")).isTrue();
        assertThat(texts.deleteAll(List.of())).isEqualTo(new BulkDeletion(0, true));
    }

    @Test
    @Tag("SVC-2")
    void lookup_afterTimeToLive_isAbsent() {
        texts.put("short", "v", TEN_SECONDS);
        texts.put("default", "v");
        texts.put("forever", "v", WriteOptions.ttl(WriteOptions.NO_EXPIRY));

        pass(Duration.ofSeconds(9));
        assertThat(texts.find("short")).contains("v");
        pass(Duration.ofSeconds(3));
        assertThat(texts.lookup("short")).isInstanceOf(Lookup.Absent.class);
        assertThat(texts.exists("short")).isFalse();
        pass(Duration.ofHours(1));
        assertThat(texts.lookup("default")).isInstanceOf(Lookup.Absent.class);
        assertThat(texts.find("forever")).contains("v");
    }

    @Test
    @Tag("SVC-1")
    @DisplayName("expire changes the deadline only, and zero deletes (defect A-6)")
    void expire_ofLiveEntry_movesDeadline() {
        texts.put("k", "v", WriteOptions.DEFAULTS.withTags("t").withMetadata(Map.of("m", "1")));

        assertThat(texts.expire("k", Duration.ofSeconds(10))).isEqualTo(WriteOutcome.STORED);
        assertThat(texts.expire("missing", Duration.ofSeconds(10))).isEqualTo(WriteOutcome.CONDITION_NOT_MET);
        EntryDetails details = texts.describe("k");
        assertThat(details.tags()).containsExactly("t");
        assertThat(details.metadata()).containsEntry("m", "1");
        pass(Duration.ofSeconds(11));
        assertThat(texts.lookup("k")).isInstanceOf(Lookup.Absent.class);

        texts.put("gone", "v");
        assertThat(texts.expire("gone", Duration.ZERO)).isEqualTo(WriteOutcome.STORED);
        assertThat(texts.exists("gone")).isFalse();
        assertThat(texts.expire("gone", Duration.ZERO)).isEqualTo(WriteOutcome.CONDITION_NOT_MET);
    }

    @Test
    @Tag("SVC-1")
    void persist_ofLiveEntry_removesDeadline() {
        texts.put("k", "v", TEN_SECONDS);

        assertThat(texts.persist("k")).isEqualTo(WriteOutcome.STORED);
        assertThat(texts.persist("missing")).isEqualTo(WriteOutcome.CONDITION_NOT_MET);
        pass(Duration.ofDays(30));
        assertThat(((Lookup.Present<String>) texts.lookup("k")).deadline()).isNull();
    }

    @Test
    @Tag("SVC-2")
    void lookup_inSlidingRegion_renewsDeadline() {
        Region<String> sliding = cache.region(SLIDING, String.class);
        sliding.put("k", "v");
        for (int i = 0; i < 4; i++) {
            pass(Duration.ofSeconds(60));
            assertThat(sliding.find("k")).contains("v");
        }
        pass(Duration.ofSeconds(101));
        assertThat(sliding.lookup("k")).isInstanceOf(Lookup.Absent.class);
    }

    @Test
    @Tag("SVC-2")
    void put_withJitter_shortensTimeToLiveWithinItsShare() {
        CacheConfig config = configuration().build();
        RegionConfig jittered = config.defaults().toBuilder("jittered")
                .jitter(0.5)
                .defaultTtl(Duration.ofSeconds(1_000))
                .build();
        try (CacheService service =
                CacheService.open(configuration().region(jittered).build())) {
            Region<String> region = service.region("jittered", String.class);
            Set<Instant> deadlines = new HashSet<>();
            for (int i = 0; i < 20; i++) {
                region.put("k" + i, "v");
                EntryDetails details = region.describe("k" + i);
                deadlines.add(details.deadline());
                Duration ttl = Duration.between(details.created(), details.deadline());
                assertThat(ttl).isBetween(Duration.ofSeconds(499), Duration.ofSeconds(1_001));
            }
            assertThat(deadlines).hasSizeGreaterThan(5);
        }
    }

    @Test
    @Tag("SVC-5")
    void lookup_withinStaleAllowance_isStale() {
        Region<String> stale = cache.region(STALE, String.class);
        stale.put("k", "v", TEN_SECONDS);
        pass(Duration.ofSeconds(11));

        Lookup<String> lookup = stale.lookup("k");
        assertThat(lookup).isInstanceOf(Lookup.Stale.class);
        assertThat(((Lookup.Stale<String>) lookup).value()).isEqualTo("v");
        assertThat(lookup.valueOrNull()).isNull();
        assertThat(stale.exists("k")).isFalse();
        assertThat(stale.statistics().stale()).isEqualTo(1);
        pass(Duration.ofHours(1));
        assertThat(stale.lookup("k")).isInstanceOf(Lookup.Absent.class);
    }

    @Test
    @Tag("SVC-1")
    @DisplayName("one undecodable value leaves the others readable and is no hit (defects E-12, E-17)")
    void lookupAll_withUndecodable_givesTheOthers() {
        numbers.putAll(Map.of("a", 1L, "b", 2L, "c", 3L), WriteOptions.DEFAULTS);
        cache.region("numbers", String.class).put("bad", "not a number");
        cache.region("numbers", byte[].class).put("raw", new byte[] {(byte) 0x80, 1, 2});

        Map<String, Lookup<Long>> found = numbers.lookupAll(List.of("b", "bad", "missing", "a", "raw", "c"));

        assertThat(found).containsOnlyKeys("b", "bad", "missing", "a", "raw", "c");
        assertThat(List.copyOf(found.keySet())).containsExactly("b", "bad", "missing", "a", "raw", "c");
        assertThat(found.get("bad")).isInstanceOf(Lookup.Undecodable.class);
        assertThat(found.get("bad").toString()).doesNotContain("not a number");
        assertThat(found.get("raw")).isInstanceOf(Lookup.Undecodable.class);
        assertThat(numbers.findAll(List.of("a", "b", "c", "bad")))
                .containsOnly(Map.entry("a", 1L), Map.entry("b", 2L), Map.entry("c", 3L));
        assertThat(numbers.statistics().hits()).isEqualTo(6);
        assertThat(numbers.statistics().undecodable()).isEqualTo(3);
        assertThat(numbers.statistics().misses()).isEqualTo(1);
        assertThat(numbers.exists("bad")).isTrue();
    }

    @Test
    @Tag("SVC-1")
    @DisplayName("nothing is stored when one value cannot be encoded (defect A-9, case 16)")
    void putAll_withUnencodableValue_storesNothing() {
        Region<Object> anything = cache.region("anything", Object.class);
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
    void putAll_withCondition_isAllOrNone() {
        texts.put("b", "there");

        assertThat(texts.putAll(Map.of("a", "1", "b", "2"), WriteOptions.ifAbsent()))
                .isEqualTo(WriteOutcome.CONDITION_NOT_MET);
        assertThat(texts.exists("a")).isFalse();
        assertThat(texts.putAll(Map.of("c", "1", "d", "2"), WriteOptions.ifAbsent()))
                .isEqualTo(WriteOutcome.STORED);
        assertThat(texts.findAll(List.of("b", "c", "d"))).containsOnlyKeys("b", "c", "d");
    }

    @Test
    @Tag("SVC-2")
    void put_ofTooLargeValue_changesNothing() {
        Region<String> small = cache.region(SMALL, String.class);
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
    @DisplayName("counters: created without expiry, an existing deadline kept (defects A-3, A-4; cases 8 to 10)")
    void increment_createsWithoutExpiryAndKeepsDeadline() {
        assertThat(numbers.increment("fresh", 3)).isEqualTo(new CounterResult.Counted(3));
        assertThat(((Lookup.Present<Long>) numbers.lookup("fresh")).deadline()).isNull();
        assertThat(numbers.decrement("fresh", 5)).isEqualTo(new CounterResult.Counted(-2));
        assertThat(numbers.find("fresh")).contains(-2L);

        texts.put("text", "5", WriteOptions.ttl(Duration.ofSeconds(100)).withTags("t"));
        Instant deadline = texts.describe("text").deadline();
        assertThat(texts.increment("text", 2)).isEqualTo(new CounterResult.Counted(7));
        assertThat(texts.describe("text").deadline()).isEqualTo(deadline);
        assertThat(texts.describe("text").tags()).containsExactly("t");
        assertThat(texts.find("text")).contains("7");
        texts.invalidateTags(List.of("t"));
        assertThat(texts.increment("text", 1)).isEqualTo(new CounterResult.Counted(1));
    }

    @Test
    @Tag("SVC-1")
    void increment_afterExpiry_startsAgain() {
        Region<Long> stale = cache.region(STALE, Long.class);
        stale.put("k", 40L, TEN_SECONDS);
        pass(Duration.ofSeconds(11));

        assertThat(stale.increment("k", 2)).isEqualTo(new CounterResult.Counted(2));
        assertThat(((Lookup.Present<Long>) stale.lookup("k")).deadline()).isNull();
    }

    @Test
    @Tag("SVC-1")
    @DisplayName("not an integer, or beyond 64 bits: refused and unchanged (defect A-5; cases 11, 12)")
    void increment_ofNonInteger_isRefused() {
        texts.put("float", "1.5");
        texts.put("word", "abc");
        texts.put("padded", "007");
        texts.put("huge", "9223372036854775808");
        texts.put("null", null);
        texts.put("max", Long.toString(Long.MAX_VALUE));
        texts.put("min", Long.toString(Long.MIN_VALUE));

        for (String id : List.of("float", "word", "padded", "huge", "null", "max")) {
            EntryDetails before = texts.describe(id);
            assertThat(texts.increment(id, 1)).as(id).isInstanceOf(CounterResult.Refused.class);
            EntryDetails after = texts.describe(id);
            assertThat(after.payload()).as(id).isEqualTo(before.payload());
            assertThat(after.deadline()).as(id).isEqualTo(before.deadline());
        }
        assertThat(texts.increment("min", -1)).isInstanceOf(CounterResult.Refused.class);
        assertThat(texts.increment("max", -1)).isEqualTo(new CounterResult.Counted(Long.MAX_VALUE - 1));
        assertThat(texts.increment("min", Long.MAX_VALUE)).isEqualTo(new CounterResult.Counted(-1));
        assertThat(numbers.increment("exact", 9_007_199_254_740_993L))
                .isEqualTo(new CounterResult.Counted(9_007_199_254_740_993L));
        assertThat(numbers.increment("exact", 2)).isEqualTo(new CounterResult.Counted(9_007_199_254_740_995L));
    }

    @Test
    @Tag("SVC-1")
    @DisplayName("20 threads, 500 increments each: exactly 10,000 (defect A-3, case 13)")
    void increment_fromManyThreads_isExact() throws Exception {
        inThreads(20, thread -> {
            for (int i = 0; i < 500; i++) {
                numbers.increment("hits", 1);
            }
        });
        assertThat(numbers.find("hits")).contains(10_000L);
    }

    @Test
    @Tag("SVC-7")
    void invalidateTags_hidesTaggedEntriesOfTheRegionOnly() {
        Region<String> other = cache.region("other", String.class);
        texts.put("a", "1", WriteOptions.DEFAULTS.withTags("red", "round"));
        texts.put("b", "2", WriteOptions.DEFAULTS.withTags("blue"));
        texts.put("c", "3");
        other.put("a", "4", WriteOptions.DEFAULTS.withTags("red"));

        assertThat(texts.invalidateTags(List.of("red", "unknown")).recorded()).isTrue();

        assertThat(texts.lookup("a")).isInstanceOf(Lookup.Absent.class);
        assertThat(texts.exists("a")).isFalse();
        assertThat(texts.findAll(List.of("a", "b", "c"))).containsOnlyKeys("b", "c");
        assertThat(other.find("a")).contains("4");
    }

    @Test
    @Tag("SVC-7")
    void put_afterInvalidation_isVisibleAtOnce() {
        for (int i = 0; i < 50; i++) {
            texts.put("k", "old", WriteOptions.DEFAULTS.withTags("t"));
            texts.invalidateTags(List.of("t"));
            texts.invalidatePrefix("k");
            assertThat(texts.exists("k")).isFalse();
            texts.put("k", "new " + i, WriteOptions.DEFAULTS.withTags("t"));
            assertThat(texts.find("k")).contains("new " + i);
        }
    }

    @Test
    @Tag("SVC-7")
    void invalidateTags_ofService_reachesEveryRegion() {
        Region<String> other = cache.region("other", String.class);
        texts.put("a", "1", WriteOptions.DEFAULTS.withTags("red"));
        other.put("a", "2", WriteOptions.DEFAULTS.withTags("red"));
        other.put("b", "3", WriteOptions.DEFAULTS.withTags("blue"));

        assertThat(cache.invalidateTags(List.of("red")).recorded()).isTrue();

        assertThat(texts.exists("a")).isFalse();
        assertThat(other.exists("a")).isFalse();
        assertThat(other.find("b")).contains("3");
    }

    @Test
    @Tag("SVC-7")
    void invalidatePrefix_hidesEntriesUnderItOnly() {
        texts.putAll(Map.of("user:1", "a", "user:2", "b", "users", "c", "user*", "d"), WriteOptions.DEFAULTS);

        assertThat(texts.invalidatePrefix("user:").recorded()).isTrue();

        assertThat(texts.findAll(List.of("user:1", "user:2", "users", "user*"))).containsOnlyKeys("users", "user*");
    }

    @Test
    @Tag("SVC-7")
    @DisplayName("tag set by one service, invalidated by another: counted and gone (defect C-10, case 35)")
    void invalidateTags_withIndexFromAnotherService_countsExactly() {
        Region<String> mine = cache.region(INDEXED, String.class);
        mine.put("a", "1", WriteOptions.DEFAULTS.withTags("x", "y"));
        mine.put("b", "2", WriteOptions.DEFAULTS.withTags("x"));
        mine.put("c", "3", WriteOptions.DEFAULTS.withTags("z"));

        CacheService another = another();
        InvalidationOutcome outcome = another.region(INDEXED, String.class).invalidateTags(List.of("x", "y"));

        assertThat(outcome).isEqualTo(new InvalidationOutcome(true, OptionalLong.of(2)));
        pass(Duration.ofSeconds(3));
        assertThat(mine.findAll(List.of("a", "b", "c"))).containsOnlyKeys("c");
        assertThat(another.region(INDEXED, String.class)
                        .invalidateTags(List.of("x"))
                        .entries())
                .hasValue(0);
    }

    @Test
    @Tag("SVC-7")
    @DisplayName("an entry tagged anew is not hit by its former tag (defect C-10, case 36)")
    void invalidateTags_ofFormerTag_hitsNothing() {
        Region<String> indexed = cache.region(INDEXED, String.class);
        indexed.put("k", "v", WriteOptions.DEFAULTS.withTags("x"));
        indexed.put("k", "v", WriteOptions.DEFAULTS.withTags("y"));
        indexed.put("gone", "v", WriteOptions.DEFAULTS.withTags("x"));
        indexed.delete("gone");
        indexed.put("late", "v", TEN_SECONDS.withTags("x"));
        pass(Duration.ofSeconds(11));

        assertThat(indexed.invalidateTags(List.of("x"))).isEqualTo(new InvalidationOutcome(true, OptionalLong.of(0)));
        assertThat(indexed.find("k")).contains("v");
        assertThat(indexed.invalidateTags(List.of("y")).entries()).hasValue(1);
    }

    @Test
    @Tag("SVC-1")
    @DisplayName("clear removes this region's entries and nothing else (defects A-10, E-18; cases 17, 18)")
    void clear_removesAllOfTheRegionOnly() {
        Region<String> region = cache.region("a-b", String.class);
        Region<String> neighbour = cache.region("a-bb", String.class);
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
    void put_thenMutation_leavesEntryAsItWas() {
        Region<List<String>> lists = cache.region("lists", Codecs.json(listOfStrings()));
        List<String> mine = new ArrayList<>(List.of("a"));
        lists.put("k", mine);
        mine.add("b");
        assertThat(lists.find("k")).contains(List.of("a"));
        lists.lookup("k").valueOrNull().clear();
        assertThat(lists.find("k")).contains(List.of("a"));

        Region<byte[]> bytes = cache.region("bytes", byte[].class);
        byte[] raw = {1, 2, 3};
        bytes.put("k", raw);
        raw[0] = 9;
        bytes.lookup("k").valueOrNull()[1] = 9;
        bytes.describe("k").payload()[2] = 9;
        assertThat(bytes.lookup("k").valueOrNull()).containsExactly(1, 2, 3);
    }

    @Test
    @Tag("SVC-4")
    void concurrentChanges_leaveNoStaleCopy() throws Exception {
        Region<String> truth = another().region("texts", String.class);
        for (int round = 0; round < 30; round++) {
            int seed = round * 100;
            inThreads(6, thread -> {
                Random random = new Random(seed + thread);
                for (int i = 0; i < 15; i++) {
                    switch (random.nextInt(6)) {
                        case 0 -> texts.delete("k");
                        case 1 -> texts.invalidateTags(List.of("t"));
                        case 2, 3 -> texts.put("k", thread + ":" + i, WriteOptions.DEFAULTS.withTags("t"));
                        default -> texts.lookup("k");
                    }
                }
            });
            Lookup<String> seen = texts.lookup("k");
            pass(Duration.ofSeconds(3));
            assertThat(truth.lookup("k").valueOrNull()).isEqualTo(seen.valueOrNull());
        }
    }

    @Test
    @Tag("SVC-1")
    void getOrLoad_storesWhatTheLoaderReturns() {
        AtomicInteger calls = new AtomicInteger();
        for (int i = 0; i < 3; i++) {
            assertThat(texts.getOrLoad("k", id -> id + calls.incrementAndGet())).isEqualTo("k1");
        }
        assertThat(texts.find("k")).contains("k1");
        assertThat(texts.getOrLoad("nothing", id -> null)).isNull();
        assertThat(texts.exists("nothing")).isFalse();
        texts.getOrLoad("nothing", id -> null, LoadOptions.DEFAULTS.storingNull());
        assertThat(texts.exists("nothing")).isTrue();
        assertThat(texts.getOrLoad("nothing", id -> "not asked")).isNull();
        assertThat(texts.statistics().loads()).isEqualTo(3);
    }

    @Test
    @Tag("SVC-5")
    @DisplayName("50 callers, one load (defect C-13)")
    void getOrLoad_fromManyThreads_loadsOnce() throws Exception {
        Region<List<String>> lists = cache.region("lists", Codecs.json(listOfStrings()));
        AtomicInteger calls = new AtomicInteger();
        inThreads(50, thread -> {
            List<String> own = lists.getOrLoad("k", id -> {
                calls.incrementAndGet();
                return new ArrayList<>(List.of("loaded"));
            });
            assertThat(own).containsExactly("loaded");
            own.add("changed by " + thread);
        });
        assertThat(calls).hasValue(1);
    }

    @Test
    @Tag("SVC-5")
    void getOrLoad_whenLoaderFails_givesStaleOrThrows() {
        Region<String> stale = cache.region(STALE, String.class);
        stale.put("k", "old", TEN_SECONDS);
        pass(Duration.ofSeconds(11));
        IllegalStateException failure = new IllegalStateException("source is down");

        assertThat(stale.getOrLoad("k", id -> {
                    throw failure;
                }))
                .isEqualTo("old");
        assertThatThrownBy(() -> stale.getOrLoad(
                        "k",
                        id -> {
                            throw failure;
                        },
                        LoadOptions.DEFAULTS.failingFast()))
                .isSameAs(failure);
        assertThatThrownBy(() -> stale.getOrLoad("absent", id -> {
                    throw failure;
                }))
                .isSameAs(failure);
        assertThat(stale.statistics().loadFailures()).isEqualTo(3);
        assertThat(stale.getOrLoad("k", id -> "fresh")).isEqualTo("fresh");
    }

    @Test
    @Tag("SVC-5")
    void getOrLoad_fromItsOwnLoader_isRefused() {
        assertThatThrownBy(() -> texts.getOrLoad("k", id -> texts.getOrLoad("k", other -> "v")))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    @Tag("SVC-1")
    void async_givesWhatTheSynchronousFormGives() {
        var async = texts.async();

        assertThat(async.put("k", "v", WriteOptions.DEFAULTS).join()).isEqualTo(WriteOutcome.STORED);
        assertThat(async.lookup("k").join().valueOrNull()).isEqualTo("v");
        assertThat(async.putAll(Map.of("a", "1"), WriteOptions.DEFAULTS).join()).isEqualTo(WriteOutcome.STORED);
        assertThat(async.lookupAll(List.of("a", "k")).join()).hasSize(2);
        assertThat(async.exists("a").join()).isTrue();
        assertThat(async.expire("a", Duration.ofSeconds(5)).join()).isEqualTo(WriteOutcome.STORED);
        assertThat(async.delete("a").join()).isEqualTo(WriteOutcome.STORED);
        assertThat(async.increment("n", 2).join()).isEqualTo(new CounterResult.Counted(2));
        assertThat(async.lookup(""))
                .failsWithin(Duration.ofSeconds(30))
                .withThrowableThat()
                .withCauseInstanceOf(ValidationException.class);
    }

    @Test
    @Tag("SVC-5")
    void asyncGetOrLoad_loadsOnceAndGivesStaleOnFailure() {
        Region<String> stale = cache.region(STALE, String.class);
        CompletableFuture<String> source = new CompletableFuture<>();
        AtomicInteger calls = new AtomicInteger();
        List<CompletableFuture<String>> loads = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            loads.add(stale.async()
                    .getOrLoad(
                            "k",
                            id -> {
                                calls.incrementAndGet();
                                return source;
                            },
                            LoadOptions.writing(TEN_SECONDS)));
        }
        source.complete("loaded");
        assertThat(loads).allSatisfy(load -> assertThat(load.join()).isEqualTo("loaded"));
        assertThat(calls).hasValue(1);
        assertThat(stale.find("k")).contains("loaded");

        pass(Duration.ofSeconds(11));
        CompletableFuture<String> failing = CompletableFuture.failedFuture(new IllegalStateException("down"));
        assertThat(stale.async()
                        .getOrLoad("k", id -> failing, LoadOptions.DEFAULTS)
                        .join())
                .isEqualTo("loaded");
        assertThat(stale.async().getOrLoad("k", id -> failing, LoadOptions.DEFAULTS.failingFast()))
                .failsWithin(Duration.ofSeconds(30))
                .withThrowableThat()
                .withCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    @Tag("SVC-2")
    void describe_ofSlidingEntry_doesNotRenewIt() {
        Region<String> sliding = cache.region(SLIDING, String.class);
        sliding.put("k", "v");
        pass(Duration.ofSeconds(60));
        Instant deadline = sliding.describe("k").deadline();
        assertThat(sliding.describe("k").deadline()).isEqualTo(deadline);
        pass(Duration.ofSeconds(50));
        assertThat(sliding.describe("k")).isNull();
    }

    @Test
    @Tag("SVC-1")
    void describe_givesEverythingKept() {
        profiles.put("ana", ANA, TEN_SECONDS.withTags("b", "a", "b").withMetadata(Map.of("etag", "\"1\"", "a", "é")));

        EntryDetails details = profiles.describe("ana");

        assertThat(details.region()).isEqualTo("profiles");
        assertThat(details.codec()).isEqualTo(2);
        assertThat(details.tags()).containsExactly("b", "a");
        assertThat(details.metadata()).containsExactly(Map.entry("a", "é"), Map.entry("etag", "\"1\""));
        assertThat(details.migrated()).isFalse();
        assertThat(Duration.between(details.created(), details.deadline()))
                .isBetween(Duration.ofMillis(9_990), Duration.ofMillis(10_010));
        assertThat(profiles.describe("nobody")).isNull();
    }

    @Test
    @Tag("SVC-9")
    void statistics_countByRegionAndTier() {
        texts.put("a", "1");
        texts.find("a");
        texts.find("b");
        texts.delete("a");

        var statistics = cache.statistics().regions().get("texts");
        assertThat(statistics.hits()).isEqualTo(1);
        assertThat(statistics.misses()).isEqualTo(1);
        assertThat(statistics.puts()).isEqualTo(1);
        assertThat(statistics.deletes()).isEqualTo(1);
        assertThat(statistics.unavailable()).isZero();
        assertThat(statistics.hitRate()).isEqualTo(0.5);
        assertThat(statistics.tiers()).containsKey(authority());
        assertThat(cache.regionNames()).contains("texts", INDEXED);
    }

    @Test
    @Tag("SVC-9")
    void health_ofRunningService_isUp() {
        texts.put("a", "1");

        assertThat(cache.health().isHealthy()).isTrue();
        assertThat(cache.health().tiers()).containsKey(authority());
        assertThat(cache.health().tiers().get(authority()).latency()).isNotNull();
    }

    @Test
    @Tag("SVC-1")
    void close_makesFurtherUseAnError() {
        cache.close();
        cache.close();

        assertThatThrownBy(() -> texts.lookup("k")).hasMessageStartingWith("CM-607");
        assertThatThrownBy(() -> texts.put("k", "v")).hasMessageStartingWith("CM-607");
        assertThat(texts.async().lookup("k")).isCompletedExceptionally();
    }

    /** Runs a piece of work in several threads that start together, and fails when one of them fails. */
    protected static void inThreads(int threads, ThreadWork work) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        CountDownLatch start = new CountDownLatch(1);
        List<Future<?>> futures = new ArrayList<>();
        try {
            for (int i = 0; i < threads; i++) {
                int number = i;
                futures.add(executor.submit(() -> {
                    start.await();
                    work.run(number);
                    return null;
                }));
            }
            start.countDown();
            for (Future<?> future : futures) {
                future.get();
            }
        } finally {
            executor.shutdownNow();
        }
    }

    /** A piece of work of one of several threads. */
    protected interface ThreadWork {
        /** Does it. */
        void run(int thread) throws Exception;
    }

    /** The type {@code List<String>}. */
    private static Type listOfStrings() {
        return ListHolder.class.getRecordComponents()[0].getGenericType();
    }

    private record ListHolder(List<String> list) {}
}
