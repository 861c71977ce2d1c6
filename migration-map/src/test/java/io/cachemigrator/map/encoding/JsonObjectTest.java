package io.cachemigrator.map.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("CLI-6")
class JsonObjectTest {
    @Test
    void parse_anObject_keepsEachValueAsItIsWritten() {
        JsonObject object = parse("{ \"n\" : 1.0E+022 , \"\\u0061\":[1,  2], \"x\": NaN, \"n\": 5e-324 }");

        assertThat(object.names()).containsExactly("n", "a", "x");
        assertThat(text(object.raw("a"))).isEqualTo("[1,  2]");
        assertThat(text(object.raw("n"))).isEqualTo("5e-324");
        assertThat(object.number("n")).isEqualTo("5e-324");
        assertThat(object.number("x")).isNull();
        assertThat(object.raw("missing")).isNull();
    }

    @Test
    void string_escapesAndSurrogates_areDecoded() {
        JsonObject object = parse("{\"a\": \"\\ud83d\\ude00\\ud800\\n\\\"\\/ñ\", \"b\": 1}");

        assertThat(object.string("a")).isEqualTo("😀\ud800\n\"/ñ");
        assertThat(object.string("b")).isNull();
        assertThat(new String(new JsonOutput(100).string(object.string("a")).toBytes(), StandardCharsets.US_ASCII))
                .isEqualTo("\"\\ud83d\\ude00\\ud800\\n\\\"/\\u00f1\"");
    }

    @Test
    void strings_anArrayOfAnythingElse_isNone() {
        JsonObject object = parse("{\"a\": [ \"x\" , \"y\" ], \"b\": [\"x\", 1], \"c\": [], \"d\": {}}");

        assertThat(object.strings("a")).containsExactly("x", "y");
        assertThat(object.strings("b")).isNull();
        assertThat(object.strings("c")).isEmpty();
        assertThat(object.strings("d")).isNull();
    }

    @Test
    void has_nullAndMissing_areNotThere() {
        JsonObject object = parse("{\"a\": null, \"b\": false, \"c\": true}");

        assertThat(object.has("a")).isFalse();
        assertThat(object.has("z")).isFalse();
        assertThat(object.has("b")).isTrue();
        assertThat(object.isBoolean("b")).isTrue();
        assertThat(object.isTrue("b")).isFalse();
        assertThat(object.isTrue("c")).isTrue();
    }

    @Test
    void parse_whatIsNoObject_isNone() {
        assertThat(JsonObject.parse("[1]".getBytes(StandardCharsets.UTF_8))).isNull();
        assertThat(JsonObject.parse("{\"a\": 1".getBytes(StandardCharsets.UTF_8)))
                .isNull();
        assertThat(JsonObject.parse(new byte[0])).isNull();
    }

    @Test
    void output_beyondItsLimit_isMarked() {
        JsonOutput output = new JsonOutput(5).string("abc");

        assertThat(output.overflowed()).isFalse();
        assertThat(output.raw("x").overflowed()).isTrue();
        assertThat(output.toBytes()).hasSize(5);
    }

    private static JsonObject parse(String text) {
        JsonObject object = JsonObject.parse(text.getBytes(StandardCharsets.UTF_8));
        assertThat(object).isNotNull();
        return object;
    }

    private static String text(byte[] raw) {
        return new String(raw, StandardCharsets.UTF_8);
    }
}
