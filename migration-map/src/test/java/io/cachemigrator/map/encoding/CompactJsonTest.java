package io.cachemigrator.map.encoding;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("SHM-1")
class CompactJsonTest {
    static Stream<Arguments> texts() {
        return Stream.of(
                Arguments.of("{ \"a b\" : [ 1 ,\t2.50 , NaN ] ,\n\"c\" : null }", "{\"a b\":[1,2.50,NaN],\"c\":null}"),
                Arguments.of("\"Zoë 🚀\u007f\"", "\"Zo\\u00eb \\ud83d\\ude80\\u007f\""),
                Arguments.of("\"\\u00eb\\/\\\" : , \\\\\"", "\"\\u00eb\\/\\\" : , \\\\\""),
                Arguments.of("  -1E5  ", "-1E5"),
                Arguments.of("[ ]", "[]"));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void of_anyJson_isWithoutSpaceAndInAscii(String json, String compact) {
        assertThat(new String(CompactJson.of(json.getBytes(UTF_8)), UTF_8)).isEqualTo(compact);
    }

    @Test
    void of_noJson_isRefused() {
        assertThatThrownBy(() -> CompactJson.of("{1".getBytes(UTF_8)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The text is no JSON. Hand in one JSON value.");
    }
}
