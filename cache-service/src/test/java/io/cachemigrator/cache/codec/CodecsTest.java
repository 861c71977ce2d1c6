package io.cachemigrator.cache.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.cachemigrator.cache.error.ValidationException;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("SVC-8")
class CodecsTest {
    enum Phase {
        GREETING,
        CLOSING
    }

    record Everything(
            Instant instant,
            LocalDate date,
            LocalDateTime dateTime,
            OffsetDateTime offset,
            ZonedDateTime zoned,
            Duration duration,
            Set<String> set,
            Map<Phase, List<Integer>> map,
            Optional<String> some,
            Optional<String> none,
            UUID uuid,
            BigDecimal decimal,
            BigInteger integer,
            double number,
            Phase phase) {}

    record Node(String name, List<Node> children) {}

    record Loose(Object anything) {}

    record Bytes(byte[] content) {}

    static class Animal {
        public String name = "";
    }

    static class Dog extends Animal {
        public int age = 3;
    }

    @SuppressWarnings("unused") // read by reflection
    private record Types(Map<String, Object> map, List<Instant> instants, Set<Phase> phases) {}

    private static Type typeOf(String component) {
        return Stream.of(Types.class.getRecordComponents())
                .filter(candidate -> candidate.getName().equals(component))
                .findFirst()
                .orElseThrow()
                .getGenericType();
    }

    private static <V> V roundTrip(Codec<V> codec, V value) throws CodecException {
        return codec.decode(codec.encode(value), codec.id());
    }

    @Test
    @DisplayName("dates, sets and other declared types come back as they were (defect E-10)")
    void json_ofRecord_roundTrips() throws Exception {
        Everything value = new Everything(
                Instant.parse("2025-08-03T10:15:30.123456789Z"),
                LocalDate.of(2024, 2, 29),
                LocalDateTime.of(2025, 8, 3, 10, 15, 30, 123_456_000),
                OffsetDateTime.parse("2025-08-03T10:15:30+05:30"),
                ZonedDateTime.parse("2025-08-03T10:15:30+02:00[Europe/Madrid]"),
                Duration.ofMillis(1_500),
                Set.of("a", "b"),
                Map.of(Phase.GREETING, List.of(1, 2)),
                Optional.of("é🌍"),
                Optional.empty(),
                UUID.randomUUID(),
                new BigDecimal("1E+400"),
                new BigInteger("1180591620717411303424"),
                Double.NaN,
                Phase.CLOSING);
        Codec<Everything> codec = Codecs.json(Everything.class);

        assertThat(roundTrip(codec, value)).isEqualTo(value);
        assertThat(new String(codec.encode(value), UTF_8)).contains("\"instant\":\"2025-08-03T10:15:30.123456789Z\"");
    }

    @Test
    @DisplayName("byte arrays come back as bytes (defect E-10)")
    void json_ofBytes_roundTrips() throws Exception {
        byte[] content = {0, -1, (byte) 0x80};
        assertThat(roundTrip(Codecs.json(Bytes.class), new Bytes(content)).content())
                .isEqualTo(content);
        assertThat(roundTrip(Codecs.bytes(), content)).isEqualTo(content);
        assertThat(roundTrip(Codecs.of(byte[].class), content)).isEqualTo(content);
    }

    @Test
    void json_ofGenericType_roundTrips() throws Exception {
        Codec<List<Instant>> instants = Codecs.json(typeOf("instants"));
        Codec<Set<Phase>> phases = Codecs.json(typeOf("phases"));

        assertThat(roundTrip(instants, List.of(Instant.EPOCH))).containsExactly(Instant.EPOCH);
        assertThat(roundTrip(phases, Set.of(Phase.CLOSING))).containsExactly(Phase.CLOSING);
        assertThat(roundTrip(Codecs.json(Node.class), new Node("a", List.of(new Node("b", List.of())))))
                .isEqualTo(new Node("a", List.of(new Node("b", List.of()))));
    }

    static Stream<Object> untyped() {
        Map<Object, Object> oddKey = new HashMap<>();
        oddKey.put(1, "one");
        return Stream.of(
                Instant.EPOCH,
                Set.of("a"),
                new byte[] {1},
                Phase.CLOSING,
                Optional.of("a"),
                new Node("a", List.of()),
                List.of(List.of(Map.of("deep", Instant.EPOCH))),
                oddKey);
    }

    @ParameterizedTest
    @MethodSource("untyped")
    @DisplayName("what would come back as something else is refused (defect E-10)")
    void json_ofUntypedNonJson_isRefused(Object value) {
        Codec<Map<String, Object>> maps = Codecs.json(typeOf("map"));

        assertThatThrownBy(() -> maps.encode(Map.of("k", value)))
                .isInstanceOf(ValidationException.class)
                .hasMessageStartingWith("CM-603");
        assertThatThrownBy(() -> Codecs.json(Object.class).encode(value)).hasMessageStartingWith("CM-603");
        assertThatThrownBy(() -> Codecs.json(Loose.class).encode(new Loose(value)))
                .hasMessageStartingWith("CM-603");
    }

    @Test
    void json_ofUntypedJson_roundTrips() throws Exception {
        Codec<Map<String, Object>> maps = Codecs.json(typeOf("map"));
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("text", "a");
        value.put("list", Arrays.asList(1, 2.5, true, null, Map.of("k", "v")));
        value.put("huge", new BigInteger("1180591620717411303424"));

        assertThat(roundTrip(maps, value)).isEqualTo(value);
    }

    @Test
    void json_ofSubclass_isRefused() {
        assertThatThrownBy(() -> Codecs.json(Animal.class).encode(new Dog())).hasMessageStartingWith("CM-603");
    }

