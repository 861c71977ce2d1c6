package io.cachemigrator.cache.domain.conversation;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;

/** Times as legacy services write them: local, separated by {@code T} or a space, six digits of fraction or none. */
final class LegacyTime {
    private static final DateTimeFormatter WHOLE = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss");
    private static final DateTimeFormatter FRACTION = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS");

    private LegacyTime() {}

    static String format(LocalDateTime time) {
        LocalDateTime micros = time.truncatedTo(ChronoUnit.MICROS);
        return (micros.get(ChronoField.MICRO_OF_SECOND) == 0 ? WHOLE : FRACTION).format(micros);
    }

    static LocalDateTime parse(String text) {
        String standard = text.replace(' ', 'T');
        try {
            return LocalDateTime.parse(standard);
        } catch (DateTimeParseException e) {
            // with a zone: legacy times are local, so the instant is expressed in this machine's zone
            return OffsetDateTime.parse(standard)
                    .atZoneSameInstant(ZoneId.systemDefault())
                    .toLocalDateTime();
        }
    }

    /** Writes {@code T} and microseconds. */
    static final class Serializer extends StdSerializer<LocalDateTime> {
        private static final long serialVersionUID = 1L;

        Serializer() {
            super(LocalDateTime.class);
        }

        @Override
        public void serialize(LocalDateTime value, JsonGenerator generator, SerializerProvider provider)
                throws IOException {
            generator.writeString(format(value));
        }
    }

    /** Reads either separator. */
    static final class Deserializer extends StdDeserializer<LocalDateTime> {
        private static final long serialVersionUID = 1L;

        Deserializer() {
            super(LocalDateTime.class);
        }

        @Override
        public LocalDateTime deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            String text = parser.getValueAsString("");
            try {
                return parse(text);
            } catch (DateTimeParseException e) {
                return (LocalDateTime) context.handleWeirdStringValue(LocalDateTime.class, text, "not a time");
            }
        }
    }
}
