package io.cachemigrator.migrator.data;

import io.cachemigrator.cache.envelope.Envelope;
import io.cachemigrator.cache.envelope.EnvelopeException;
import io.cachemigrator.cache.envelope.EnvelopeFormat;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a target says of some places without sending their payloads: the SHA-1 over the SHA-1s of the payloads, and of each
 * entry what precedes its payload. Where the digest is that of the payloads expected, the entries can be put together from both,
 * their checksums included.
 *
 * @param digest SHA-1 of the payloads' SHA-1s, in order
 * @param heads what precedes each payload; empty where no entry is
 */
record BucketDigest(String digest, List<byte[]> heads) {

    /** From what {@code digest.lua} answers for all places at once. */
    static BucketDigest ofAnswer(List<?> answer) {
        return new BucketDigest(text(answer), headsOf(answer));
    }

    /** From what it answers for each place. */
    static BucketDigest ofAnswers(List<? extends List<?>> answers) {
        StringBuilder digests = new StringBuilder();
        List<byte[]> heads = new ArrayList<>(answers.size());
        for (List<?> answer : answers) {
            digests.append(text(answer));
            heads.addAll(headsOf(answer));
        }
        return new BucketDigest(sha1(digests), heads);
    }

    private static String text(List<?> answer) {
        return new String((byte[]) answer.get(0), StandardCharsets.US_ASCII);
    }

    private static List<byte[]> headsOf(List<?> answer) {
        List<byte[]> heads = new ArrayList<>();
        ByteBuffer bytes = ByteBuffer.wrap((byte[]) answer.get(1));
        while (bytes.hasRemaining()) {
            byte[] head = new byte[bytes.getInt()];
            bytes.get(head);
            heads.add(head);
        }
        return heads;
    }

    /** Whether these are the payloads behind the digest. */
    boolean isOf(List<CopyEntry> entries) {
        StringBuilder digests = new StringBuilder(entries.size() * 40);
        entries.forEach(
                entry -> digests.append(RedisScript.sha1(entry.envelope().payload())));
        return digest.equals(sha1(digests));
    }

    private static String sha1(StringBuilder digests) {
        return RedisScript.sha1(digests.toString().getBytes(StandardCharsets.US_ASCII));
    }

    /** The entry at a place with this payload; null where there is none, or a deletion, or it is damaged. */
    @Nullable
    Envelope envelope(int place, byte[] payload) {
        byte[] head = heads.get(place);
        if (head.length == 0) {
            return null;
        }
        byte[] whole = Arrays.copyOf(head, head.length + payload.length);
        System.arraycopy(payload, 0, whole, head.length, payload.length);
        try {
            Envelope envelope = EnvelopeFormat.decode(whole);
            return envelope.isTombstone() ? null : envelope;
        } catch (EnvelopeException damaged) {
            return null;
        }
    }
}
