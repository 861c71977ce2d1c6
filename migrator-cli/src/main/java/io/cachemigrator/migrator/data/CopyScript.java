package io.cachemigrator.migrator.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/**
 * Writes batches of copies by a script on the server, which is named by its SHA-1 and sent when the server does not know it.
 * Not thread safe: it uses one connection.
 */
final class CopyScript {
    /** How long a copy may have entries in hand between reading and writing them. */
    static final Duration LONGEST_IN_HAND = Duration.ofSeconds(10);

    private static final byte[] SOURCE = source("copy.lua");
    private static final byte[] DIGEST = source("digest.lua");
    private static final byte[] DIGEST_NAME = ascii(sha1(DIGEST));
    private static final byte[] NAME = ascii(sha1(SOURCE));
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
     * @param seen SHA-1 of what it may replace; empty = nothing
     * @param envelope its envelope's bytes
     */
    @SuppressWarnings("ArrayRecordComponent") // one per key copied, never compared
    record Write(String region, byte[] key, String seen, byte[] envelope) {}

    /**
     * Writes a batch in one step.
     *
     * @return for each entry the SHA-1 of what is stored, or one of the script's words; all of them are {@code LATE} when the
     *     batch has been in hand for too long
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
            keys.add((prefix + "{!}deleted:" + region).getBytes(StandardCharsets.UTF_8));
        }
        return run(keys, arguments(writes, terms), writes.size());
    }

    private List<byte[]> arguments(List<Write> writes, WriteTerms terms) {
        List<byte[]> arguments = new ArrayList<>(writes.size() * 2 + 5);
        arguments.add(ascii(String.valueOf(writes.size())));
        arguments.add(ascii(String.valueOf(terms.readAtMicros())));
        arguments.add(ascii(String.valueOf(LONGEST_IN_HAND.toNanos() / 1_000)));
        arguments.add(ascii(terms.legacyCounts() ? "1" : "0"));
        arguments.add(prefix.getBytes(StandardCharsets.UTF_8));
        for (Write write : writes) {
            arguments.add(write.seen().isEmpty() ? NOTHING : ascii(write.seen()));
            arguments.add(write.envelope());
        }
        return arguments;
    }

    private List<String> oneByOne(List<Write> writes, WriteTerms terms) {
        return link.call(redis -> {
            // a server that was restarted has forgotten it
            redis.scriptLoad(SOURCE);
            try (Pipeline pipeline = redis.pipelined()) {
                List<Response<Object>> answers = writes.stream()
                        .map(write -> pipeline.evalsha(NAME, List.of(write.key()), arguments(List.of(write), terms)))
                        .toList();
                pipeline.sync();
                return answers.stream().map(CopyScript::word).toList();
            }
        });
    }

    private static String word(Response<Object> answer) {
        try {
            return new String((byte[]) ((List<?>) answer.get()).get(0), StandardCharsets.US_ASCII);
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
                try {
                    return redis.evalsha(NAME, keys, arguments);
                } catch (JedisNoScriptException unknown) {
                    return redis.eval(SOURCE, keys, arguments);
                }
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
        return words.stream()
                .map(word -> new String((byte[]) word, StandardCharsets.US_ASCII))
                .toList();
    }

    private static boolean isLate(JedisDataException e) {
        return String.valueOf(e.getMessage()).contains("LATE the batch");
    }

    /** What is under keys, without sending it. */
    BucketDigest digest(List<byte[]> keys) {
        return BucketDigest.ofAnswer(link.call(redis -> {
            try {
                return (List<?>) redis.evalsha(DIGEST_NAME, keys, List.of(ascii("1")));
            } catch (JedisNoScriptException unknown) {
                return (List<?>) redis.eval(DIGEST, keys, List.of(ascii("1")));
            }
        }));
    }

    /** The same for each key, in order. */
    List<List<?>> digests(List<byte[]> keys) {
        return link.call(redis -> {
            redis.scriptLoad(DIGEST);
            try (Pipeline pipeline = redis.pipelined()) {
                List<Response<Object>> answers = keys.stream()
                        .map(key -> pipeline.evalsha(DIGEST_NAME, List.of(key), List.of(ascii("0"))))
                        .toList();
                pipeline.sync();
                List<List<?>> digests = new ArrayList<>(keys.size());
                answers.forEach(answer -> digests.add((List<?>) answer.get()));
                return digests;
            }
        });
    }

    /** The SHA-1 as the server's scripts write it. Nothing here rests on its strength. */
    static String sha1(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] source(String name) {
        try (InputStream in = CopyScript.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("The script " + name + " is missing. Repair the installation.");
            }
            return in.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
