package io.cachemigrator.map.translate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachemigrator.map.MapResult;
import io.cachemigrator.map.MigrationMaps;
import io.cachemigrator.map.Strategy;
import io.cachemigrator.map.encoding.DecodingLimits;
import io.cachemigrator.map.encoding.MarkedGzip;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("CLI-6")
class TranslatorTest {
    private static final Instant READ_AT = Instant.parse("2026-01-01T00:00:00Z");
    private static final String CALL = "\u0080\u0004\u008c\u0002os\u008c\u0006system\u0093\u008c\u0002id\u0085R.";

    private final Translator translator =
            Translator.of(MigrationMaps.builtIn("services").orElseThrow(), Map.of());

    @Test
    void translate_aPlainCopy_sharesTheValueAndAddsNothing() {
        byte[] value = bytes("{\"a\": 1.0, \"b\": 12345678901234567890, \"b\": NaN}");
        Translation.Entry entry =
                entry(translator.translate(new LegacyEntry(bytes("ngx:conv:1"), "string", value, 5, READ_AT)));

        assertThat(entry.payload()).isSameAs(value);
        assertThat(entry.metadata()).isEmpty();
        assertThat(entry.tags()).isEmpty();
        assertThat(entry.remainingTtlMillis()).isEqualTo(OptionalLong.of(5));
    }

    @Test
    void translate_aMarkedBody_isTheBody() {
        String body = "{\"rows\": [1, 2]}";
        String legacy = "{\"value\": \"" + MarkedGzip.of(bytes(body)) + "\", \"created_at\": \"2025-08-03T10:00:00\","
                + " \"expires_at\": \"2025-08-03T10:05:00\", \"compressed\": true, \"tags\": [\"a\"], \"stale_ttl\": 60}";

        Translation.Entry entry = entry(translate("ngx:http:a", legacy, 120_000));

        assertThat(new String(entry.payload(), StandardCharsets.UTF_8)).startsWith("{\"response\": " + body);
        assertThat(entry.fidelity()).isEqualTo(Fidelity.TRANSFORMED);
        assertThat(entry.tags()).containsExactly("a");
        assertThat(translate("ngx:http:a", legacy.replace("base64:H4", "base64:I4"), 120_000))
                .isInstanceOfSatisfying(
                        Translation.Quarantined.class,
                        quarantined -> assertThat(quarantined.reason()).isEqualTo(QuarantineReason.UNRECOVERABLE));
    }

