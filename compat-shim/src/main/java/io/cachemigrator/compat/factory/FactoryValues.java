package io.cachemigrator.compat.factory;

import io.cachemigrator.cache.Lookup;
import io.cachemigrator.cache.codec.CodecException;
import io.cachemigrator.cache.domain.keyed.KeyedJson;
import io.cachemigrator.map.encoding.CompactJson;
import io.cachemigrator.map.encoding.DecodedValue;
import io.cachemigrator.map.encoding.DecodingLimits;
import io.cachemigrator.map.encoding.FernetKeys;
import io.cachemigrator.map.encoding.JsonOutput;
import io.cachemigrator.map.encoding.JsonText;
import io.cachemigrator.map.encoding.LegacyEncoding;
import io.cachemigrator.map.encoding.MarkedDecoder;
import io.cachemigrator.map.encoding.PickleWriter;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/**
 * Values as the legacy layout has them. Reads those of every release; writes what the latest release without encryption reads,
 * or, with a key, the one that encrypts. Thread safe.
 */
final class FactoryValues {
    private static final String JSON = "rawj:";
    private static final String COMPRESSED = "compressed:";

    private final int threshold;
    private final int level;
    private final FernetKeys keys;
    private final boolean sealedOnly;
    private final Clock clock;
    private final MarkedDecoder decoder;
    private final SecureRandom random = new SecureRandom();

    FactoryValues(LegacyOptions options) {
        String key = options.encryptionKey();
        this.threshold = options.enableCompression() ? options.compressionThreshold() : Integer.MAX_VALUE;
        this.level = options.compressionLevel();
        this.keys = key == null ? FernetKeys.NONE : FernetKeys.of(List.of(key));
        this.sealedOnly = options.encryptionRequired();
        this.clock = options.clock();
        this.decoder = new MarkedDecoder(DecodingLimits.DEFAULT, keys);
    }

    boolean seals() {
        return !keys.isEmpty();
    }

    /** The JSON text of a stored value. */
    Lookup<byte[]> json(byte[] stored, @Nullable Instant deadline) {
        DecodedValue decoded = decoder.decode(stored);
        if (decoded instanceof DecodedValue.Refused refused) {
            return new Lookup.Undecodable<>(refused.reason() + ": " + refused.detail());
        }
        DecodedValue.Marked marked = (DecodedValue.Marked) decoded;
        if (sealedOnly && marked.encoding() != LegacyEncoding.FERNET) {
            return new Lookup.Undecodable<>(
                    Lookup.Undecodable.Kind.NOT_ENCRYPTED, "the value is not encrypted, and must be");
        }
        return new Lookup.Present<>(marked.json(), deadline);
    }

    /** A JSON text as a value of some type. */
    static <T> Lookup<T> typed(Lookup<byte[]> found, Class<T> type) {
        if (found instanceof Lookup.Present<byte[]> present && present.value() != null) {
            try {
                T value = type == StoredJson.class
                        ? type.cast(new StoredJson(present.value()))
                        : KeyedJson.read(present.value(), type);
                return new Lookup.Present<>(value, present.deadline());
            } catch (CodecException e) {
                return new Lookup.Undecodable<>(String.valueOf(e.getMessage()));
            }
        }
        if (found instanceof Lookup.Unavailable<byte[]> unavailable) {
            return new Lookup.Unavailable<>(unavailable.reason());
        }
        return found instanceof Lookup.Undecodable<byte[]> undecodable
                ? new Lookup.Undecodable<>(undecodable.kind(), undecodable.reason())
                : new Lookup.Absent<>();
    }

    /**
     * The bytes to store.
     *
     * @param json any JSON text; what is none is kept behind the marker of JSON, where no reader takes it for anything else
     * @return null where no reader would read it again, because it is too large
     */
    byte @Nullable [] stored(byte[] json) {
        boolean valid = JsonText.isValid(json);
        byte[] text = valid ? CompactJson.of(json) : json;
        if (text.length > KeyedJson.MAX_BYTES - JSON.length()) {
            return null;
        }
        byte[] plain = joined(JSON, text);
        if (seals()) {
            return sealed(plain);
        }
        // what a pickle cannot hold without loss stays JSON, whatever its size
        byte[] pickle = valid && text.length > threshold ? PickleWriter.write(text) : null;
        return pickle == null ? plain : joined(COMPRESSED, deflated(pickle));
    }

    private byte @Nullable [] sealed(byte[] plain) {
        JsonOutput frame = new JsonOutput(KeyedJson.MAX_BYTES);
        frame.raw("{").name("_serialized_data").string(new String(plain, StandardCharsets.UTF_8));
        byte[] content = frame.raw("}").toBytes();
        byte[] token = frame.overflowed() ? null : keys.seal(content, clock.instant(), random);
        return token == null || token.length > KeyedJson.MAX_BYTES ? null : token;
    }

    private byte[] deflated(byte[] pickle) {
        Deflater deflater = new Deflater(level);
        try {
            deflater.setInput(pickle);
            deflater.finish();
            ByteArrayOutputStream out = new ByteArrayOutputStream(pickle.length / 4 + 64);
            byte[] buffer = new byte[8_192];
            while (!deflater.finished()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
            return out.toByteArray();
        } finally {
            deflater.end();
        }
    }

    private static byte[] joined(String marker, byte[] content) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream(marker.length() + content.length);
        joined.writeBytes(marker.getBytes(StandardCharsets.US_ASCII));
        joined.writeBytes(content);
        return joined.toByteArray();
    }
}
