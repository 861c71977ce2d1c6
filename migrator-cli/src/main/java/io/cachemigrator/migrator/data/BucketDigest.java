package io.cachemigrator.migrator.data;

import io.cachemigrator.cache.envelope.Envelope;
import io.cachemigrator.validation.consistency.EntryComparison;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a target says of some places without sending what is there: the SHA-1 over the digests of all of them, and their
 * deadlines. An entry's digest is over its codec, compression, encryption, flags, tags and payload, as {@code digest.lua} has it;
 * its times and metadata, which differ between runs, are left out. Deadlines are told apart, as they may differ by a second.
 *
 * @param digest SHA-1 of the digests of the places, in order
 * @param deadlines deadline of each, in milliseconds, or {@link Envelope#NO_DEADLINE}; 0 where nothing is
 */
record BucketDigest(String digest, List<Long> deadlines) {
    private static final String NOTHING = "-";

    /** Of entries as they are, or should be. */
    static BucketDigest of(List<? extends @Nullable Envelope> envelopes) {
        StringBuilder digests = new StringBuilder(envelopes.size() * 40);
        List<Long> deadlines = new ArrayList<>(envelopes.size());
        for (Envelope envelope : envelopes) {
            digests.append(envelope == null ? NOTHING : CopyScript.sha1(bytes(envelope)));
            deadlines.add(envelope == null ? 0L : Long.valueOf(envelope.deadlineMillis()));
        }
        return joined(digests.toString(), deadlines);
    }

    /** Whether both have the same digest, and deadlines that are those of the same entries. */
    boolean isSame(BucketDigest other) {
        boolean same = digest.equals(other.digest);
        for (int i = 0; same && i < deadlines.size(); i++) {
            same = EntryComparison.sameDeadline(deadlines.get(i), other.deadlines.get(i));
        }
        return same;
    }

    private static BucketDigest joined(String digests, List<Long> deadlines) {
        return new BucketDigest(CopyScript.sha1(digests.getBytes(StandardCharsets.US_ASCII)), deadlines);
    }

    /** From what the script answers to several calls: digests one after the other, and eight bytes for each deadline. */
    static BucketDigest ofAnswers(List<? extends List<?>> answers) {
        StringBuilder digests = new StringBuilder();
        List<Long> deadlines = new ArrayList<>();
        for (List<?> answer : answers) {
            digests.append(new String((byte[]) answer.get(0), StandardCharsets.US_ASCII));
            ByteBuffer times = ByteBuffer.wrap((byte[]) answer.get(1));
            while (times.hasRemaining()) {
                deadlines.add(times.getLong());
            }
        }
        return joined(digests.toString(), deadlines);
    }

    private static byte[] bytes(Envelope envelope) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(envelope.payload().length + 64);
            DataOutputStream out = new DataOutputStream(bytes);
            out.writeByte(envelope.codec());
            out.writeByte(envelope.compression());
            out.writeByte(envelope.encryption());
            out.writeByte(envelope.flags());
            out.writeShort(envelope.tags().size());
            for (String tag : envelope.tags()) {
                byte[] text = tag.getBytes(StandardCharsets.UTF_8);
                out.writeShort(text.length);
                out.write(text);
            }
            out.write(envelope.payload());
            return bytes.toByteArray();
        } catch (IOException impossible) {
            throw new UncheckedIOException("memory takes what it is given", impossible);
        }
    }
}
