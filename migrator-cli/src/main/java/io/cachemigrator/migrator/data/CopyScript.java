package io.cachemigrator.migrator.data;

import io.cachemigrator.cache.envelope.Envelope;
import io.cachemigrator.cache.envelope.EnvelopeFormat;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Writes batches of copies by a script on the server, which is named by its SHA-1 and sent when the server does not know it.
 * Not thread safe: it uses one connection.
 */
final class CopyScript {
    /** How long a copy may have entries in hand between reading and writing them. */
    static final Duration LONGEST_IN_HAND = Duration.ofSeconds(10);

    /** Says of an entry that it was written, and read back the same to the byte. */
    static final String STORED = "STORED";

    private static final RedisScript SCRIPT = RedisScript.of("rules.lua", "copy.lua");
    private static final RedisScript PLACE = RedisScript.of("rules.lua", "place.lua");
    private static final RedisScript DIGEST = RedisScript.of("digest.lua");
    private static final byte[] NOTHING = new byte[0];

    private final RedisLink link;
    private final String prefix;
    private final boolean cluster;

    /**
     * On one server, whose entries and records of deletions start with {@code prefix}.
     *
     * @param cluster whether it is one of several: then each entry is written by a step of its own, as they are in different
     *     slots, and whoever writes looks at the records of deletions, which another server has
     */
    CopyScript(RedisLink link, String prefix, boolean cluster) {
        this.link = link;
        this.prefix = prefix;
        this.cluster = cluster;
    }

    /**
     * An entry to write.
     *
     * @param region its region
     * @param key its key
     * @param seen {@linkplain RedisStored#mark mark} of what it may replace; empty = nothing
     * @param envelope its envelope's bytes
     */
    @SuppressWarnings("ArrayRecordComponent") // one per key copied, never compared
    record Write(String region, byte[] key, String seen, byte[] envelope) {}

    /**
     * Writes a batch in one step.
     *
     * @return for each entry {@link #STORED}, or one of the script's words; all of them are {@code LATE} when the batch has been
     *     in hand for too long
     */
    List<String> write(List<Write> writes, WriteTerms terms) {
        if (cluster) {
            return oneByOne(writes, terms);
        }
        Set<String> regions = new TreeSet<>();
        List<byte[]> keys = new ArrayList<>(writes.size() + 4);
        for (Write write : writes) {
            regions.add(write.region());
            keys.add(write.key());
        }
        for (String region : regions) {
            keys.add(record(region));
        }
        return run(keys, arguments(writes, terms), writes.size());
    }

    private List<byte[]> arguments(List<Write> writes, WriteTerms terms) {
        boolean anySeen = false;
        for (Write write : writes) {
            anySeen |= !write.seen().isEmpty();
        }
        List<byte[]> arguments = new ArrayList<>(writes.size() * 3 + 6);
        arguments.addAll(terms(writes.size(), terms));
        arguments.add(ascii(anySeen ? "3" : "2"));
        for (Write write : writes) {
            arguments.add(deadline(EnvelopeFormat.deadline(write.envelope())));
            arguments.add(write.envelope());
            if (anySeen) {
                arguments.add(ascii(write.seen()));
            }
        }
        return arguments;
    }

    /** What the rules need to know. */
    private List<byte[]> terms(int entries, WriteTerms terms) {
        return List.of(
                ascii(String.valueOf(entries)),
                ascii(String.valueOf(terms.readAtMicros())),
                ascii(String.valueOf(LONGEST_IN_HAND.toNanos() / 1_000)),
                ascii(terms.legacyCounts() ? "1" : "0"),
                prefix.getBytes(StandardCharsets.UTF_8));
    }

    private byte[] record(String region) {
        return (prefix + "{!}deleted:" + region).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] deadline(long millis) {
        return millis == Envelope.NO_DEADLINE ? NOTHING : ascii(Long.toString(millis));
    }

    /**
     * Moves a large copy into its place.
     *
     * @param place where to, what it may replace, and the envelope without its payload
     * @param copy key that it has, in the same slot
     * @param length how many bytes it has
     * @return as for a batch, or {@code LOST}
     */
    String place(Write place, byte[] copy, long length, WriteTerms terms) {
        List<byte[]> keys = new ArrayList<>(List.of(place.key(), copy));
        if (!cluster) {
            keys.add(record(place.region()));
        }
        List<byte[]> arguments = new ArrayList<>(terms(1, terms));
        arguments.add(ascii(place.seen()));
        arguments.add(deadline(EnvelopeFormat.deadline(place.envelope())));
        arguments.add(ascii(Long.toString(length)));
        arguments.add(Arrays.copyOfRange(
                place.envelope(), EnvelopeFormat.CREATED_OFFSET, EnvelopeFormat.CREATED_OFFSET + 2 * Long.BYTES));
        return link.call(redis -> {
            try {
                return word(PLACE.run(redis, keys, arguments));
            } catch (JedisDataException e) {
                if (isLate(e)) {
                    return "LATE";
                }
                throw e;
            }
        });
    }

    private List<String> oneByOne(List<Write> writes, WriteTerms terms) {
        return link.call(redis -> {
            // a server that was restarted has forgotten it
            redis.scriptLoad(SCRIPT.source());
            try (Pipeline pipeline = redis.pipelined()) {
                List<Response<Object>> answers = writes.stream()
                        .map(write ->
                                pipeline.evalsha(SCRIPT.name(), List.of(write.key()), arguments(List.of(write), terms)))
                        .toList();
                pipeline.sync();
                return answers.stream().map(CopyScript::word).toList();
            }
        });
    }

    private static String word(Response<Object> answer) {
        try {
            return word(((List<?>) answer.get()).get(0));
        } catch (JedisDataException e) {
            if (isLate(e)) {
                return "LATE";
            }
            throw e;
        }
    }

    private List<String> run(List<byte[]> keys, List<byte[]> arguments, int entries) {
        Object answer = link.call(redis -> {
            try {
                return SCRIPT.run(redis, keys, arguments);
            } catch (JedisDataException e) {
                if (isLate(e)) {
                    return List.of();
                }
                throw e;
            }
        });
        List<?> words = (List<?>) answer;
        if (words.isEmpty()) {
            return Collections.nCopies(entries, "LATE");
        }
        List<String> result = new ArrayList<>(entries);
        words.forEach(word -> result.add(word(word)));
        return result;
    }

    private static String word(Object answer) {
        return answer instanceof byte[] word ? new String(word, StandardCharsets.US_ASCII) : STORED;
    }

    private static boolean isLate(JedisDataException e) {
        return String.valueOf(e.getMessage()).contains("LATE the batch");
    }

    /** What is under keys, without sending it. */
    BucketDigest digest(List<byte[]> keys) {
        return BucketDigest.ofAnswer(link.call(redis -> (List<?>) DIGEST.run(redis, keys, List.of(ascii("1")))));
    }

    /** The same for each key, in order. */
    List<List<?>> digests(List<byte[]> keys) {
        return link.call(redis -> {
            redis.scriptLoad(DIGEST.source());
            try (Pipeline pipeline = redis.pipelined()) {
                List<Response<Object>> answers = keys.stream()
                        .map(key -> pipeline.evalsha(DIGEST.name(), List.of(key), List.of(ascii("0"))))
                        .toList();
                pipeline.sync();
                List<List<?>> digests = new ArrayList<>(keys.size());
                answers.forEach(answer -> digests.add((List<?>) answer.get()));
                return digests;
            }
        });
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
