package io.cachemigrator.cache.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;

/** JSON as this service reads and writes it: ISO dates, no polymorphic types, bounded depth and lengths. */
final class Json {
    /** Shared, and never configured again after this. */
    static final ObjectMapper MAPPER = mapper();

    static final ObjectReader STRING = MAPPER.readerFor(String.class);

    private Json() {}

    private static ObjectMapper mapper() {
        StreamReadConstraints limits = StreamReadConstraints.builder()
                .maxNestingDepth(500)
                .maxStringLength(128 << 20)
                .maxNumberLength(1_000)
                .maxNameLength(50_000)
                .build();
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(limits)
                // names of hostile documents would otherwise stay in memory for good
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .build();
        return JsonMapper.builder(factory)
                .addModules(
                        new JavaTimeModule().disable(JavaTimeFeature.NORMALIZE_DESERIALIZED_ZONE_ID), new Jdk8Module())
                .enable(SerializationFeature.WRITE_DATES_WITH_ZONE_ID)
                .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
                .disable(
                        SerializationFeature.WRITE_DATES_AS_TIMESTAMPS,
                        SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
                .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
                // an older release of the application reads what a newer one has written
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
    }

    @SuppressWarnings("TypeParameterUnusedInFormals") // the reader carries the type
    static <T> T read(byte[] json, ObjectReader reader) throws CodecException {
        try {
            T value = reader.readValue(json);
            if (value == null) {
                throw new CodecException("the payload is JSON null, which an entry says with its flag", null);
            }
            return value;
        } catch (JsonProcessingException notThis) {
            throw new CodecException(reason(notThis, reader), null);
        } catch (IOException | IllegalArgumentException notThis) {
            throw new CodecException(
                    "the payload cannot be read: " + notThis.getClass().getSimpleName(), null);
        }
    }

    /** Jackson's own message quotes the document, which is the user's: only the place and the kind are kept. */
    private static String reason(JsonProcessingException failure, ObjectReader reader) {
        JsonLocation at = failure.getLocation();
        String place = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
        return "the payload is not JSON of " + reader.getValueType().toCanonical() + " ("
                + failure.getClass().getSimpleName() + place + ")";
    }

    /** Whether bytes are one whole JSON document. */
    static boolean isJson(byte[] bytes) {
        try (JsonParser parser = MAPPER.getFactory().createParser(bytes)) {
            if (parser.nextToken() == null) {
                return false;
            }
            parser.skipChildren();
            parser.finishToken();
            return parser.nextToken() == null;
        } catch (IOException notJson) {
            return false;
        }
    }
}
