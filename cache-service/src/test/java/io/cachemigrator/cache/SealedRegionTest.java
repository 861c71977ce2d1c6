package io.cachemigrator.cache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachemigrator.cache.codec.Codecs;
import io.cachemigrator.cache.config.CacheConfig;
import io.cachemigrator.cache.config.CompressionConfig;
import io.cachemigrator.cache.config.EncryptionConfig;
import io.cachemigrator.cache.config.RegionConfig;
import io.cachemigrator.cache.config.TierPolicy;
import io.cachemigrator.cache.envelope.EnvelopeFormat;
import io.cachemigrator.cache.error.ValidationException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Regions whose payloads are compressed and encrypted, and records as values. */
@Tag("SVC-8")
class SealedRegionTest {
    private static final String SECRET = "the quick brown fox ".repeat(100);

    @TempDir
    private Path folder;

    enum Kind {
        GOOD
    }

    record Customer(String name, int x, Instant at, LocalDate day, UUID id, BigDecimal amount, Kind kind) {}

    private CacheService open(TierPolicy policy, byte key) {
        return open(policy, key, true, false);
    }

    private CacheService open(TierPolicy policy, byte key, boolean encrypted, boolean acceptPlain) {
        byte[] bytes = new byte[32];
        bytes[0] = key;
        return CacheService.open(CacheConfig.builder()
                .diskFolder(folder)
                .encryption(EncryptionConfig.of(key, Map.of((int) key, bytes)))
                .region(RegionConfig.builder("sealed")
                        .tiers(policy)
                        .compression(new CompressionConfig(200, 3))
                        .encrypted(encrypted)
                        .acceptPlain(acceptPlain)
                        .tags(List.of("everything", "sealed"))
                        .build())
                .build());
    }

    @ParameterizedTest
    @EnumSource(
            value = TierPolicy.class,
            names = {"MEMORY", "DISK", "MEMORY_DISK"})
    void sealedRegion_isReadAsIfItWereNot(TierPolicy policy) {
        try (CacheService service = open(policy, (byte) 1)) {
            Region<String> region = service.region("sealed", String.class);
            region.put("k", SECRET, WriteOptions.DEFAULTS.withTags("own", "sealed"));
            assertThat(region.get("k")).isEqualTo(SECRET);
            assertThat(region.lookupAll(List.of("k")).get("k").valueOrNull()).isEqualTo(SECRET);
            EntryDetails details = region.describe("k");
            assertThat(new String(details.payload(), UTF_8)).isEqualTo(SECRET);
            assertThat(details.tags()).containsExactly("everything", "sealed", "own");

            Region<Long> numbers = service.region("sealed", Long.class);
            numbers.put("n", 41L);
            assertThat(numbers.get("n")).isEqualTo(41);
            assertThatThrownBy(() -> numbers.increment("n", 1))
                    .isInstanceOf(ValidationException.class)
                    .hasMessageStartingWith("CM-610")
                    .hasMessageContaining("'sealed'");
            assertThat(numbers.async().increment("n", 1))
                    .failsWithin(Duration.ofSeconds(30))
                    .withThrowableOfType(ExecutionException.class)
                    .withCauseInstanceOf(ValidationException.class);
            assertThat(numbers.get("n")).isEqualTo(41);

            region.invalidateTags(List.of("everything"));
            assertThat(region.get("k")).isNull();
        }
    }

