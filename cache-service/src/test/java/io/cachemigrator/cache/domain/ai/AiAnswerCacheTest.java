package io.cachemigrator.cache.domain.ai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachemigrator.cache.CacheService;
import io.cachemigrator.cache.Lookup;
import io.cachemigrator.cache.WriteOutcome;
import io.cachemigrator.cache.codec.Codecs;
import io.cachemigrator.cache.config.CacheConfig;
import io.cachemigrator.cache.config.RegionConfig;
import io.cachemigrator.cache.contract.MovableClock;
import io.cachemigrator.cache.error.ValidationException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("SVC-14")
class AiAnswerCacheTest {
    private static final AiKeys OLD = AiKeys.structured(1_000, true);

    private final MovableClock clock = new MovableClock(Instant.parse("2026-01-01T00:00:00Z"));
    private CacheService service;
    private AiAnswerCache<String> answers;

    @BeforeEach
    void open() {
        service = CacheService.open(CacheConfig.builder()
                .clock(clock)
                .region(RegionConfig.builder("answers")
                        .staleAllowance(Duration.ofHours(1))
                        .build())
                .build());
        answers = new AiAnswerCache<>(service, "answers", Codecs.text(), AiPolicy.DEFAULTS);
    }

    @AfterEach
    void close() {
        service.close();
    }

    private static AiRequest text(String text) {
        return AiRequest.of("summarize", text);
    }

    private static AiRequest options(Map<String, ?> options) {
        return text("t").withOptions(options);
    }

    static Stream<List<AiRequest>> unequalRequests() {
        return Stream.of(
                List.of(text("a|b"), text("a:b"), text("a_b")),
                List.of(options(Map.of("a", 1)), options(Map.of("a", "1")), options(Map.of("a", true))),
                List.of(options(Map.of("a", "1&b=2")), options(Map.of("a", "1", "b", "2"))),
                List.of(options(Map.of("a", List.of("x", "y"))), options(Map.of("a", "['x', 'y']"))),
                List.of(text("t").withQuestion("q"), options(Map.of("question", "q")), text("tq")),
                List.of(AiRequest.of("sum", "x"), AiRequest.of("summarize", "x")),
                List.of(options(Map.of("a", List.of(List.of(), "b"))), options(Map.of("a", List.of(List.of("b"))))),
                List.of(text("\u00e9"), text("e\u0301")));
    }