    @Test
    void translate_withoutExpiry_staysWithoutExpiry() {
        assertThat(entry(translate("ngx:greeting", "1", -1)).remainingTtlMillis())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ngx:blob", "ngx:conv:1", "ngx:ngx:blob"})
    @DisplayName("Defect E-11, case 51: a pickle with a call is refused and listed")
    @Tag("services-case-51")
    void translate_aPickleThatCalls_isQuarantined(String key) {
        LegacyEntry entry =
                new LegacyEntry(bytes(key), "string", CALL.getBytes(StandardCharsets.ISO_8859_1), 1000, READ_AT);

        assertThat(translator.translate(entry)).isInstanceOfSatisfying(Translation.Quarantined.class, quarantined -> {
            assertThat(quarantined.reason()).isEqualTo(QuarantineReason.REFUSED_PICKLE);
            assertThat(quarantined.detail()).contains("it calls os.system");
        });
    }

    @Test
    @DisplayName("Defect B-1: counters under the wrong prefix are added to the right one")
    void translate_aMisnamedCounter_isToBeAddedWithoutExpiry() {
        Translation expected = translate("ngx:metrics:a:b", "-8", 3_600_000);

        assertThat(expected).isInstanceOfSatisfying(Translation.CounterMerge.class, merge -> {
            assertThat(merge.id()).isEqualTo("metr:a:b");
            assertThat(merge.amount()).isEqualTo(-8);
            assertThat(merge.legacyCounterKey()).isEqualTo(bytes("ngx:metr:a:b"));
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "ngx:metrics:a; string; 1.5; NOT_A_COUNTER",
                "ngx:metrics:a; string; 9223372036854775808; NOT_A_COUNTER",
                "ngx:metrics:a; string; text; UNEXPECTED_ENCODING",
                "ngx:http:a; string; [1]; UNKNOWN_ENVELOPE",
                "ngx:http:a; string; {\"body\": 1}; UNKNOWN_ENVELOPE",
                "ngx:http:a; string; no json; UNEXPECTED_ENCODING",
                "ngx:http:a; string; {\"value\": \"b'\\\\x00'\", \"expires_at\": \"\", \"compressed\": true}; UNRECOVERABLE",
                "ngx:http:a; string; {\"value\": 1, \"expires_at\": \"\", \"compressed\": true}; UNRECOVERABLE",
                "ngx:http:a; string; {\"value\": 1, \"expires_at\": \"\", \"compressed\": false, \"tags\": [1]};"
                        + " UNKNOWN_ENVELOPE",
                "ngx:http:a; string; {\"value\": 1, \"expires_at\": \"\", \"compressed\": false, \"tags\": [\"\\ud800\"]};"
                        + " UNKNOWN_ENVELOPE",
                "ngx:response:a:b; string; [1]; UNEXPECTED_SHAPE",
                "ngx:anything; zset; ``; FOREIGN_TYPE",
                "ngx:anything; ReJSON-RL; ``; FOREIGN_TYPE",
                "ngx:; string; 1; INVALID_ID",
                "ngx:ngx:; string; 1; INVALID_ID",
                "ngx:ngx:ngx:ngx:ngx:ngx:ngx:ngx:ngx:ngx:ngx:x; string; 1; INVALID_ID"
            })
    void translate_whatCannotBeCarriedOver_isQuarantinedWithItsReason(
            String key, String type, String value, QuarantineReason reason) {
        LegacyEntry entry = new LegacyEntry(bytes(key), type, bytes(value), 1000, READ_AT);

        assertThat(translator.translate(entry))
                .isInstanceOfSatisfying(
                        Translation.Quarantined.class,
                        quarantined -> assertThat(quarantined.reason()).isEqualTo(reason));
    }

    @Test
    @DisplayName("Defect A-1, case 52: the namespace twice folds to once, where that is free")
    void translate_aDoubledNamespace_namesTheKeyThatMustBeFree() {
        assertThat(translate("ngx:ngx:ngx:conv:1", "1", 1000))
                .isInstanceOfSatisfying(Translation.FoldIfAbsent.class, fold -> {
                    assertThat(fold.legacyKey()).isEqualTo(bytes("ngx:conv:1"));
                    assertThat(fold.entry().region()).isEqualTo("conversations");
                    assertThat(fold.entry().metadata()).containsEntry("legacy.key", "ngx:ngx:ngx:conv:1");
                });
        assertThat(translate("ngx:ngx:decision:1", "1", 1000)).isInstanceOf(Translation.Excluded.class);
        assertThat(translate("ngx:ngx:metrics:a", "1", 1000)).isInstanceOf(Translation.CounterMerge.class);
    }

    @Test
    @DisplayName("Defects B-3, B-4: answers keep all their fields under the key that readers use")
    void translate_anAnswer_keepsTheWholeLegacyMapAsItIsWritten() {
        String legacy = "{\"response\": \"s\\u00ed\", \"confidence\": 0.50, \"score\": 1e400, \"n\": NaN}";
        Translation.Entry entry = entry(translate("ngx:response:faq:x", legacy, 10_800_000));

        assertThat(new String(entry.payload(), StandardCharsets.UTF_8))
                .isEqualTo("{\"response\": \"s\\u00ed\", \"confidence\": 0.50,"
                        + " \"created_at\": \"2026-01-01T00:00:00.000000Z\", \"payload\": " + legacy + "}");
        assertThat(entry.id()).isEqualTo("precomp:faq:x");
        assertThat(entry.timeFields()).containsExactly("created_at");
    }

    @Test
    void translate_anAnswerWithItsTime_keepsIt() {
        Translation.Entry entry = entry(translate("ngx:response:faq:x", "{\"created_at\": \"2025-01-01\"}", 1000));

        assertThat(entry.timeFields()).isEmpty();
        assertThat(new String(entry.payload(), StandardCharsets.UTF_8))
                .isEqualTo("{\"response\": null, \"confidence\": 1.0, \"created_at\": \"2025-01-01\","
                        + " \"payload\": {\"created_at\": \"2025-01-01\"}}");
    }

    @Test
    @Tag("SVC-14")
    @DisplayName("Defect C-2: the older envelope is read, its freshness taken from what is left of its life")
    void translate_anOlderEnvelope_countsFreshnessFromTheRemainingLife() {
        String legacy = "{\"value\": 12345678901234567890.50, \"created_at\": \"2025-08-03 10:00:00\","
                + " \"expires_at\": \"2025-08-03 10:01:00.5\", \"compressed\": false, \"tags\": [\"a\", \"b\", \"a\"],"
                + " \"stale_ttl\": 60}";
        Translation.Entry entry = entry(translate("ngx:http:a", legacy, 90_000));

        assertThat(new String(entry.payload(), StandardCharsets.UTF_8))
                .isEqualTo("{\"response\": 12345678901234567890.50, \"cached_at\": \"2025-12-31T23:59:29.500000Z\","
                        + " \"etag\": null, \"tags\": [\"a\", \"b\"], \"vary_headers\": {}, \"stale_ttl\": 60,"
                        + " \"expires\": \"2026-01-01T00:00:30.000000Z\"}");
        assertThat(entry.tags()).containsExactly("a", "b");
        assertThat(entry.remainingTtlMillis()).isEqualTo(OptionalLong.of(90_000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-5", "null", "\"x\"", "1e999", "NaN"})
    void translate_anEnvelopeWithoutAUsableStaleTime_takesTheLegacyDefault(String stale) {
        String legacy = "{\"value\": 1, \"created_at\": \"?\", \"expires_at\": \"?\", \"compressed\": false,"
                + " \"stale_ttl\": " + stale + "}";

        assertThat(new String(entry(translate("ngx:http:a", legacy, -1)).payload(), StandardCharsets.UTF_8))
                .endsWith("\"stale_ttl\": 3600, \"expires\": null}")
                .contains("\"cached_at\": \"2026-01-01T00:00:00.000000Z\"");
    }

    @Test
    void matches_anotherReadingOfTheSameEntry_isEqualDespiteTheTimes() {
        String legacy = "{\"value\": 1, \"expires_at\": \"?\", \"compressed\": false}";
        Translation.Entry first = entry(translate("ngx:http:a", legacy, 5_000_000));
        Translation.Entry second = entry(translate("ngx:http:a", legacy, 4_999_000));
        Translation.Entry other = entry(translate("ngx:http:a", legacy.replace("1", "2"), 5_000_000));

        assertThat(first.payload()).isNotEqualTo(second.payload());
        assertThat(first.matches(second.payload())).isTrue();
        assertThat(first.matches(other.payload())).isFalse();
        assertThat(first.matches(bytes("{}"))).isFalse();
        assertThat(first.matches(bytes("no json"))).isFalse();
    }

    @Test
    void matches_aPlainCopy_needsTheSameBytes() {
        Translation.Entry entry = entry(translate("ngx:a", "{\"a\": 1}", 1000));

        assertThat(entry.matches(bytes("{\"a\": 1}"))).isTrue();
        assertThat(entry.matches(bytes("{\"a\":1}"))).isFalse();
    }

    @Test
    void translate_beyondTheLimits_isQuarantined() {
        Translator small = Translator.of(
                MigrationMaps.builtIn("services").orElseThrow(), Map.of(), new DecodingLimits(100, 10, 10));
        String answer = "{\"response\": \"" + "x".repeat(60) + "\"}";

        assertThat(small.translate(new LegacyEntry(bytes("ngx:a"), "string", new byte[101], 1, READ_AT)))
                .isInstanceOfSatisfying(
                        Translation.Quarantined.class,
                        quarantined -> assertThat(quarantined.reason()).isEqualTo(QuarantineReason.OVERSIZE));
        assertThat(small.translate(new LegacyEntry(bytes("ngx:response:a:b"), "string", bytes(answer), 1, READ_AT)))
                .isInstanceOfSatisfying(
                        Translation.Quarantined.class,
                        quarantined -> assertThat(quarantined.reason()).isEqualTo(QuarantineReason.OVERSIZE));
    }

    @Test
    void translate_whatIsNotCarriedOver_saysItsStrategy() {
        MapResult result = MigrationMaps.parse("""
                format: 1
                family: shop
                title: The shop
                keySpaces:
                  - { name: old, pattern: "s:old:{id}", ttl: none, strategy: drop }
                  - { name: sums, pattern: "s:sum:{id}", ttl: 1h, strategy: recompute }
                """, "shop");
        Translator shop = Translator.of(((MapResult.Valid) result).map(), Map.of());

        assertThat(shop.translate(new LegacyEntry(bytes("s:old:1"), "hash", new byte[0], -1, READ_AT)))
                .isEqualTo(new Translation.NotCopied("old", Strategy.DROP));
        assertThat(shop.translate(new LegacyEntry(bytes("s:sum:1"), "hash", new byte[0], -1, READ_AT)))
                .isEqualTo(new Translation.NotCopied("sums", Strategy.RECOMPUTE));
        assertThat(shop.matcher().scanPatterns()).containsExactly("s:old:*", "s:sum:*");
    }

    @Test
    void translate_elementsThatAreNotRead_areQuarantinedNotCopiedAsNothing() {
        MapResult result = MigrationMaps.parse("""
                format: 1
                family: shop
                title: The shop
                keySpaces:
                  - name: baskets
                    pattern: "s:basket:{id}"
                    redisTypes: [hash, string]
                    encodings: [json, opaque]
                    ttl: 1h
                    strategy: copy
                    target: { region: baskets, id: "{id}" }
                """, "shop");
        Translator shop = Translator.of(((MapResult.Valid) result).map(), Map.of());

        assertThat(shop.translate(new LegacyEntry(bytes("s:basket:1"), "hash", new byte[0], -1, READ_AT)))
                .isInstanceOfSatisfying(Translation.Quarantined.class, quarantined -> {
                    assertThat(quarantined.reason()).isEqualTo(QuarantineReason.FOREIGN_TYPE);
                    assertThat(quarantined.detail()).contains("hash, whose elements are not read");
                });
    }

    @Test
    void legacyEntry_thatHasExpired_isRefused() {
        assertThatThrownBy(() -> new LegacyEntry(bytes("a"), "string", bytes("1"), -2, READ_AT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Leave out keys that expired");
    }

    @Test
    void codecs_theirNumbers_areThoseOfTheEnvelope() {
        assertThat(PayloadCodec.BYTES.number()).isZero();
        assertThat(PayloadCodec.STRING.number()).isEqualTo(1);
        assertThat(PayloadCodec.JSON.number()).isEqualTo(2);
    }

    private Translation translate(String key, String value, long ttlMillis) {
        return translator.translate(new LegacyEntry(bytes(key), "string", bytes(value), ttlMillis, READ_AT));
    }

    private static Translation.Entry entry(Translation translation) {
        assertThat(translation).isInstanceOf(Translation.Entry.class);
        return (Translation.Entry) translation;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