    @Test
    void sealedRegion_leavesNothingInTheClearOnDisk() throws Exception {
        try (CacheService service = open(TierPolicy.DISK, (byte) 1)) {
            service.region("sealed", String.class).put("k", SECRET);
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), UTF_8)).doesNotContain("quick brown");
            }
        }
    }

    @Test
    void plainEntries_inAnEncryptedRegion_areNeverServed() {
        plant();
        try (CacheService service = open(TierPolicy.MEMORY_DISK, (byte) 1)) {
            Region<String> region = service.region("sealed", String.class);
            Region<Long> numbers = service.region("sealed", Long.class);
            for (String id : List.of("short", "long")) {
                assertThat(region.lookup(id)).isInstanceOfSatisfying(Lookup.Undecodable.class, found -> {
                    assertThat(found.kind()).isEqualTo(Lookup.Undecodable.Kind.NOT_ENCRYPTED);
                    assertThat(found.reason()).contains("acceptPlain").doesNotContain("planted");
                });
            }
            assertThat(numbers.lookup("number")).isInstanceOf(Lookup.Undecodable.class);
            assertThat(region.get("short")).isNull();
            assertThat(region.findAll(List.of("short", "long"))).isEmpty();
            assertThat(region.describe("short")).isNull();
            assertThat(region.statistics().undecodable()).isEqualTo(6);
            assertThat(region.statistics().hits()).isZero();
            assertThat(region.getOrLoad("short", id -> "loaded")).isEqualTo("loaded");
            assertThat(region.lookup("short").valueOrNull()).isEqualTo("loaded");
        }
    }

    @Test
    void plainEntries_acceptedForARollOut_areServedAndCounted() {
        plant();
        try (CacheService service = open(TierPolicy.DISK, (byte) 1, true, true)) {
            Region<String> region = service.region("sealed", String.class);
            Region<Long> numbers = service.region("sealed", Long.class);
            assertThat(region.get("short")).isEqualTo("planted");
            assertThat(region.get("long")).isEqualTo("planted ".repeat(100));
            assertThat(numbers.increment("number", 1)).isEqualTo(new CounterResult.Counted(42));
            numbers.put("own", 1L);
            assertThat(numbers.increment("own", 1)).isEqualTo(new CounterResult.Counted(2));
            region.put("k", SECRET);
        }
        try (CacheService strict = open(TierPolicy.DISK, (byte) 1)) {
            assertThat(strict.region("sealed", String.class).get("k"))
                    .as("written encrypted meanwhile")
                    .isEqualTo(SECRET);
        }
    }

    /** As somebody would who may write to the store and has no key. */
    private void plant() {
        try (CacheService service = open(TierPolicy.DISK, (byte) 1, false, false)) {
            service.region("sealed", String.class).put("short", "planted");
            service.region("sealed", String.class).put("long", "planted ".repeat(100));
            service.region("sealed", Long.class).put("number", 41L);
        }
    }

    @Test
    void lookup_withAnotherKey_isUndecodableAndWritable() {
        try (CacheService service = open(TierPolicy.DISK, (byte) 1)) {
            service.region("sealed", String.class).put("k", SECRET);
        }
        try (CacheService service = open(TierPolicy.DISK, (byte) 2)) {
            Region<String> region = service.region("sealed", String.class);
            assertThat(region.lookup("k"))
                    .isInstanceOfSatisfying(
                            Lookup.Undecodable.class,
                            found -> assertThat(found.reason()).contains("a key that is not configured"));
            assertThat(region.statistics().undecodable()).isEqualTo(1);
            assertThat(region.getOrLoad("k", id -> "loaded")).isEqualTo("loaded");
            assertThat(region.get("k")).isEqualTo("loaded");
        }
    }

    @Test
    void record_isWrittenAsTheGoldenFileSays() throws Exception {
        Customer customer = new Customer(
                "Ana",
                41,
                Instant.parse("2025-08-03T10:15:30.123456Z"),
                LocalDate.of(2025, 8, 3),
                new UUID(42, 43),
                new BigDecimal("12.50"),
                Kind.GOOD);
        byte[] golden;
        try (InputStream in = SealedRegionTest.class.getResourceAsStream("/golden/envelope-v1/record.bin")) {
            golden = EnvelopeFormat.decode(in.readAllBytes()).payload();
        }
        assertThat(new String(Codecs.json(Customer.class).encode(customer), UTF_8))
                .isEqualTo(new String(golden, UTF_8));
        assertThat(Codecs.json(Customer.class).decode(golden, 2)).isEqualTo(customer);
        assertThat(Codecs.json(Customer.class).immutableValues()).isTrue();
    }

    @Test
    void immutableValues_holdsOnlyForWhatCannotBeChanged() {
        record Holder(List<String> items) {}
        record Array(int[] items) {}
        record Nested(Customer customer, Nested next) {}
        record Any(Object value) {}
        assertThat(Codecs.of(String.class).immutableValues()).isTrue();
        assertThat(Codecs.of(Integer.class).immutableValues()).isTrue();
        assertThat(Codecs.of(Nested.class).immutableValues()).isTrue();
        assertThat(Codecs.of(Holder.class).immutableValues()).isFalse();
        assertThat(Codecs.of(Array.class).immutableValues()).isFalse();
        assertThat(Codecs.of(Any.class).immutableValues()).isFalse();
        assertThat(Codecs.of(byte[].class).immutableValues()).isFalse();
        assertThat(Codecs.of(java.util.Date.class).immutableValues()).isFalse();
    }
}