    @ParameterizedTest
    @MethodSource("unequalRequests")
    @DisplayName("DEF-28: no two requests share an answer")
    void digests_unequalRequests_haveUnequalIds(List<AiRequest> requests) {
        assertThat(requests).extracting(AiKeys.digests()::idOf).doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("DEF-29: options count in any order, nested ones too, and numbers by their value")
    void digests_equalRequests_haveEqualIds() {
        Map<String, Object> inner = new LinkedHashMap<>(Map.of("x", 1));
        inner.put("y", 2);
        Map<String, Object> turned = new LinkedHashMap<>(Map.of("y", 2));
        turned.put("x", 1);
        assertThat(AiKeys.digests().idOf(options(Map.of("m", inner, "n", 1))))
                .isEqualTo(AiKeys.digests().idOf(options(Map.of("n", 1.0, "m", turned))));
        assertThat(text("t").withQuestion("")).isEqualTo(text("t"));
    }

    @Test
    @DisplayName("DEF-15: an id shows nothing of the text")
    void digests_showNoText() {
        AiRequest request = new AiRequest("qa", "SECRETTEXT", Map.of("SECRETNAME", "SECRETVALUE"), "SECRETQUESTION");
        assertThat(AiKeys.digests().idOf(request)).matches("qa:[0-9a-f]{48}");
        assertThat(request.toString()).doesNotContain("SECRET");
    }

    static Stream<List<Object>> vectors() {
        Map<String, Object> mixed =
                new HashMap<>(Map.of("detail", true, "temperature", 0.7, "tags", List.of("a", "b")));
        mixed.put("limit", null);
        Map<String, Object> numbers = new HashMap<>(Map.of("a", 1.0, "b", 1e-05, "c", 1e16, "e", ""));
        numbers.put("d", Map.of("k", "it's"));
        return Stream.of(
                List.of(
                        AiRequest.of("summarize", "Sample text").withOptions(Map.of("max_length", 100)),
                        "op:summarize|txt:Sample text|opts:5104236b"),
                List.of(AiRequest.of("qa", "x").withOptions(Map.of("max_tokens", 150)), "op:qa|txt:x|opts:a1a0492b"),
                List.of(
                        AiRequest.of("qa", "x")
                                .withOptions(Map.of("max_tokens", 150))
                                .withQuestion("By how much did revenue rise?"),
                        "op:qa|txt:x|opts:85a58bb3|q:f8968688"),
                List.of(AiRequest.of("qa", "x").withOptions(mixed), "op:qa|txt:x|opts:22d1d37a"),
                List.of(AiRequest.of("qa", "x").withOptions(numbers), "op:qa|txt:x|opts:ac0063fe"),
                List.of(AiRequest.of("qa", "x").withOptions(Map.of("question", "")), "op:qa|txt:x|opts:ac849af7"),
                List.of(text("x".repeat(1_001)), "op:summarize|txt:hash:22f605c1b18ad0cb"),
                List.of(text("x".repeat(60_000)), "op:summarize|txt:hash:80f5de354104872d"),
                List.of(text("\u65e5\u672c \u8a9e\u3000\u30c6".repeat(200)), "op:summarize|txt:hash:c3ad29b7505c2df6"),
                List.of(text("\ud83d\ude80 ".repeat(600)), "op:summarize|txt:hash:dadd352fc291aa7b"),
                List.of(text(""), "op:summarize|txt:"),
                List.of(text("ratio a|b is 3:1 overall"), "op:summarize|txt:ratio a_b is 3_1 overall"),
                List.of(text("x".repeat(1_000)), "op:summarize|txt:" + "x".repeat(1_000)));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void structured_knownRequests_giveTheIdsOfOlderCaches(List<Object> vector) {
        assertThat(OLD.idOf((AiRequest) vector.get(0))).isEqualTo(vector.get(1));
    }

    @Test
    @Tag("factory-case-5")
    @DisplayName("case 5: threshold zero hashes every text but the empty one")
    void structured_thresholdZero_hashesEveryText() {
        AiKeys keys = AiKeys.structured(0, true, "SHA-256");
        assertThat(keys.idOf(text("a"))).matches("op:summarize\\|txt:hash:[0-9a-f]{16}");
        assertThat(keys.idOf(text(""))).isEqualTo("op:summarize|txt:");
        assertThat(AiKeys.structured(0, true, "MD5").idOf(text("a"))).isNotEqualTo(keys.idOf(text("a")));
        assertThatThrownBy(() -> AiKeys.structured(1, true, "SHA-1")).isInstanceOf(ValidationException.class);
    }

    @Test
    void structured_questionApart_isNoOption() {
        assertThat(AiKeys.structured(1_000, false)
                        .idOf(AiRequest.of("qa", "x")
                                .withOptions(Map.of("max_tokens", 150))
                                .withQuestion("By how much did revenue rise?")))
                .isEqualTo("op:qa|txt:x|opts:a1a0492b|q:f8968688");
        assertThatThrownBy(() -> AiKeys.structured(0, false)).isInstanceOf(ValidationException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.7=0.7",
                "1.0=1.0",
                "100000.0=100000.0",
                "1e-05=1.0E-5",
                "0.0001=1.0E-4",
                "1e+16=1E16",
                "1e+22=1E22",
                "1.2345678901234568e+17=123456789012345680",
                "nan=NaN",
                "inf=Infinity",
                "-inf=-Infinity",
                "-0.0=-0.0",
                "2e-323=2.0E-323",
                "9007199254740993.0=9007199254740993",
                "-2.5=-2.5",
                "123456.789=123456.789"
            })
    void pythonText_numbers(String pair) {
        String[] parts = pair.split("=");
        double value = Double.parseDouble(parts[1]);
        String expected = parts[0].equals("9007199254740993.0") ? "9007199254740992.0" : parts[0];
        assertThat(PythonText.of(value)).isEqualTo(expected);
    }

    @Test
    void pythonText_textInside_isQuotedAsThere() {
        assertThat(PythonText.of(List.of("a", "it's", "say \"it's\"", "\\", "\n\t", "\u0001", "\u200b", "\u00e9")))
                .isEqualTo("['a', \"it's\", 'say \"it\\'s\"', '\\\\', '\\n\\t', '\\x01', '\\u200b', '\u00e9']");
        assertThat(PythonText.of(Arrays.asList(null, true, 5L, Map.of()))).isEqualTo("[None, True, 5, {}]");
        assertThatThrownBy(() -> PythonText.of(new Object())).isInstanceOf(ValidationException.class);
    }

    @Test
    @DisplayName("DEF-04: an operation's time comes before the default, a given one before both")
    void put_timeToLive_isTheMostSpecific() {
        AiRequest qa = AiRequest.of("qa", "x");
        AiRequest other = AiRequest.of("translate", "x");
        answers.put(qa, "1");
        answers.put(other, "2");
        answers.put(text("x"), "3", Duration.ofSeconds(5));
        clock.advance(Duration.ofSeconds(5));
        assertThat(answers.lookup(text("x")).isPresent()).isFalse();
        clock.advance(Duration.ofMinutes(30));
        assertThat(answers.lookup(qa).isPresent()).isFalse();
        assertThat(answers.lookup(other).valueOrNull()).isEqualTo("2");
        assertThatThrownBy(() -> AiPolicy.DEFAULTS.withOperationTtl("qa", Duration.ZERO))
                .isInstanceOf(ValidationException.class);
    }

    @Test
    @DisplayName("DEF-26: invalidating sum leaves summarize alone")
    void invalidateOperation_isExact() {
        answers.put(AiRequest.of("sum", "x"), "1");
        answers.put(AiRequest.of("summarize", "x"), "2");
        answers.invalidateOperation("sum");
        assertThat(answers.lookup(AiRequest.of("sum", "x")).isPresent()).isFalse();
        assertThat(answers.lookup(AiRequest.of("summarize", "x")).valueOrNull()).isEqualTo("2");
        assertThatThrownBy(() -> answers.invalidateOperation("a|b")).isInstanceOf(ValidationException.class);
    }

    @Test
    @DisplayName("DEF-42: an answer that only helps out is not kept, and a failure gives a stale one")
    void getOrAsk_keepsRealAnswersOnly() {
        AiRequest request = text("x");
        assertThat(answers.getOrAsk(request, () -> AiAnswer.helpingOut("sorry")))
                .isEqualTo("sorry");
        assertThat(answers.lookup(request)).isInstanceOf(Lookup.Absent.class);
        assertThat(answers.getOrAsk(request, () -> AiAnswer.of("real"))).isEqualTo("real");
        assertThat(answers.getOrAsk(request, () -> {
                    throw new AssertionError("asked again");
                }))
                .isEqualTo("real");
        clock.advance(Duration.ofHours(2).plusSeconds(1));
        assertThat(answers.getOrAsk(request, () -> {
                    throw new IllegalStateException("down");
                }))
                .isEqualTo("real");
        clock.advance(Duration.ofHours(1));
        assertThatThrownBy(() -> answers.getOrAsk(request, () -> {
                    throw new IllegalStateException("down");
                }))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void statistics_countByOperation() {
        AiRequest request = text("x");
        answers.lookup(request);
        answers.put(request, "a");
        answers.lookup(request);
        assertThat(answers.statistics().operations())
                .containsExactly(Map.entry("summarize", new AiStatistics.Operation(1, 1, 1)));
        assertThat(answers.statistics().operations().get("summarize").hitRate()).isEqualTo(0.5);
        assertThat(answers.delete(request)).isEqualTo(WriteOutcome.STORED);
        answers.put(request, "a");
        assertThat(answers.clear().removed()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a|b", "a b", "a:b", "\u00e9"})
    void request_operationOfOtherLetters_isRefused(String operation) {
        assertThatThrownBy(() -> AiRequest.of(operation, "x")).isInstanceOf(ValidationException.class);
    }

    @Test
    void request_halfASurrogateOrAnUnknownOption_isRefused() {
        assertThatThrownBy(() -> text("\ud83d")).isInstanceOf(ValidationException.class);
        assertThatThrownBy(() -> text("x").withQuestion("\ude80")).isInstanceOf(ValidationException.class);
        assertThatThrownBy(() -> AiKeys.digests().idOf(options(Map.of("a", new Object()))))
                .isInstanceOf(ValidationException.class);
        assertThatThrownBy(() -> AiKeys.digests().idOf(options(Map.of("a", Map.of(1, 2)))))
                .isInstanceOf(ValidationException.class);
    }
}
