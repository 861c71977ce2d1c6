package io.cachemigrator.map.encoding;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What recognises a text as it comes, in pieces, says the same as what looks at all of it. */
@Tag("CLI-6")
class ProbesPropertyTest {
    private static final List<String> PARTS = List.of(
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"",
            "\"a\"",
            "\\",
            "\\u12aF",
            "\\n",
            "1",
            "0",
            "-",
            ".",
            "5",
            "e",
            "E+",
            "true",
            "false",
            "null",
            "NaN",
            "Infinity",
            "-Infinity",
            " ",
            "\n",
            "ä",
            "🚀",
            "x",
            "[1, {\"b\": null}]");

    @Provide
    Arbitrary<byte[]> texts() {
        return Arbitraries.of(PARTS)
                .list()
                .ofMaxSize(12)
                .map(parts -> String.join("", parts).getBytes(UTF_8));
    }

    @Provide
    Arbitrary<byte[]> bytes() {
        return Arbitraries.of(
                        0x22, 0x41, 0x7f, 0x80, 0xbf, 0xc1, 0xc3, 0xe0, 0xa0, 0x9f, 0xed, 0xf0, 0x90, 0xf4, 0x8f, 0xf5)
                .list()
                .ofMaxSize(8)
                .map(list -> {
                    byte[] bytes = new byte[list.size()];
                    for (int i = 0; i < bytes.length; i++) {
                        bytes[i] = list.get(i).byteValue();
                    }
                    return bytes;
                });
    }

    private static List<byte[]> pieces(byte[] text, int size) {
        List<byte[]> pieces = new ArrayList<>();
        for (int at = 0; at < text.length; at += size) {
            pieces.add(Arrays.copyOfRange(text, at, Math.min(text.length, at + size)));
        }
        return pieces;
    }

    private static boolean isJson(byte[] text, int size) {
        JsonProbe probe = new JsonProbe();
        pieces(text, size).forEach(piece -> probe.accept(piece, piece.length));
        return probe.isValid();
    }

    @Property(tries = 20_000)
    void json_inPieces_isRecognisedAsInOne(@ForAll("texts") byte[] text, @ForAll @IntRange(min = 1, max = 5) int size) {
        assertThat(isJson(text, size)).isEqualTo(JsonText.isValid(text));
    }

    @Property(tries = 5_000)
    void characters_inPieces_areRecognisedAsInOne(
            @ForAll("bytes") byte[] text, @ForAll @IntRange(min = 1, max = 3) int size) {
        Utf8Probe probe = new Utf8Probe();
        pieces(text, size).forEach(piece -> probe.accept(piece, piece.length));
        byte[] quoted = new byte[text.length + 2];
        System.arraycopy(text, 0, quoted, 1, text.length);
        quoted[0] = '"';
        quoted[text.length + 1] = '"';

        assertThat(probe.isValid()).isEqualTo(Utf8.isValid(text));
        assertThat(isJson(quoted, size)).isEqualTo(JsonText.isValid(quoted));
    }

    @ParameterizedTest
    @ValueSource(ints = {499, 500, 501, 502, 1_000})
    void nesting_isAdmittedAsDeep(int depth) {
        byte[] text = ("[".repeat(depth) + "]".repeat(depth)).getBytes(UTF_8);

        assertThat(isJson(text, 7)).isEqualTo(JsonText.isValid(text));
    }
}
