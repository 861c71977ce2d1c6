package io.cachemigrator.cache.tier.disk;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cachemigrator.cache.envelope.Envelope;
import io.cachemigrator.cache.envelope.EnvelopeException;
import io.cachemigrator.cache.envelope.EnvelopeFormat;
import io.cachemigrator.cache.tier.EntryWrite;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;

/** A value that tells by itself whether it is whole, whose it is, and how new. */
record StormValue(String id, int version) {
    private static final int LARGE_EVERY = 50;

    /** As an entry; one in fifty is so large that it goes into a file. */
    EntryWrite entry() {
        Random random = new Random(id.hashCode() * 31L + version);
        byte[] filler = new byte[version % LARGE_EVERY == 7 ? 280_000 : 200 + random.nextInt(1_800)];
        random.nextBytes(filler);
        byte[] name = id.getBytes(UTF_8);
        ByteBuffer payload = ByteBuffer.allocate(8 + name.length + filler.length + 8);
        payload.putInt(version).putInt(name.length).put(name).put(filler);
        CRC32 crc = new CRC32();
        crc.update(payload.array(), 0, payload.position());
        payload.putLong(crc.getValue());
        byte[] envelope = EnvelopeFormat.encode(Envelope.of(Envelope.CODEC_BYTES, payload.array()));
        return new EntryWrite(id, envelope, EntryWrite.NO_EXPIRY);
    }

    /** Reads what is stored under an id; fails when it is not whole or is another's. */
    static StormValue read(String id, byte[] stored) {
        byte[] payload;
        try {
            payload = EnvelopeFormat.decode(stored).payload();
        } catch (EnvelopeException torn) {
            throw new IllegalStateException("torn: " + id, torn);
        }
        ByteBuffer in = ByteBuffer.wrap(payload);
        int version = in.getInt();
        byte[] name = new byte[in.getInt()];
        in.get(name);
        CRC32 crc = new CRC32();
        crc.update(payload, 0, payload.length - 8);
        boolean whole = ByteBuffer.wrap(payload).getLong(payload.length - 8) == crc.getValue();
        if (!whole || !Arrays.equals(name, id.getBytes(UTF_8))) {
            throw new IllegalStateException("torn: " + id);
        }
        return new StormValue(id, version);
    }
}
