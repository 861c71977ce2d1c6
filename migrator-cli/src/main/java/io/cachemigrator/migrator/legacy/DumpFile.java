package io.cachemigrator.migrator.legacy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.cachemigrator.map.encoding.DecodingLimits;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the dumps that legacy caches write, as JSON or gzipped JSON, told apart by what they hold: backups, with an object
 * {@code keys} of {@code {value, ttl, backed_up_at}} by key, and cache dumps, with a list {@code entries} of
 * {@code {key, timestamp, value}}, whose value may stand in {@code metadata}, also as a compressed pickle. Times without a
 * zone are this machine's. Everything is read before anything is used, so that half a dump is none.
 */
final class DumpFile {
    private static final int MAX_VALUE_BYTES = DecodingLimits.DEFAULT.maxBytes();
    private static final long MAX_BYTES = 16L << 30;
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(2 * MAX_VALUE_BYTES + 2)
                    .maxNumberLength(100_000)
                    .build())
            .build();

    private final DumpIndex.Filler filler;
    private final JsonParser parser;
    private final Instant written;
    private boolean found;

    private DumpFile(DumpIndex.Filler filler, JsonParser parser, Instant written) {
        this.filler = filler;
        this.parser = parser;
        this.written = written;
    }

    /** Reads a dump to its end and returns the hash of its bytes. */
    static String read(Path dump, DumpIndex.Filler filler) throws IOException, SQLException {
        MessageDigest digest = sha256();
        Instant written = Files.getLastModifiedTime(dump).toInstant();
        try (InputStream file = new BufferedInputStream(new DigestInputStream(Files.newInputStream(dump), digest));
                InputStream text = new Limited(unzipped(file));
                JsonParser parser = JSON.createParser(text)) {
            new DumpFile(filler, parser, written).root();
            if (parser.nextToken() != null) {
                throw new IOException("something follows the JSON document");
            }
            file.transferTo(OutputStream.nullOutputStream());
        }
        return "dump " + HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static InputStream unzipped(InputStream file) throws IOException {
        file.mark(2);
        boolean zipped = file.read() == 0x1f && file.read() == 0x8b;
        file.reset();
        return zipped ? new GZIPInputStream(file, 1 << 16) : file;
    }

    private void root() throws IOException, SQLException {
        require(parser.nextToken() == JsonToken.START_OBJECT, "it is no JSON object");
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (name.equals("keys") && value == JsonToken.START_OBJECT) {
                backup();
            } else if (name.equals("entries") && value == JsonToken.START_ARRAY) {
                entries();
            } else {
                parser.skipChildren();
            }
        }
        require(parser.currentToken() == JsonToken.END_OBJECT, "it ends in the middle");
        require(found, "it has neither 'keys' nor 'entries'");
    }

    private static void require(boolean condition, String why) throws IOException {
        if (!condition) {
            throw new IOException(why);
        }
    }

    private void backup() throws IOException, SQLException {
        found = true;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            require(parser.nextToken() == JsonToken.START_OBJECT, "the key '" + key + "' has no object");
            fields(new Fields(key));
        }
    }

    private void entries() throws IOException, SQLException {
        found = true;
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            fields(new Fields(null));
        }
        require(parser.currentToken() == JsonToken.END_ARRAY, "an entry is no object");
    }

    /** What is known of an entry so far. */
    private static final class Fields {
        @Nullable
        String key;

        String type = "entry without a value";
        byte[] value = new byte[0];

        @Nullable
        Double ttlSeconds;

        @Nullable
        Instant at;

        Fields(@Nullable String key) {
            this.key = key;
        }
    }

    private void fields(Fields fields) throws IOException, SQLException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken token = parser.nextToken();
            switch (name) {
                case "key" -> fields.key = token == JsonToken.VALUE_STRING ? parser.getText() : fields.key;
                case "value" -> value(fields);
                case "ttl" -> fields.ttlSeconds = token.isNumeric() ? parser.getDoubleValue() : null;
                case "backed_up_at", "timestamp" -> fields.at = time();
                case "metadata" -> metadata(fields, token);
                default -> parser.skipChildren();
            }
        }
        String key = fields.key;
        if (key == null || key.isEmpty()) {
            throw new IOException("an entry has no key");
        }
        Instant at = fields.at == null ? written : fields.at;
        Long deadline = fields.ttlSeconds == null ? null : at.toEpochMilli() + Math.round(fields.ttlSeconds * 1000);
        filler.add(key.getBytes(StandardCharsets.UTF_8), fields.type, fields.value, at, deadline);
    }

    private void metadata(Fields fields, JsonToken token) throws IOException {
        if (token != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (name.equals("value") && !fields.type.equals("string")) {
                value(fields);
            } else if (name.equals("compressed_value") && value == JsonToken.VALUE_STRING) {
                compressed(fields, parser.getText());
            } else {
                parser.skipChildren();
            }
        }
    }

    private void value(Fields fields) throws IOException {
        Capped bytes = new Capped();
        try (JsonGenerator generator = JSON.createGenerator(bytes)) {
            copy(generator);
        }
        fields.type = bytes.full ? "value over 64 MiB" : "string";
        fields.value = bytes.full ? new byte[0] : bytes.toByteArray();
    }

    /** As the generator's own copy, but that numbers keep their text. */
    private void copy(JsonGenerator generator) throws IOException {
        int depth = 0;
        do {
            JsonToken token = parser.currentToken();
            if (token == null) {
                throw new IOException("it ends in the middle");
            }
            if (token.isNumeric()) {
                generator.writeNumber(parser.getText());
            } else {
                generator.copyCurrentEvent(parser);
            }
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            if (depth > 0) {
                parser.nextToken();
            }
        } while (depth > 0);
    }

    /** The pickle in it is for the migration map to read or to refuse. */
    private static void compressed(Fields fields, String hex) throws IOException {
        try (InputStream in =
                new GZIPInputStream(new ByteArrayInputStream(HexFormat.of().parseHex(hex)))) {
            byte[] bytes = in.readNBytes(MAX_VALUE_BYTES + 1);
            boolean full = bytes.length > MAX_VALUE_BYTES;
            fields.type = full ? "value over 64 MiB" : "string";
            fields.value = full ? new byte[0] : bytes;
        } catch (IOException | IllegalArgumentException e) {
            fields.type = "damaged compressed value";
        }
    }

    private @Nullable Instant time() throws IOException {
        if (parser.currentToken().isNumeric()) {
            return Instant.ofEpochMilli((long) (parser.getDoubleValue() * 1000));
        }
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            parser.skipChildren();
            return null;
        }
        String text = parser.getText().replace(' ', 'T');
        try {
            return text.matches(".*(Z|[+-]\\d{2}:?\\d{2})")
                    ? OffsetDateTime.parse(text).toInstant()
                    : LocalDateTime.parse(text).atZone(ZoneId.systemDefault()).toInstant();
        } catch (DateTimeException e) {
            throw new IOException("'" + text + "' is no time", e);
        }
    }

    /** Keeps what one value may have, and notes when it was more. */
    private static final class Capped extends ByteArrayOutputStream {
        boolean full;

        @Override
        public synchronized void write(int b) {
            full |= size() >= MAX_VALUE_BYTES;
            if (!full) {
                super.write(b);
            }
        }

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            full |= (long) size() + length > MAX_VALUE_BYTES;
            if (!full) {
                super.write(bytes, offset, length);
            }
        }
    }

    /** A small file may unfold to any size. */
    private static final class Limited extends FilterInputStream {
        private long read;

        Limited(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int one = in.read();
            count(one < 0 ? 0 : 1);
            return one;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int some = in.read(bytes, offset, length);
            count(Math.max(0, some));
            return some;
        }

        private void count(int bytes) throws IOException {
            read += bytes;
            require(read <= MAX_BYTES, "it unfolds to more than 16 GiB");
        }
    }
}
