package io.cachemigrator.cache.domain.keyed;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.cachemigrator.cache.codec.CodecException;
import io.cachemigrator.cache.error.CacheErrorCode;
import io.cachemigrator.cache.error.ValidationException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How keyed caches turn values into JSON text and back.
 *
 * <p>Written is the dialect of the legacy services, so that an entry has the same bytes whichever side wrote it: ASCII only,
 * a space after comma and colon, {@code 1e+22} for large numbers, {@code NaN} and {@code Infinity} bare, members in the
 * order given. Read is that and any other JSON. Times are ISO text, byte arrays Base64 text, sets arrays: read them as the
 * type they were. Values are only ever data: no class is named in a text, and none is loaded. Thread safe.
 */
public final class KeyedJson {
    /** Largest text read, in bytes. */
    public static final int MAX_BYTES = 64 << 20;

    private static final ObjectMapper MAPPER = mapper();

    private KeyedJson() {}

    /**
     * The JSON text of a value.
     *
     * @throws ValidationException if it cannot be encoded; the message names its type and not the value
     */
    public static byte[] write(@Nullable Object value) {
        return LegacyJsonText.of(tree(value)).getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Reads a text as {@code type}; null when it is JSON's {@code null}. Text that is no JSON, and does not look like
     * broken JSON either, is itself the value where text is asked for.
     *
     * @throws CodecException if it cannot be read, or not as {@code type}; the message does not hold the value
     */
    public static <T> @Nullable T read(byte[] text, Class<T> type) throws CodecException {
        if (text.length > MAX_BYTES) {
            throw new CodecException("a value of " + text.length + " bytes is larger than " + MAX_BYTES, null);
        }
        try {
            return MAPPER.readValue(text, type);
        } catch (IOException e) {
            String plain = type.isAssignableFrom(String.class) ? plainText(text) : null;
            if (plain != null) {
                return type.cast(plain);
            }
            throw new CodecException(reason(text, type, e), null);
        }
    }

    /** A value as a tree of JSON. */
    static JsonNode tree(@Nullable Object value) {
        try {
            return MAPPER.valueToTree(value);
        } catch (IllegalArgumentException | StackOverflowError e) {
            throw new ValidationException(
                    CacheErrorCode.NOT_ENCODABLE,
                    "A value of type "
                            + (value == null ? "null" : value.getClass().getName())
                            + " cannot be written as JSON. Store a map, a list, a record, text, a number or a time.",
                    Map.of());
        }
    }

    /** A tree as {@code type}. */
    static <T> @Nullable T fromTree(JsonNode tree, Class<T> type) throws CodecException {
        try {
            return MAPPER.treeToValue(tree, type);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new CodecException("JSON that is not a " + type.getSimpleName(), null);
        }
    }

    private static String reason(byte[] text, Class<?> type, IOException failure) {
        if (text.length > 1 && (text[0] & 0xff) == 0x80 && text[1] >= 2 && text[1] <= 5) {
            return "pickled data, which is not read";
        }
        String what = failure instanceof com.fasterxml.jackson.databind.JsonMappingException
                ? "JSON that is not a " + type.getSimpleName()
                : "bytes that are not JSON";
        return what + " (" + text.length + " bytes)";
    }

    /** The text, if it is UTF-8 without control characters and does not start as a JSON document; else null. */
    private static @Nullable String plainText(byte[] bytes) {
        if (bytes.length == 0 || "{[\"".indexOf(bytes[0]) >= 0) {
            return null;
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            boolean readable = text.chars().noneMatch(c -> c < ' ' && c != '\n' && c != '\r' && c != '\t');
            return readable ? text : null;
        } catch (CharacterCodingException e) {
            return null; // not text
        }
    }

    private static ObjectMapper mapper() {
        JsonFactory factory = JsonFactory.builder()
                .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxStringLength(MAX_BYTES)
                        .maxNestingDepth(500)
                        .build())
                .build();
        return JsonMapper.builder(factory)
                .addModule(new Jdk8Module())
                .addModule(new JavaTimeModule())
                .disable(
                        SerializationFeature.WRITE_DATES_AS_TIMESTAMPS,
                        SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .build();
    }
}
