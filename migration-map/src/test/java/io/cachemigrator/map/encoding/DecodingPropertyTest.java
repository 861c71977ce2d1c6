package io.cachemigrator.map.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;

@Tag("CLI-6")
class DecodingPropertyTest {
    private static final DecodingLimits LIMITS = new DecodingLimits(2000, 100, 20);
    private static final ObjectMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();
    private static final List<Integer> OPCODES =
            "(.0125FIJKLMNPQRSTUVXabcdeghijlopqrstu}])GBC\u0080\u0081\u0082\u0085\u0086\u0087\u0088\u0089\u008a\u008b\u008c\u008d\u008e\u008f\u0090\u0091\u0092\u0093\u0094\u0095\u0096\u0097"
                    .chars()
                    .boxed()
                    .toList();

    @Property(tries = 5000)
    void read_anyOpcodes_endsInANodeOrTheDeclaredRefusal(@ForAll("pickles") byte[] pickle) {
        Throwable thrown = catchThrowable(() -> {
            PickleNode node = PickleReader.read(pickle, LIMITS.maxElements());
            byte[] json = PickleJson.write(node, LIMITS);
            assertThat(json).hasSizeLessThanOrEqualTo(LIMITS.maxBytes());
            assertThat(JsonText.isValid(json)).isTrue();
        });

        if (thrown != null) {
            assertThat(thrown).isInstanceOf(PickleRefusal.class);
        }
    }

    @Property(tries = 2000)
    void decode_anyBytes_givesAResult(@ForAll byte[] value) {
        assertThat(new LegacyDecoder(LIMITS).decode(value)).isNotNull();
    }

    @Property(tries = 3000)
    void decodeMarked_anyBytesAfterAnyMarker_givesJsonOrAReason(
            @ForAll("markers") String marker, @ForAll("pickles") byte[] rest) {
        byte[] value = Arrays.copyOf(marker.getBytes(StandardCharsets.US_ASCII), marker.length() + rest.length);
        System.arraycopy(rest, 0, value, marker.length(), rest.length);

        DecodedValue decoded = new MarkedDecoder(LIMITS, FernetKeys.NONE).decode(value);

        if (decoded instanceof DecodedValue.Marked marked) {
            assertThat(JsonText.isValid(marked.json())).isTrue();
        } else {
            assertThat(decoded).isInstanceOf(DecodedValue.Refused.class);
        }
    }

    @Provide
    Arbitrary<String> markers() {
        return Arbitraries.of(
                "", "raw:", "rawj:", "compressed:", "zlib:", "pick:", "gAAAAA", "{\"_serialized_data\": ");
    }

    @Property(tries = 2000)
    void isValid_whatAParserAccepts_isTheSame(@ForAll("jsonLike") String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);

        assertThat(JsonText.isValid(bytes)).as(text).isEqualTo(parses(text));
    }

    @Property(tries = 200)
    void isValid_whatAWriterWrites_isJson(@ForAll Map<String, List<Double>> value) throws JsonProcessingException {
        assertThat(JsonText.isValid(STRICT.writeValueAsBytes(value))).isTrue();
    }

    @Property
    void string_anyText_survivesWritingAndReading(@ForAll String text) {
        byte[] json =
                new JsonOutput(1 << 20).raw("{").name("a").string(text).raw("}").toBytes();
        JsonObject object = JsonObject.parse(json);

        assertThat(object).isNotNull();
        assertThat(object.string("a")).isEqualTo(text);
    }

    @Property(tries = 2000)
    void isValidUtf8_anyBytes_agreesWithTheDecoder(@ForAll("almostUtf8") byte[] bytes) {
        boolean decodes = true;
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
        } catch (CharacterCodingException malformed) {
            decodes = false;
        }

        assertThat(Utf8.isValid(bytes)).isEqualTo(decodes);
    }

    @Provide
    Arbitrary<byte[]> pickles() {
        Arbitrary<Byte> opcode = Arbitraries.of(OPCODES).map(Integer::byteValue);
        Arbitrary<Byte> small = Arbitraries.of((byte) 0, (byte) 1, (byte) 2, (byte) 3, (byte) '\n', (byte) '1');
        Arbitrary<byte[]> body = Arbitraries.oneOf(opcode, opcode, opcode, small, Arbitraries.bytes())
                .array(byte[].class)
                .ofMaxSize(60);
        return Combinators.combine(body, Arbitraries.of(true, false)).as((bytes, stops) -> {
            ByteBuffer pickle = ByteBuffer.allocate(bytes.length + 3);
            pickle.put((byte) 0x80).put((byte) 4).put(bytes);
            if (stops) {
                pickle.put((byte) '.');
            }
            return Arrays.copyOf(pickle.array(), pickle.position());
        });
    }

    @Provide
    Arbitrary<String> jsonLike() {
        return Arbitraries.of(
                        "{",
                        "}",
                        "[",
                        "]",
                        ",",
                        ":",
                        "\"a\"",
                        "\"\\u00f1\"",
                        "\"\\",
                        "\"",
                        " ",
                        "0",
                        "1",
                        "-",
                        ".5",
                        "e3",
                        "E+",
                        "true",
                        "null",
                        "NaN",
                        "-Infinity",
                        "Infinity",
                        "x",
                        "ñ",
                        "\"ñ\"")
                .list()
                .ofMaxSize(7)
                .map(parts -> String.join("", parts));
    }

    @Provide
    Arbitrary<byte[]> almostUtf8() {
        return Arbitraries.of(
                        0x41, 0x7f, 0x80, 0xbf, 0xc1, 0xc2, 0xdf, 0xe0, 0x9f, 0xa0, 0xed, 0xef, 0xf0, 0x8f, 0x90, 0xf4,
                        0xf5)
                .map(Integer::byteValue)
                .array(byte[].class)
                .ofMaxSize(6);
    }

    /** What the reference parser says, which takes a few things more and less than Python. */
    private static boolean parses(String text) {
        if (text.isBlank()) {
            return false;
        }
        try {
            STRICT.readTree(text);
            return !text.contains("-INF") && !text.contains("+INF");
        } catch (JsonProcessingException refused) {
            return false;
        }
    }
}