    @Test
    void json_ofTypeThatCannotBeReadBack_isRefused() {
        assertThatThrownBy(() -> Codecs.json(Runnable.class).encode(() -> {})).hasMessageStartingWith("CM-603");
    }

    @Test
    void json_ofCycle_isRefused() {
        List<Object> cycle = new ArrayList<>();
        cycle.add(cycle);
        assertThatThrownBy(() -> Codecs.json(Object.class).encode(cycle)).hasMessageStartingWith("CM-603");
    }

    @Test
    void json_ofHalfSurrogate_roundTripsAsEscape() throws Exception {
        Codec<Map<String, Object>> maps = Codecs.json(typeOf("map"));
        Map<String, Object> value = Map.of("k", "half \uD83C and whole 🌍");

        byte[] json = maps.encode(value);
        assertThat(new String(json, UTF_8)).contains("half \\uD83C and");
        assertThat(maps.decode(json, 2)).isEqualTo(value);
    }

    @Test
    void json_ofPythonDialect_isReadable() throws Exception {
        byte[] python =
                "{\"nan\": NaN, \"inf\": Infinity, \"neg\": -Infinity, \"big\": 1180591620717411303424, \"half\": \"\\ud800\"}"
                        .getBytes(UTF_8);
        Codec<Map<String, Object>> maps = Codecs.json(typeOf("map"));

        Map<String, Object> value = maps.decode(python, 2);

        assertThat(value)
                .containsEntry("nan", Double.NaN)
                .containsEntry("inf", Double.POSITIVE_INFINITY)
                .containsEntry("neg", Double.NEGATIVE_INFINITY)
                .containsEntry("big", new BigInteger("1180591620717411303424"))
                .containsEntry("half", "\uD800");
        assertThat(Codecs.json(Object.class).decode(python, 2)).isInstanceOf(Map.class);
        JsonNode node = Codecs.json(JsonNode.class).decode(python, 2);
        assertThat(node.get("big").bigIntegerValue()).isEqualTo(new BigInteger("1180591620717411303424"));
        assertThat(maps.decode(maps.encode(value), 2)).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "{\"a\": 1}}", "[1] 2", "{'a': 1}", "nul", "null", "[1,]"})
    void json_ofOtherText_throwsCodecExceptionWithoutTheText(String text) {
        assertThatThrownBy(() -> Codecs.json(Object.class).decode(text.getBytes(UTF_8), 2))
                .isInstanceOf(CodecException.class)
                .hasNoCause();
    }

    @Test
    void json_ofOtherShape_saysWhereAndNotWhat() {
        byte[] json = "{\"name\": \"secret\", \"children\": \"secret\"}".getBytes(UTF_8);
        assertThatThrownBy(() -> Codecs.json(Node.class).decode(json, 2))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("line 1")
                .hasMessageNotContaining("secret");
    }

    @Test
    void json_nestedTooDeep_throwsCodecException() {
        byte[] deep = ("[".repeat(100_000) + "]".repeat(100_000)).getBytes(UTF_8);
        assertThatThrownBy(() -> Codecs.json(Object.class).decode(deep, 2)).isInstanceOf(CodecException.class);
        assertThatThrownBy(() -> Codecs.rawJsonBytes().encode(deep)).hasMessageStartingWith("CM-603");
    }

    @Test
    void json_readsText() throws Exception {
        assertThat(Codecs.json(Integer.class).decode("42".getBytes(UTF_8), 1)).isEqualTo(42);
        assertThat(Codecs.json(String.class).decode("not json".getBytes(UTF_8), 1))
                .isEqualTo("not json");
        assertThat(Codecs.json(String.class).decode("\"json\"".getBytes(UTF_8), 2))
                .isEqualTo("json");
        assertThat(Codecs.json(Integer.class).reads(0)).isFalse();
    }

    @Test
    void rawJson_keepsTheText() throws Exception {
        String text = "{\"b\" : 1.0e+22,\n \"a\":NaN, \"é\": \"\\u00e9\"}";

        assertThat(Codecs.rawJson().encode(text)).isEqualTo(text.getBytes(UTF_8));
        assertThat(roundTrip(Codecs.rawJson(), text)).isEqualTo(text);
        assertThat(roundTrip(Codecs.rawJsonBytes(), text.getBytes(UTF_8))).isEqualTo(text.getBytes(UTF_8));
        assertThat(Codecs.rawJson().id()).isEqualTo(2);
        assertThatThrownBy(() -> Codecs.rawJson().encode("{")).hasMessageStartingWith("CM-603");
        assertThatThrownBy(() -> Codecs.rawJson().encode("{} {}")).hasMessageStartingWith("CM-603");
        assertThatThrownBy(() -> Codecs.rawJson().encode("")).hasMessageStartingWith("CM-603");
    }

    @Test
    @DisplayName("text stays text whatever it looks like (defect C-12)")
    void text_keepsItsType() throws Exception {
        for (String text : List.of("", "42", "{\"a\": 1}", "null", "b'x'", "é🌍\u0000")) {
            assertThat(roundTrip(Codecs.text(), text)).isEqualTo(text);
        }
        assertThatThrownBy(() -> Codecs.text().encode("half \uD83C")).hasMessageStartingWith("CM-603");
        assertThatThrownBy(() -> Codecs.text().decode(new byte[] {(byte) 0xFF}, 1))
                .isInstanceOf(CodecException.class);
        assertThat(Codecs.text().decode("\"quoted\"".getBytes(UTF_8), 2)).isEqualTo("quoted");
        assertThat(Codecs.text().decode("{\"a\": 1}".getBytes(UTF_8), 2)).isEqualTo("{\"a\": 1}");
    }
}
