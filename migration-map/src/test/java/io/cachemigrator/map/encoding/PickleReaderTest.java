package io.cachemigrator.map.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Pickles that Python's own pickler wrote, and hostile ones written by hand. */
@Tag("CLI-6")
class PickleReaderTest {
    private static final DecodingLimits LIMITS = new DecodingLimits(1 << 20, 4000, 200);

    static Stream<Arguments> readable() throws IOException {
        return cases().filter(node -> node.has("json"))
                .map(node -> Arguments.of(
                        node.get("name").asText(),
                        bytes(node),
                        node.get("json").asText(),
                        node.get("type").asText()));
    }

    static Stream<Arguments> refused() throws IOException {
        return cases().filter(node -> node.has("refused"))
                .map(node -> Arguments.of(
                        node.get("name").asText(),
                        bytes(node),
                        PickleRefusal.Cause.valueOf(node.get("refused").asText())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("readable")
    void read_plainData_becomesJson(String name, byte[] pickle, String json, String type) throws PickleRefusal {
        PickleNode node = PickleReader.read(pickle, LIMITS.maxElements());

        assertThat(new String(PickleJson.write(node, LIMITS), StandardCharsets.US_ASCII))
                .isEqualTo(json);
        assertThat(node.type()).isEqualTo(type);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void read_whatIsNotPlainData_isRefusedWithItsCause(String name, byte[] pickle, PickleRefusal.Cause cause) {
        PickleRefusal refusal = catchThrowableOfType(
                PickleRefusal.class, () -> PickleJson.write(PickleReader.read(pickle, LIMITS.maxElements()), LIMITS));

        assertThat(refusal).isNotNull();
        assertThat(refusal.kind()).isEqualTo(cause);
        assertThat(refusal).hasMessageNotContaining("nowhere");
    }

    private static byte[] bytes(JsonNode node) {
        return Base64.getDecoder().decode(node.get("pickle").asText());
    }

    private static Stream<JsonNode> cases() throws IOException {
        try (InputStream in = PickleReaderTest.class.getResourceAsStream("/pickles.json")) {
            return StreamSupport.stream(new ObjectMapper().readTree(in).spliterator(), false);
        }
    }
}
